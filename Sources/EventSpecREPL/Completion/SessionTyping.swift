internal import EventSourcing
internal import EventSpec

/// What the line editor asks of a session while a line is typed.
final class SessionTyping: LineEditorDelegate {
  private let session: REPLSession
  private var grammar: CompletionGrammar

  init(_ session: REPLSession) {
    self.session = session
    grammar = CompletionGrammar(session)
  }

  /// Takes note of what has changed.
  func update() { grammar = CompletionGrammar(session) }

  func completion(of text: String, at cursor: Int) -> Completion { grammar.completion(of: text, at: cursor) }

  func hint(for text: String) -> String? { grammar.hint(for: text) }

  func isComplete(_ text: String) -> Bool {
    REPLSession.isComplete(text) { [session] in session.readsAsStep($0) }
  }
}
