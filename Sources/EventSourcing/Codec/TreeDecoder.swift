/// One value on its way out of a tree.
final class TreeDecoder: ReusedCoder, Decoder {
  private let coded: CodedType?
  // Nothing is called while one of these is changed, so that the checks of exclusive access find nothing.
  @exclusivity(unchecked) private(set) var value: DynamicValue
  /// The decoder above, which is there as long as this one is at work; held only where this one may be there for longer.
  @exclusivity(unchecked) private unowned(unsafe) var parent: TreeDecoder?
  @exclusivity(unchecked) private var heldParent: TreeDecoder?
  @exclusivity(unchecked) private var step: PathElement
  @exclusivity(unchecked) private var depth: Int
  private let information: [CodingUserInfoKey: any Sendable]
  /// Whether every request is answered as if the tree had gone through JSON; see ``DynamicDecoder``.
  @exclusivity(unchecked) private(set) var readsAsStored: Bool
  /// The fields, where they lie in the value that is held here.
  @exclusivity(unchecked) private(set) var fields = UnsafeBufferPointer<DynamicRecord.Field>(start: nil, count: 0)
  /// The field that a case without payload stands for.
  @exclusivity(unchecked) private var caseField: DynamicRecord?
  /// Where the next field is looked for first: fields are mostly asked for in the order in which they stand.
  @exclusivity(unchecked) private var cursor = 0
  /// What is known of the fields of the value that is decoded; whoever asked for the value holds it until then.
  @exclusivity(unchecked) private unowned(unsafe) var known: KnownFields?
  /// Set where any field asked for is the value itself: a type over a UUID, coded as the UUID.
  @exclusivity(unchecked) private var answersAnyField = false

  // What values lie below. Safe to share unchecked: nobody is ever given one, only its own class refers to it, as a
  // parent, of which nothing is asked but what stays as it was made: its depth, its step, how it reads.
  nonisolated(unsafe) static let plain = TreeDecoder(.null)
  nonisolated(unsafe) static let stored = TreeDecoder(.null, readsAsStored: true)

  init(
    _ value: DynamicValue, userInfo: [CodingUserInfoKey: any Sendable] = [:], readsAsStored: Bool = false,
    known: KnownFields? = nil
  ) {
    self.value = value
    self.readsAsStored = readsAsStored
    self.known = known
    parent = nil
    step = .same
    depth = 0
    coded = nil
    information = userInfo
    super.init(isReused: false)
  }

  /// A decoder of a message's case from its fields alone.
  convenience init(messageCase name: String, _ payload: DynamicRecord, readsAsStored: Bool) {
    self.init(
      .record(DynamicRecord([DynamicRecord.Field(name, .record(payload))])), readsAsStored: readsAsStored)
  }

  private init(_ value: DynamicValue, parent: TreeDecoder, step: PathElement) {
    self.value = value
    self.parent = parent
    heldParent = parent
    self.step = step
    depth = parent.depth + 1
    coded = nil
    readsAsStored = parent.readsAsStored
    information = [:]
    super.init(isReused: false)
  }

  private init(reusedFor coded: CodedType) {
    value = .null
    parent = nil
    step = .same
    depth = 0
    self.coded = coded
    readsAsStored = false
    information = [:]
    super.init(isReused: true)
  }

  var userInfo: [CodingUserInfoKey: Any] {
    var node = self
    while let parent = node.parent { node = parent }
    return node.information
  }

  var codingPath: [any CodingKey] {
    var path: [PathElement] = []
    var node = self
    while let parent = node.parent {
      if case .same = node.step {} else { path.append(node.step) }
      node = parent
    }
    return path.reversed()
  }

