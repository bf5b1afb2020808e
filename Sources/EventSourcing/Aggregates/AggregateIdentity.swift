/// An identity that can stand in a stream's name: a UUID, a string, an integer, or a type over one of them.
public protocol AggregateIdentity: Hashable, Codable, Sendable {
  /// The identity as it stands in a stream's name.
  var streamText: String { get }
  /// Reads an identity back from a stream's name; nil where the text is none.
  ///
  /// - Parameter streamText: What ``streamText`` gave.
  init?(streamText: String)
}

extension UUID: AggregateIdentity {
  /// The identity's own text.
  public var streamText: String { lowercaseText }
  /// Reads the identity's own text.
  public init?(streamText: String) { self.init(uuidString: streamText) }
}

extension String: AggregateIdentity {
  /// The identity's own text.
  public var streamText: String { self }
  /// Reads the identity's own text.
  public init?(streamText: String) { self = streamText }
}

extension Int: AggregateIdentity {
  /// The identity's own text.
  public var streamText: String { String(self) }
  /// Reads the identity's own text.
  public init?(streamText: String) { self.init(streamText) }
}

extension AggregateIdentity where Self: RawRepresentable, RawValue: AggregateIdentity {
  /// The identity's own text.
  public var streamText: String { rawValue.streamText }
  /// Reads the identity's own text.
  public init?(streamText: String) {
    guard let rawValue = RawValue(streamText: streamText) else { return nil }
    self.init(rawValue: rawValue)
  }
}
