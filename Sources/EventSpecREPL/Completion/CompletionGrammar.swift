internal import EventSourcing
internal import EventSpec

/// What may come next in a line, of a domain and a session as they are.
struct CompletionGrammar {
  let model: DomainModel
  private let session: REPLSession
  private let state: SessionState
  private let upcoming: [String]

  init(_ session: REPLSession) {
    self.session = session
    model = session.model
    state = session.state
    upcoming = session.upcoming
  }

  func completion(of text: String, at cursor: Int) -> Completion {
    Completion([], replacing: cursor..<cursor)
  }

  func hint(for text: String) -> String? { nil }
}
