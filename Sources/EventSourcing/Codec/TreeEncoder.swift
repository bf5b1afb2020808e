/// One value on its way into a tree, whatever it will turn out to be.
final class TreeEncoder: Encoder {
  /// What holds for the whole tree.
  final class Options: Sendable {
    let includesDerivedValues: Bool
    let userInfo: [CodingUserInfoKey: any Sendable]

    init(includesDerivedValues: Bool, userInfo: [CodingUserInfoKey: any Sendable]) {
      self.includesDerivedValues = includesDerivedValues
      self.userInfo = userInfo
    }

    static let plain = Options(includesDerivedValues: false, userInfo: [:])
    static let derived = Options(includesDerivedValues: true, userInfo: [:])
  }

  /// What few values need.
  private final class Rare {
    /// Containers handed out inside this one, whose content is known when all is encoded.
    var open: [(index: Int, encoder: TreeEncoder)] = []
    var failure: (any Error)?
    var caseName: String?
  }

  private enum Form { case nothing, record, list, single }

  let options: Options
  private let parent: TreeEncoder?
  private let step: PathElement
  private let depth: Int
  // Nothing is called while one of these is changed, so that the checks of exclusive access find nothing.
  @exclusivity(unchecked) private var form = Form.nothing
  @exclusivity(unchecked) private var fields: [DynamicRecord.Field] = []
  @exclusivity(unchecked) private var marks: UInt64 = 0
  @exclusivity(unchecked) private(set) var elements: [DynamicValue] = []
  @exclusivity(unchecked) private var single = DynamicValue.null
  @exclusivity(unchecked) private var rare: Rare?
  /// Set for a message: the record nested under its case is this one.
  @exclusivity(unchecked) private var isEnvelope = false
  /// Whether what lies below is a message's payload, whose record stays one even if it holds no more than an identity.
  private let keepsPayload: Bool

  init(options: Options, parent: TreeEncoder? = nil, step: PathElement = .same) {
    self.options = options
    self.parent = parent
    self.step = step
    depth = (parent?.depth ?? 0) + 1
    keepsPayload = false
  }

  /// An encoder of a message, which drops the envelope of its case's name.
  init(messageWith options: Options, keepsPayload: Bool) {
    self.keepsPayload = keepsPayload
    self.options = options
    parent = nil
    step = .same
    depth = 1
    isEnvelope = true
  }

  var userInfo: [CodingUserInfoKey: Any] { options.userInfo }

  var codingPath: [any CodingKey] {
    var path: [PathElement] = []
    var next: TreeEncoder? = self
    while let node = next {
      if case .same = node.step {} else { path.append(node.step) }
      next = node.parent
    }
    return path.reversed()
  }

  // MARK: Encoder

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if take(.record), !isEnvelope { fields.reserveCapacity(8) }
    return KeyedEncodingContainer(TreeKeyedEncoding<Key>(node: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    take(.list)
    return TreeUnkeyedEncoding(node: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { TreeSingleEncoding(node: self) }

  @discardableResult
  private func take(_ new: Form) -> Bool {
    if form == .nothing {
      form = new
      return true
    }
    if form != new { fail("the value is coded as a record, a list and a single value at once") }
    return false
  }

  private func fail(_ message: String) {
    let rare = extras
    guard rare.failure == nil else { return }
    rare.failure = EncodingError.invalidValue(
      message, EncodingError.Context(codingPath: codingPath, debugDescription: message))
  }

  private var extras: Rare {
    if let rare { return rare }
    let new = Rare()
    rare = new
    return new
  }

  /// The name of the case whose record this is, for a message.
  var caseName: String? { rare?.caseName }

  // MARK: Containers

  func append(_ value: DynamicValue) { elements.append(value) }

  func add(_ name: String, _ value: DynamicValue) {
    // One bit a name tells nearly always that no field of the name is there yet.
    let utf8 = name.utf8
    let mark: UInt64 = 1 << UInt64((utf8.count &* 7 &+ Int(utf8.first ?? 0)) & 63)
    if marks & mark != 0, fields.count < 64, let index = fields.firstIndex(where: { $0.name == name }) {
      fields[index].value = value
      return
    }
    marks |= mark
    fields.append(DynamicRecord.Field(name, value))
  }

  func set(_ value: DynamicValue) {
    take(.single)
    single = value
  }

  /// The record nested under a field; in a message's envelope the record itself.
  func nestedRecord(_ name: String) -> TreeEncoder {
    if isEnvelope {
      isEnvelope = false
      extras.caseName = name
      fields.reserveCapacity(8)
      return self
    }
    let nested = child(under: name)
    nested.take(.record)
    return nested
  }

  func child(under name: String) -> TreeEncoder {
    let child = makeChild(.name(name))
    add(name, .null)
    extras.open.append((fields.firstIndex { $0.name == name } ?? fields.count - 1, child))
    return child
  }

  func childElement() -> TreeEncoder {
    let child = makeChild(.index(elements.count))
    extras.open.append((elements.count, child))
    elements.append(.null)
    return child
  }

  private func makeChild(_ step: PathElement) -> TreeEncoder {
    let child = TreeEncoder(options: options, parent: self, step: step)
    if depth >= deepestNesting { child.fail("nested deeper than \(deepestNesting) levels") }
    return child
  }

  // MARK: Values

  /// The tree of a value that lies at a step below this one.
  func tree<T: Encodable>(of value: T, at step: PathElement) throws -> DynamicValue {
    if let simple = SimpleType.tree(of: value) { return simple }
    guard depth < deepestNesting else {
      throw EncodingError.invalidValue(
        value,
        EncodingError.Context(
          codingPath: codingPath + [step], debugDescription: "nested deeper than \(deepestNesting) levels"))
    }
    return try TreeEncoder(options: options, parent: self, step: step).encodeWhole(value, isField: !keepsPayload)
  }

  /// Encodes a value into this encoder and closes it.
  func encodeWhole<T: Encodable>(_ value: T, isField: Bool = false) throws -> DynamicValue {
    let type = CodedType.of(T.self)
    if !type.isOrdinary {
      if let plain = type.plainCases, let tags = EnumTag<T>() { return plain.trees[tags.tag(of: value)] }
      if let rare = SimpleType.rareTree(of: value) { return rare }
      if let custom = type.custom { return try custom.encode(value) }
    }
    do {
      try value.encode(to: self)
      return try type.refine(close(), of: value, isField: isField, options: options)
    } catch {
      abandon()
      throw error
    }
  }

  /// Encodes a message into this encoder, which its case's record is then closed from.
  func encodeMessage<T: Encodable>(_ message: T) throws {
    do {
      try message.encode(to: self)
    } catch {
      abandon()
      throw error
    }
  }

  /// What was encoded.
  func close() throws -> DynamicValue {
    if let rare { try close(rare) }
    switch form {
    case .nothing: return .record(DynamicRecord())
    case .record: return .record(DynamicRecord(fields))
    case .list: return .array(elements)
    case .single: return single
    }
  }

  private func close(_ rare: Rare) throws {
    if let failure = rare.failure { throw failure }
    for (index, child) in rare.open {
      let value = try child.close()
      if form == .list { elements[index] = value } else { fields[index].value = value }
    }
    rare.open = []
  }

  /// Lets go of the containers handed out, which hold this one.
  private func abandon() {
    guard let rare else { return }
    for (_, child) in rare.open { child.abandon() }
    rare.open = []
  }
}
