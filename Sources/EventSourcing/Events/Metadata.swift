/// What travels with a command and its events beside their payload, in key order.
public struct Metadata: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// Most events carry no more than the two ids that every command has: they need no table of keys.
  private enum Content: Sendable {
    indirect case ids(correlation: String, causation: String)
    case values([String: String])
  }

  private static let correlationKey = "correlation"
  private static let causationKey = "causation"

  private var content: Content

  /// Makes metadata.
  ///
  /// - Parameter values: The values by key.
  public init(_ values: [String: String] = [:]) { content = .values(values) }

  /// Makes metadata of the pairs written down; of a key given twice, the last value.
  public init(dictionaryLiteral elements: (String, String)...) {
    content = .values(elements.isEmpty ? [:] : Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }

  /// The values by key.
  public var values: [String: String] {
    get {
      switch content {
      case .values(let values): values
      case .ids(let correlation, let causation):
        [Self.correlationKey: correlation, Self.causationKey: causation]
      }
    }
    set { content = .values(newValue) }
  }

  /// The value of a key.
  public subscript(key: String) -> String? {
    get {
      switch content {
      case .values(let values): values.isEmpty ? nil : values[key]
      case .ids(let correlation, let causation):
        key == Self.correlationKey ? correlation : key == Self.causationKey ? causation : nil
      }
    }
    set {
      var changed = values
      changed[key] = newValue
      content = .values(changed)
    }
  }

  /// What the whole conversation is known by, under `correlation`.
  public var correlation: String? {
    get { if case .ids(let correlation, _) = content { correlation } else { self[Self.correlationKey] } }
    set { self[Self.correlationKey] = newValue }
  }

  /// The id of the message that caused this one, under `causation`.
  public var causation: String? {
    get { if case .ids(_, let causation) = content { causation } else { self[Self.causationKey] } }
    set { self[Self.causationKey] = newValue }
  }

  /// Who asked, under `actor`, else `user`.
  public var actor: String? {
    get { self["actor"] ?? self["user"] }
    set { self["actor"] = newValue }
  }

  /// The same metadata, in which a message's id stands for the correlation and the causation that are not there.
  func completed(by id: UUID) -> Metadata {
    if case .values(let values) = content, values.isEmpty {
      let text = id.streamText
      var metadata = Metadata()
      metadata.content = .ids(correlation: text, causation: text)
      return metadata
    }
    if correlation != nil, causation != nil { return self }
    let text = id.streamText
    var metadata = self
    metadata.correlation = correlation ?? text
    metadata.causation = causation ?? text
    return metadata
  }

  /// Whether both have the same values.
  public static func == (left: Metadata, right: Metadata) -> Bool {
    if case .ids(let correlation, let causation) = left.content,
      case .ids(let otherCorrelation, let otherCausation) = right.content
    {
      return correlation == otherCorrelation && causation == otherCausation
    }
    return left.values == right.values
  }

  /// Feeds the values into a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
