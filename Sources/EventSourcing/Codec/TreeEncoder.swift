/// One value on its way into a tree, whatever it will turn out to be.
final class TreeEncoder: ReusedCoder, Encoder {
  /// What holds for the whole tree.
  final class Options: Sendable {
    let includesDerivedValues: Bool
    let userInfo: [CodingUserInfoKey: any Sendable]
    /// What is known of the fields of the value that is coded.
    ///
    /// Not checked, as ``RoundTripMemory`` hands its options to one thread at a time.
    nonisolated(unsafe) let known: KnownFields?

    init(
      includesDerivedValues: Bool, userInfo: [CodingUserInfoKey: any Sendable], known: sending KnownFields? = nil
    ) {
      self.includesDerivedValues = includesDerivedValues
      self.userInfo = userInfo
      self.known = known
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

  private enum Form { case nothing, record, list, single, closed }

  // Nothing is called while one of these is changed, so that the checks of exclusive access find nothing.
  @exclusivity(unchecked) private(set) var options: Options
  @exclusivity(unchecked) private var parent: TreeEncoder?
  @exclusivity(unchecked) private var step: PathElement
  @exclusivity(unchecked) private var depth: Int
  @exclusivity(unchecked) private var form = Form.nothing
  @exclusivity(unchecked) private var fields = FieldBuffer()
  @exclusivity(unchecked) private(set) var elements: [DynamicValue] = []
  @exclusivity(unchecked) private var single = DynamicValue.null
  @exclusivity(unchecked) private var rare: Rare?
  /// Set for a message: the record nested under its case is this one.
  @exclusivity(unchecked) private var isEnvelope = false
  /// Set where JSON might not carry all that is below; see ``DynamicEncoder/roundTrip(_:coded:)``.
  @exclusivity(unchecked) private(set) var isUnusual = false
  /// Whether what lies below is a message's payload, whose record stays one even if it holds no more than an identity.
  private let keepsPayload: Bool

  init(options: Options, parent: TreeEncoder? = nil, step: PathElement = .same) {
    self.options = options
    self.parent = parent
    self.step = step
    depth = (parent?.depth ?? 0) + 1
    keepsPayload = false
    super.init(isReused: false)
  }

  /// An encoder of a message, which drops the envelope of its case's name.
  init(messageWith options: Options, keepsPayload: Bool) {
    self.keepsPayload = keepsPayload
    self.options = options
    parent = nil
    step = .same
    depth = 1
    isEnvelope = true
    super.init(isReused: false)
  }

  private init() {
    options = .plain
    parent = nil
    step = .same
    depth = 1
    keepsPayload = false
    super.init(isReused: true)
  }

  deinit { fields.deallocate() }

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
    take(.record)
    if let kept = keptContainer(keyedBy: type) { return unsafeBitCast(kept, to: KeyedEncodingContainer<Key>.self) }
    return newContainer(type)
  }