  // MARK: Decoder

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    switch try seen(value, unless: coded?.isIdentity == true) {
    case .record(let record): fields = Self.lent(record)
    case .string(let name) where coded?.isEnumeration == true:
      let record = DynamicRecord([DynamicRecord.Field(name, .record(DynamicRecord()))])
      caseField = record
      fields = Self.lent(record)
    case .uuid where coded?.isIdentity == true, .string where coded?.isIdentity == true:
      answersAnyField = true
    case let value: throw mismatch([String: DynamicValue].self, value, at: .same, expected: "a record")
    }
    cursor = 0
    if let kept = keptContainer(keyedBy: type) { return unsafeBitCast(kept, to: KeyedDecodingContainer<Key>.self) }
    return newContainer(type)
  }

  /// The fields of a record where they lie, which is where they stay while somebody holds the record.
  @inline(__always)
  private static func lent(_ record: DynamicRecord) -> UnsafeBufferPointer<DynamicRecord.Field> {
    record.fields.withUnsafeBufferPointer { $0 }
  }

  @inline(never)
  private func newContainer<Key: CodingKey>(_ type: Key.Type) -> KeyedDecodingContainer<Key> {
    let new = KeyedDecodingContainer(TreeKeyedDecoding<Key>(node: self))
    keep(new, keyedBy: type)
    return new
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .array(let elements): return TreeUnkeyedDecoding(node: self, elements: elements)
    case .record(let record) where coded?.isDictionary == true:
      return TreeUnkeyedDecoding(node: self, elements: record.fields.flatMap { [.string($0.name), $0.value] })
    default: throw mismatch([DynamicValue].self, try seen(value), at: .same, expected: "a list")
    }
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { TreeSingleDecoding(node: self) }

  /// Whether the value may be a dictionary's key, which stands as the name of a field where it was a number.
  var isDictionaryKey: Bool { coded?.isDictionary == true || parent?.coded?.isDictionary == true }

  // MARK: Fields

  @inline(__always)
  func index(of name: String) -> Int? {
    if cursor < fields.count, fields[cursor].name == name {
      cursor += 1
      return cursor - 1
    }
    return search(name)
  }

  @inline(never)
  private func search(_ name: String) -> Int? {
    guard let index = fields.firstIndex(where: { $0.name == name }) else { return nil }
    cursor = index + 1
    return index
  }

  @inline(__always)
  func field(_ name: String) -> DynamicValue? {
    if let index = index(of: name) { return fields[index].value }
    return answersAnyField ? value : nil
  }

  func child(_ value: DynamicValue, at step: PathElement) throws -> TreeDecoder {
    try guardDepth(step)
    return TreeDecoder(value, parent: self, step: step)
  }

  private func guardDepth(_ step: PathElement) throws {
    guard depth < deepestNesting else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: path(to: step), debugDescription: "nested deeper than \(deepestNesting) levels"))
    }
  }

  // MARK: Values

  /// A value as whoever decodes it may see it.
  ///
  /// - Parameters:
  ///   - value: A value of the tree.
  ///   - isIdentity: Whether a UUID and its text are the same to whoever asks.
  @inline(__always)
  func seen(_ value: DynamicValue, unless isIdentity: Bool = false) throws -> DynamicValue {
    if !readsAsStored { return value }
    if isIdentity, case .uuid = value { return value }
    return try value.storedScalar()
  }

  /// The value of a type from a tree that lies at a step below this one.
  func decode<T: Decodable>(_ type: T.Type, from value: DynamicValue, at step: PathElement) throws -> T {
    let id = ObjectIdentifier(type)
    if id == ObjectIdentifier(UUID.self) { return try unsafeBitCast(uuid(value, at: step), to: T.self) }
    if id == ObjectIdentifier(Decimal.self) { return try unsafeBitCast(decimal(value, at: step), to: T.self) }
    if id == ObjectIdentifier(Date.self) { return try unsafeBitCast(date(value, at: step), to: T.self) }
    if id == ObjectIdentifier(String.self) { return try unsafeBitCast(string(value, at: step), to: T.self) }
    if id == ObjectIdentifier(Int.self) {
      return try unsafeBitCast(integer(value, as: Int.self, at: step), to: T.self)
    }
    if id == ObjectIdentifier(Duration.self) { return try unsafeBitCast(duration(value, at: step), to: T.self) }
    if id == ObjectIdentifier(Double.self) { return try unsafeBitCast(double(value, at: step), to: T.self) }
    if id == ObjectIdentifier(Bool.self) { return try unsafeBitCast(bool(value, at: step), to: T.self) }
    try guardDepth(step)
    let coded = CodedType.of(type)
    if coded.isOrdinary { return try decode(type, coded, from: value, at: step) }
    // What was seen once is not looked at again: JSON makes something else of what it made of a number.
    if let plain = coded.plainCases, let tag = try plain.tag(of: seen(value)) { return plain.value(type, tag: tag) }
    return try decodeRare(type, id, from: value, at: step, coded)
  }

  @inline(never)
  private func decodeRare<T: Decodable>(
    _ type: T.Type, _ id: ObjectIdentifier, from value: DynamicValue, at step: PathElement, _ coded: CodedType
  ) throws -> T {
    if let rare = try rare(id, type, value, at: step) { return rare }
    if let custom = coded.custom, let value = try custom.decode(type, from: readsAsStored ? value.stored() : value) {
      return value
    }
    return try decode(type, coded, from: value, at: step)
  }

  /// The value of a type as its own conformance reads it.
  private func decode<T: Decodable>(
    _ type: T.Type, _ coded: CodedType, from value: DynamicValue, at step: PathElement
  ) throws -> T {
    let known = known(type, at: step)
    if let known, let value = known.value(of: value, as: type) { return value }
    let node = coded.decoders.take() ?? Unmanaged.passRetained(TreeDecoder(reusedFor: coded))
    // The decoder below does not hold this one.
    defer { withExtendedLifetime(self) {} }
    do {
      let result = try node._withUnsafeGuaranteedRef { node in
        node.begin(value, self, step)
        guard let list = coded.list else { return try T(from: node) }
        return try node.decodeList(type, list, known)
      }
      coded.decoders.takeBack(node)
      known?.keep(restored: result, of: value)
      return result
    } catch {
      Spares.letGo(node)
      throw error
    }
  }

  /// What is known of a field of the value on top.
  @inline(__always)
  private func known<T>(_ type: T.Type, at step: PathElement) -> KnownField? {
    guard let known, depth == 1, case .name(let name) = step else { return nil }
    return known.field(name, type)
  }

  private func decodeList<T>(_ type: T.Type, _ list: any ListCoding, _ known: KnownField?) throws -> T {
    guard case .array(let elements) = value else {
      throw mismatch([DynamicValue].self, try seen(value), at: .same, expected: "a list")
    }
    // A list is a reference, so that there is room for it in one.
    var room: UInt = 0
    return try withUnsafeMutablePointer(to: &room) { room in
      let place = UnsafeMutableRawPointer(room)
      try list.decode(elements, self, known, to: place)
      return place.assumingMemoryBound(to: T.self).move()
    }
  }

  private func begin(_ value: DynamicValue, _ parent: TreeDecoder, _ step: PathElement) {
    self.value = value
    self.parent = parent
    self.step = step
    depth = parent.depth + 1
    readsAsStored = parent.readsAsStored
    known = parent.known
    answersAnyField = false
  }

  override func clear() {
    value = .null
    fields = UnsafeBufferPointer(start: nil, count: 0)
    if caseField != nil { caseField = nil }
    parent = nil
    known = nil
    step = .same
  }

  override func outlive() {
    heldParent = parent
    known = nil
  }

  private func rare<T>(
    _ id: ObjectIdentifier, _ type: T.Type, _ value: DynamicValue, at step: PathElement
  ) throws -> T? {
    if id == ObjectIdentifier(Data.self) {
      let value = try seen(value)
      guard case .string(let text) = value, let data = Data(base64Encoded: text) else {
        throw mismatch(type, value, at: step, expected: "Base64 text")
      }
      return unsafeBitCast(data, to: T.self)
    }
    if id == ObjectIdentifier(URL.self) {
      let value = try seen(value)
      guard case .string(let text) = value else { return nil }
      guard let url = URL(string: text) else { throw mismatch(type, value, at: step, expected: "a URL") }
      return unsafeBitCast(url, to: T.self)
    }
    if id == ObjectIdentifier(Int128.self) {
      return try unsafeBitCast(integer(value, as: Int128.self, at: step), to: T.self)
    }
    if id == ObjectIdentifier(UInt128.self) {
      return try unsafeBitCast(integer(value, as: UInt128.self, at: step), to: T.self)
    }
    return nil
  }

  // MARK: Errors

  private func path(to step: PathElement) -> [any CodingKey] {
    if case .same = step { codingPath } else { codingPath + [step] }
  }

  func missing<Key: CodingKey>(_ key: Key) -> any Error {
    DecodingError.keyNotFound(
      key, DecodingError.Context(codingPath: codingPath, debugDescription: "field '\(key.stringValue)' is missing"))
  }

  func mismatch(
    _ type: Any.Type, _ value: DynamicValue, at step: PathElement, expected: String
  ) -> any Error {
    let context = DecodingError.Context(
      codingPath: path(to: step), debugDescription: "expected \(expected), found \(value.kindPhrase)")
    return value.isNull ? DecodingError.valueNotFound(type, context) : DecodingError.typeMismatch(type, context)
  }
}
