import EventSourcing

/// What goes wrong in the engine itself.
enum EngineError: Error, CustomStringConvertible {
  case foreignMessage(any DomainMessage, of: any Aggregate.Type)
  case unbound(String)
  case noIdentity(StreamName, aggregate: String)
  case notAnIdentity(name: String)
  case clockBackwards(from: Date, to: Date)
  case notATime
  case tooManyReactions(limit: Int)
  case cancelled
  case unknownAggregate(String)
  case noPayload(String)

  var description: String {
    switch self {
    case .foreignMessage(let message, let aggregate): "\(type(of: message)) is no message of \(aggregate.name)"
    case .unbound(let name): "nothing has been bound to $\(name) yet"
    case .noIdentity(let stream, let aggregate): "the stream '\(stream)' names no \(aggregate)"
    case .notAnIdentity(let name): "the value of $\(name) is no identity"
    case .clockBackwards(let from, let to):
      "the time never goes back: it is \(ErrorText.time(from)) and would become \(ErrorText.time(to))"
    case .notATime: "this is no time"
    case .tooManyReactions(let limit):
      "process managers issued more than \(limit) commands: they seem to answer each other without end"
    case .cancelled: "cancelled"
    case .noPayload(let name): "a message of \(name) has no payload"
    case .unknownAggregate(let name): "the domain has no aggregate \(name)"
    }
  }
}

/// How errors read to people.
enum ErrorText {
  /// The text of an error.
  static func describe(_ error: any Error) -> String {
    if let error = error as? any DomainError { return error.description }
    if let error = error as? any LocalizedError, let text = error.errorDescription { return text }
    if let error = error as? DecodingError { return describe(error) }
    return String(describing: error)
  }

  static func time(_ date: Date) -> String { date.formatted(.iso8601) }

  private static func describe(_ error: DecodingError) -> String {
    let (text, context) =
      switch error {
      case .keyNotFound(let key, let context): ("'\(key.stringValue)' is missing", context)
      case .typeMismatch(_, let context): (context.debugDescription, context)
      case .valueNotFound(_, let context): (context.debugDescription, context)
      case .dataCorrupted(let context): (context.debugDescription, context)
      @unknown default: (String(describing: error), DecodingError.Context(codingPath: [], debugDescription: ""))
      }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? text : "\(path): \(text)"
  }
}
