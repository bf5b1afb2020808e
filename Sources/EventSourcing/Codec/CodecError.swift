/// What went wrong between a typed value and its stored form.
public struct CodecError: Error, Sendable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  public struct Code: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// No case of the aggregate's events has the stored type name.
    public static let unknownEventType = Code("unknownEventType")
    /// The stored form does not fit the type.
    public static let invalidPayload = Code("invalidPayload")
    /// The payload is no JSON.
    public static let invalidJSON = Code("invalidJSON")
    /// The stored form is of a later version than this program knows.
    public static let newerSchemaVersion = Code("newerSchemaVersion")
    /// An upcaster failed, or upcasters lead back to where they came from.
    public static let upcastingFailed = Code("upcastingFailed")
    /// The value cannot be encoded, or not as the type's schema says.
    public static let notEncodable = Code("notEncodable")
  }

  /// The kind of error.
  public let code: Code
  /// What is wrong, for a person.
  public let message: String
  /// The stored type name, or the message type and case.
  public let type: String
  /// The path to the field concerned, as in `items[2].price`.
  public let path: String?
  /// The stream of the stored event, where it is about one.
  public internal(set) var stream: StreamName?
  /// The version of the stored event in its stream.
  public internal(set) var version: Int?
  /// The position of the stored event among all.
  public internal(set) var position: Checkpoint?

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - code: The kind of error.
  ///   - type: The stored type name, or the message type and case.
  ///   - message: What is wrong, for a person.
  ///   - path: The path to the field concerned.
  public init(_ code: Code, type: String, _ message: String, path: String? = nil) {
    self.code = code
    self.type = type
    self.message = message
    self.path = path
  }

  /// The message with all that is known about where.
  public var description: String {
    var text = message
    if let path, !path.isEmpty { text = "\(type).\(path): \(text)" }
    if let stream { text += ", in stream '\(stream)'" }
    if let version { text += " at version \(version)" }
    if let position { text += " (position \(position))" }
    return text
  }

  /// The same error, about a stored event.
  func at(_ envelope: EventEnvelope) -> CodecError {
    var error = self
    error.stream = envelope.stream
    error.version = envelope.version
    error.position = envelope.position
    return error
  }

  /// What an error of decoding or encoding says, for a type.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - code: The kind of error that it becomes.
  ///   - type: The type concerned.
  ///   - envelope: How many steps of the path are none of the user's.
  static func wrapping(_ error: any Error, _ code: Code, type: String, envelope: Int = 0) -> CodecError {
    switch error {
    case let error as CodecError: return error
    case let error as JSONError: return CodecError(.invalidJSON, type: type, "\(type) is no JSON: \(error)")
    case let error as DecodingError:
      let context: DecodingError.Context
      var path: [any CodingKey] = []
      switch error {
      case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found): context = found
      case .keyNotFound(let key, let found):
        context = found
        path = [key]
      @unknown default: return CodecError(code, type: type, "\(type): \(error)")
      }
      path = context.codingPath + path
      return CodecError(
        code, type: type, context.debugDescription, path: PathElement.text(of: Array(path.dropFirst(envelope))))
    case EncodingError.invalidValue(_, let context):
      return CodecError(
        code, type: type, context.debugDescription,
        path: PathElement.text(of: Array(context.codingPath.dropFirst(envelope))))
    default: return CodecError(code, type: type, "\(type): \(error)")
    }
  }
}