  @inline(never)
  private func newContainer<Key: CodingKey>(_ type: Key.Type) -> KeyedEncodingContainer<Key> {
    let new = KeyedEncodingContainer(TreeKeyedEncoding<Key>(node: self))
    keep(new, keyedBy: type)
    return new
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

  @inline(__always)
  func add(_ name: String, _ value: DynamicValue) { fields.add(name, value) }

  func set(_ value: DynamicValue) {
    take(.single)
    single = value
  }

  /// The record nested under a field; in a message's envelope the record itself.
  func nestedRecord(_ name: String) -> TreeEncoder {
    if isEnvelope {
      isEnvelope = false
      extras.caseName = name
      return self
    }
    let nested = child(under: name)
    nested.take(.record)
    return nested
  }

  func child(under name: String) -> TreeEncoder {
    guard takesChildren else { return self }
    let child = makeChild(.name(name))
    add(name, .null)
    extras.open.append((fields.index(of: name) ?? fields.count - 1, child))
    return child
  }

  func childElement() -> TreeEncoder {
    guard takesChildren else { return self }
    let child = makeChild(.index(elements.count))
    extras.open.append((elements.count, child))
    elements.append(.null)
    return child
  }

  /// Whether what is put into a child goes anywhere: not where this one failed for its depth, nor once it is closed.
  private var takesChildren: Bool { depth <= deepestNesting && form != .closed }

  private func makeChild(_ step: PathElement) -> TreeEncoder {
    let child = TreeEncoder(options: options, parent: self, step: step)
    if depth >= deepestNesting { child.fail("nested deeper than \(deepestNesting) levels") }
    return child
  }

  // MARK: Values

  /// The tree of a value that lies at a step below this one.
  @inline(__always)
  func tree<T: Encodable>(of value: T, at step: PathElement) throws -> DynamicValue {
    if let simple = SimpleType.tree(of: value) { return simple }
    var isUnusual = false
    let tree = try treeBelow(value, at: step, isUnusual: &isUnusual)
    if isUnusual { self.isUnusual = true }
    return tree
  }

  /// The tree of a value that is not simple.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - step: Where it lies below this encoder.
  ///   - isUnusual: Is set where JSON might not carry all of it.
  func treeBelow<T: Encodable>(_ value: T, at step: PathElement, isUnusual: inout Bool) throws -> DynamicValue {
    guard depth < deepestNesting else {
      throw EncodingError.invalidValue(
        value,
        EncodingError.Context(
          codingPath: codingPath + [step], debugDescription: "nested deeper than \(deepestNesting) levels"))
    }
    return try Self.encode(
      value, options: options, parent: self, step: step, isField: !keepsPayload, isUnusual: &isUnusual)
  }

  /// The tree of any value but a simple one.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - options: What holds for the whole tree.
  ///   - parent: The encoder above.
  ///   - step: Where it lies below that.
  ///   - depth: How deep it lies, where there is no encoder above.
  ///   - isField: Whether it is a field of another value.
  ///   - isUnusual: Is set where JSON might not carry all of it.
  static func encode<T: Encodable>(
    _ value: T, options: Options, parent: TreeEncoder? = nil, step: PathElement = .same, depth: Int = 1,
    isField: Bool = false, isUnusual: inout Bool
  ) throws -> DynamicValue {
    let type = CodedType.of(T.self)
    if !type.isOrdinary {
      if let plain = type.plainCases { return plain.tree(of: value) }
      if let rare = SimpleType.rareTree(of: value) { return rare }
      if let custom = type.custom {
        isUnusual = true
        return try custom.encode(value)
      }
    }
    let known = parent?.known(T.self, at: step)
    if let tree = known?.tree(of: value) { return tree }
    let node = type.encoders.take() ?? Unmanaged.passRetained(TreeEncoder())
    var tree: DynamicValue
    do {
      tree = try node._withUnsafeGuaranteedRef { node in
        node.begin(options, parent, step, parent.map { $0.depth + 1 } ?? depth)
        if let list = type.list {
          try withUnsafePointer(to: value) { try list.encode($0, node, known) }
        } else {
          try value.encode(to: node)
        }
        let tree = try node.close()
        if node.isUnusual { isUnusual = true }
        return tree
      }
    } catch {
      node._withUnsafeGuaranteedRef { $0.abandon() }
      Spares.letGo(node)
      throw error
    }
    type.encoders.takeBack(node)
    // Derived values are the program's own code, which is not called between an encoder's closing and its next value.
    tree = try type.refine(tree, of: value, isField: isField, options: options)
    if type.isDictionary && tree.hasDoubledNeighbours { isUnusual = true }
    if let known, !isUnusual { known.keep(value, as: tree) }
    return tree
  }

  /// What is known of a field of the value on top.
  @inline(__always)
  private func known<T>(_ type: T.Type, at step: PathElement) -> KnownField? {
    guard let known = options.known, depth == 1, case .name(let name) = step else { return nil }
    return known.field(name, type)
  }

  private func begin(_ options: Options, _ parent: TreeEncoder?, _ step: PathElement, _ depth: Int) {
    if options !== self.options { self.options = options }
    self.parent = parent
    self.step = step
    self.depth = depth
  }

  override func clear() {
    parent = nil
    step = .same
    form = .nothing
    isUnusual = false
    if rare != nil { rare = nil }
    if !options.userInfo.isEmpty { options = .plain }
  }

  /// What somebody puts in later, on whatever thread, has nothing to do with what is known of other values.
  override func outlive() {
    if options.known != nil { options = .plain }
  }

  /// What a list is, for the coder of its elements.
  func setElements(_ new: [DynamicValue]) {
    take(.list)
    elements = new
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

  /// What was encoded; what is put in later goes nowhere.
  func close() throws -> DynamicValue {
    if let rare {
      do {
        try close(rare)
      } catch {
        abandon()
        throw error
      }
    }
    let form = form
    self.form = .closed
    switch form {
    case .nothing, .closed: return .record(DynamicRecord())
    case .record: return .record(DynamicRecord(fields.takeAll()))
    case .list:
      let list = elements
      elements = []
      return .array(list)
    case .single:
      let value = single
      single = .null
      return value
    }
  }

  private func close(_ rare: Rare) throws {
    if let failure = rare.failure { throw failure }
    for (index, child) in rare.open {
      let value = try child.close()
      if child.isUnusual { isUnusual = true }
      if form == .list { elements[index] = value } else { fields.set(value, at: index) }
    }
    rare.open = []
  }

  /// Lets go of the containers handed out, which hold this one.
  private func abandon() {
    parent = nil
    form = .closed
    guard let rare else { return }
    for (_, child) in rare.open { child.abandon() }
    rare.open = []
  }
}
