/// What the compiler wrote down about a type: its kind, its fields and cases.
///
/// It reads the type's metadata, nominal type descriptor and field descriptor as the ABI lays them out, checks what it
/// meets, and answers ``Shape/other(_:)`` or a type of nil with a reason where it meets something else.
package enum Reflection {
  /// A stored property, or one value of a case's payload.
  package struct Field {
    /// The name; nil for a payload value without a label.
    package let name: String?
    /// The type; nil where the runtime cannot make it.
    package let type: Any.Type?
    /// Where it lies in a tuple or payload; 0 for a stored property, whose place is not read.
    package let offset: Int

    init(name: String?, type: Any.Type?, offset: Int = 0) {
      self.name = name
      self.type = type
      self.offset = offset
    }
  }

  /// A case of an enum.
  package struct Case {
    /// The name.
    package let name: String
    /// The values that it carries; nil where it carries none.
    package let payload: [Field]?
    /// Whether the values lie in a box of their own.
    package let isIndirect: Bool
  }

  /// What kind of type it is.
  package enum Shape {
    case structure([Field])
    /// The cases in the order of their tags: those with a payload first, then the others, each in order of declaration.
    case enumeration([Case])
    case optional
    case object
    case tuple([Field])
    case function
    case existential
    case metatype
    /// Anything else, with what it is.
    case other(String)
  }

  /// Reads the shape of a type.
  ///
  /// - Parameter type: Any type.
  /// - Returns: Its kind with its fields or cases.
  /// - Complexity: O(*n*) in the number of fields; nothing is kept.
  package static func shape(of type: Any.Type) -> Shape {
    switch kind(of: type) {
    case .structure:
      guard let records = fieldRecords(of: type) else { return .other("no field descriptor") }
      return .structure(records.map { Field(name: $0.name, type: $0.type) })
    case .enumeration:
      guard let records = fieldRecords(of: type) else { return .other("no field descriptor") }
      return .enumeration(
        records.map {
          Case(name: $0.name, payload: $0.hasType ? payload($0.type) : nil, isIndirect: $0.isIndirect)
        })
    case .optional: return .optional
    case .object: return .object
    case .tuple: return .tuple(tupleElements(of: type))
    case .function: return .function
    case .existential: return .existential
    case .metatype: return .metatype
    case nil: return .other("metadata of an unknown kind")
    }
  }

  private static func payload(_ type: Any.Type?) -> [Field] {
    guard let type else { return [Field(name: nil, type: nil)] }
    return kind(of: type) == .tuple ? tupleElements(of: type) : [Field(name: nil, type: type)]
  }

  // MARK: Kinds

  package enum Kind: Sendable { case structure, enumeration, optional, object, tuple, function, existential, metatype }

  /// The kind of a type, by the first word of its metadata.
  package static func kind(of type: Any.Type) -> Kind? {
    switch pointer(to: type).load(as: UInt.self) {
    case 0x200: .structure
    case 0x201: .enumeration
    case 0x202: .optional
    case 0x301: .tuple
    case 0x302: .function
    case 0x303, 0x307: .existential
    case 0x304, 0x306: .metatype
    // A class's first word is a pointer, or zero.
    case 0, 0x800...: .object
    case 0x203, 0x205, 0x305: .object
    default: nil
    }
  }

  /// The descriptor that all specialisations of a generic struct or enum share; nil for other types.
  package static func descriptor(of type: Any.Type) -> UnsafeRawPointer? {
    switch kind(of: type) {
    case .structure, .enumeration, .optional: pointer(to: type).load(fromByteOffset: word, as: UnsafeRawPointer?.self)
    default: nil
    }
  }

  /// The generic arguments of a struct or enum that is known to have so many types for arguments.
  static func genericArguments(of type: Any.Type, count: Int) -> [Any.Type] {
    guard descriptor(of: type) != nil else { return [] }
    return (0..<count).compactMap { index in
      pointer(to: type).load(fromByteOffset: (2 + index) * word, as: UnsafeRawPointer?.self).map {
        unsafeBitCast($0, to: Any.Type.self)
      }
    }
  }

  static let word = MemoryLayout<UInt>.size

  static func pointer(to type: Any.Type) -> UnsafeRawPointer { unsafeBitCast(type, to: UnsafeRawPointer.self) }

  // MARK: Field descriptors

  private struct Record {
    let name: String
    let hasType: Bool
    let isIndirect: Bool
    let type: Any.Type?
  }

  private static func fieldRecords(of type: Any.Type) -> [Record]? {
    guard let descriptor = descriptor(of: type),
      let fields = relative(descriptor + 16)
    else { return nil }
    // mangled name, superclass: 4 bytes each; kind, record size: 2 each; number of fields: 4.
    let recordSize = Int(fields.load(fromByteOffset: 10, as: UInt16.self))
    let count = Int(fields.load(fromByteOffset: 12, as: UInt32.self))
    guard recordSize >= 12, count < 100_000 else { return nil }
    let arguments = pointer(to: type) + 2 * word
    var records: [Record] = []
    records.reserveCapacity(count)
    for index in 0..<count {
      let record = fields + 16 + index * recordSize
      guard let name = relative(record + 8) else { return nil }
      let mangledName = relative(record + 4)
      records.append(
        Record(
          name: String(cString: name.assumingMemoryBound(to: CChar.self)),
          hasType: mangledName != nil,
          isIndirect: record.load(as: UInt32.self) & 1 != 0,
          type: mangledName.flatMap { self.type(named: $0, context: descriptor, arguments: arguments) }))
    }
    return records
  }

  /// What a relative pointer points to: its own address plus the distance that it holds; zero is null.
  private static func relative(_ pointer: UnsafeRawPointer) -> UnsafeRawPointer? {
    let distance = pointer.loadUnaligned(as: Int32.self)
    return distance == 0 ? nil : pointer + Int(distance)
  }

  private static func type(
    named name: UnsafeRawPointer, context: UnsafeRawPointer, arguments: UnsafeRawPointer
  ) -> Any.Type? {
    _getTypeByMangledNameInContext(
      name.assumingMemoryBound(to: UInt8.self), UInt(mangledLength(name)), genericContext: context,
      genericArguments: arguments)
  }

  /// The length of a mangled name, in which symbolic references may hold zero bytes.
  private static func mangledLength(_ name: UnsafeRawPointer) -> Int {
    var length = 0
    while true {
      switch name.load(fromByteOffset: length, as: UInt8.self) {
      case 0: return length
      case 0x01...0x17: length += 5
      case 0x18...0x1F: length += 1 + word
      default: length += 1
      }
    }
  }

  // MARK: Tuples

  private static func tupleElements(of type: Any.Type) -> [Field] {
    let metadata = pointer(to: type)
    let count = Int(metadata.load(fromByteOffset: word, as: UInt.self))
    guard count < 10_000 else { return [] }
    var labels: [Substring] = []
    if let text = metadata.load(fromByteOffset: 2 * word, as: UnsafePointer<CChar>?.self) {
      labels = String(cString: text).split(separator: " ", omittingEmptySubsequences: false)
    }
    return (0..<count).map { index in
      // The offset has 32 bits, and padding of no certain content behind them, on all but Apple's platforms.
      let label = index < labels.count && !labels[index].isEmpty ? String(labels[index]) : nil
      let type = (metadata + (3 + 2 * index) * word).load(as: UnsafeRawPointer?.self)
      return Field(
        name: label, type: type.map { unsafeBitCast($0, to: Any.Type.self) },
        offset: Int((metadata + (4 + 2 * index) * word).load(as: UInt32.self)))
    }
  }
}
