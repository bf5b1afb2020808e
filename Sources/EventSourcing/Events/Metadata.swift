/// What travels with a command and its events beside their payload, in key order.
public struct Metadata: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// The values by key.
  public var values: [String: String]

  /// Makes metadata.
  ///
  /// - Parameter values: The values by key.
  public init(_ values: [String: String] = [:]) { self.values = values }

  /// Makes metadata of the pairs written down; of a key given twice, the last value.
  public init(dictionaryLiteral elements: (String, String)...) {
    values = Dictionary(elements, uniquingKeysWith: { _, last in last })
  }

  /// The value of a key.
  public subscript(key: String) -> String? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// What the whole conversation is known by, under `correlation`.
  public var correlation: String? {
    get { values["correlation"] }
    set { values["correlation"] = newValue }
  }

  /// The id of the message that caused this one, under `causation`.
  public var causation: String? {
    get { values["causation"] }
    set { values["causation"] = newValue }
  }

  /// Who asked, under `actor`, else `user`.
  public var actor: String? {
    get { values["actor"] ?? values["user"] }
    set { values["actor"] = newValue }
  }
}
