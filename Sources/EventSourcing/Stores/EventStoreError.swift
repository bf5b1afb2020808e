/// What went wrong in a store, with what a person needs to know of it.
public struct EventStoreError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  public struct Code: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// The stream's version is not the expected one.
    public static let conflict = Code("conflict")
    /// An event id is stored already with other content.
    public static let duplicateEvent = Code("duplicateEvent")
    /// What was asked for makes no sense, such as an empty stream name or a negative limit.
    public static let invalidArgument = Code("invalidArgument")
    /// The store cannot be reached or refuses to work now; the same call may succeed later.
    public static let unavailable = Code("unavailable")
    /// The store's data is not what this library wrote or can read.
    public static let corrupt = Code("corrupt")
    /// The store does not allow it: a read-only file, a missing right, a wrong password.
    public static let forbidden = Code("forbidden")
    /// The store's schema is newer than this library knows.
    public static let unsupportedSchema = Code("unsupportedSchema")
  }

  /// The kind of error.
  public let code: Code
  /// What is wrong, for a person.
  public let message: String
  /// The stream concerned, where it is one.
  public let stream: StreamName?
  /// What a conflicting append expected.
  public let expected: ExpectedVersion?
  /// The version that a conflicting append found.
  public let actual: Int?

  /// Makes an error; for event stores.
  ///
  /// - Parameters:
  ///   - code: The kind of error.
  ///   - message: What is wrong, for a person.
  ///   - stream: The stream concerned.
  ///   - expected: What was expected of the stream's version.
  ///   - actual: The version found.
  public init(
    _ code: Code, _ message: String, stream: StreamName? = nil, expected: ExpectedVersion? = nil, actual: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.stream = stream
    self.expected = expected
    self.actual = actual
  }

  /// The error of an append whose expectation does not hold.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - expected: What was expected.
  ///   - actual: The version found.
  /// - Returns: An error with code ``Code/conflict``.
  public static func conflict(on stream: StreamName, expected: ExpectedVersion, actual: Int) -> EventStoreError {
    EventStoreError(
      .conflict, "stream '\(stream)' is at version \(actual), expected was \(expected.phrase)",
      stream: stream, expected: expected, actual: actual)
  }

  /// What a person reads.
  public var description: String { message }
}

extension ExpectedVersion {
  /// Refuses what no append can ask for: a stream without a name, a version below that of an empty stream.
  ///
  /// - Parameter stream: The stream that is to be appended to.
  /// - Throws: `invalidArgument`.
  package func requireSensible(for stream: StreamName) throws(EventStoreError) {
    guard !stream.text.isEmpty else { throw EventStoreError(.invalidArgument, "a stream needs a name", stream: stream) }
    if case .exact(let version) = self, version < 0 {
      throw EventStoreError(
        .invalidArgument, "version \(version) was expected of stream '\(stream)', that of an empty stream is 0",
        stream: stream, expected: self)
    }
  }

  /// Whether a stream's version meets the expectation.
  ///
  /// - Parameter version: The number of the stream's events.
  /// - Returns: True where an append may go through.
  public func accepts(_ version: Int) -> Bool {
    switch self {
    case .any: true
    case .noStream: version == 0
    case .streamExists: version > 0
    case .exact(let expected): version == expected
    }
  }

  var phrase: String {
    switch self {
    case .any: "any version"
    case .noStream: "no stream"
    case .streamExists: "a stream that exists"
    case .exact(let version): "version \(version)"
    }
  }
}
