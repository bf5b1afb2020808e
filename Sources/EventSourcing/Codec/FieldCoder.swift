/// Codes one value of a payload where it lies in memory.
struct FieldCoder: Sendable {
  let name: String
  let offset: Int
  private let kind: Kind
  let isOptional: Bool
  /// Whether every value of the type comes back from its stored form as it was.
  let isExact: Bool
  private let encoding: @Sendable (UnsafeRawPointer, PathElement, _ isUnusual: inout Bool) throws -> DynamicValue
  private let decoding: @Sendable (DynamicValue, UnsafeMutableRawPointer, PathElement, _ asStored: Bool) throws -> Void
  let destroy: @Sendable (UnsafeMutableRawPointer) -> Void

  /// The types that most fields have, coded without a call into generic code.
  private enum Kind { case uuid, string, integer, decimal, other }

  /// Makes the coder of a value; nil where its type is not Codable.
  ///
  /// - Parameters:
  ///   - name: The field's name.
  ///   - offset: Where it lies in the payload.
  ///   - type: Its type.
  ///   - isPayload: Whether it is the whole payload, whose record stays one even if it holds no more than an identity.
  init?(name: String, offset: Int, type: Any.Type, isPayload: Bool) {
    guard let type = type as? any (Codable & SendableMetatype).Type else { return nil }
    self.init(name, offset, type, isPayload)
  }

  private init<T: Codable & SendableMetatype>(_ name: String, _ offset: Int, _ type: T.Type, _ isPayload: Bool) {
    self.name = name
    self.offset = offset
    kind =
      switch ObjectIdentifier(type) {
      case ObjectIdentifier(UUID.self): .uuid
      case ObjectIdentifier(String.self): .string
      case ObjectIdentifier(Int.self): .integer
      case ObjectIdentifier(Decimal.self): .decimal
      default: .other
      }
    isOptional = StandardGeneric(type) == .optional
    isExact = ExactCoding.holds(for: type)
    encoding = { pointer, step, isUnusual in
      let value = pointer.assumingMemoryBound(to: T.self)
      if let simple = SimpleType.tree(of: value.pointee) { return simple }
      // It lies in the payload's record, which is the first level.
      return try TreeEncoder.encode(
        value.pointee, options: .plain, step: step, depth: 2, isField: !isPayload, isUnusual: &isUnusual)
    }
    decoding = { value, pointer, step, asStored in
      pointer.assumingMemoryBound(to: T.self).initialize(
        to: try (asStored ? TreeDecoder.stored : TreeDecoder.plain).decode(T.self, from: value, at: step))
    }
    destroy = { _ = $0.assumingMemoryBound(to: T.self).deinitialize(count: 1) }
  }

  @inline(__always)
  func encode(_ payload: UnsafeRawPointer, isUnusual: inout Bool) throws -> DynamicValue {
    let pointer = payload + offset
    switch kind {
    case .uuid: return .uuid(pointer.assumingMemoryBound(to: UUID.self).pointee)
    case .string: return .string(pointer.assumingMemoryBound(to: String.self).pointee)
    case .integer: return .integer(Int64(pointer.assumingMemoryBound(to: Int.self).pointee))
    case .decimal: return .decimal(pointer.assumingMemoryBound(to: Decimal.self).pointee)
    case .other: return try encoding(pointer, .name(name), &isUnusual)
    }
  }

  /// Puts a value into a payload.
  @inline(__always)
  func decode(_ value: DynamicValue, _ payload: UnsafeMutableRawPointer, asStored: Bool) throws {
    let pointer = payload + offset
    switch (kind, value) {
    case (.uuid, .uuid(let uuid)): pointer.assumingMemoryBound(to: UUID.self).initialize(to: uuid)
    case (.string, .string(let text)): pointer.assumingMemoryBound(to: String.self).initialize(to: text)
    case (.integer, .integer(let number)):
      // A field of fewer bits than the number has goes the long way, which says so.
      guard let number = Int(exactly: number) else { return try decoding(value, pointer, .name(name), asStored) }
      pointer.assumingMemoryBound(to: Int.self).initialize(to: number)
    case (.decimal, .decimal(let number)) where !asStored || number.staysInJSON:
      pointer.assumingMemoryBound(to: Decimal.self).initialize(to: number)
    default: try decoding(value, pointer, .name(name), asStored)
    }
  }

  /// Puts nil into a payload, for an optional field that is not there.
  func decodeMissing(_ payload: UnsafeMutableRawPointer) throws {
    guard isOptional else {
      throw DecodingError.keyNotFound(
        PathElement.name(name), DecodingError.Context(codingPath: [], debugDescription: "field '\(name)' is missing"))
    }
    try decoding(.null, payload + offset, .name(name), false)
  }
}
