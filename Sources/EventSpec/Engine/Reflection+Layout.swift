import EventSourcing

extension Reflection {
  /// The indices of an enum's cases whose payload lies in a box of its own.
  static func indirectCases(of type: Any.Type) -> Set<Int> {
    guard kind(of: type) == .enumeration, let descriptor = descriptor(of: type) else { return [] }
    let distance = descriptor.loadUnaligned(fromByteOffset: 16, as: Int32.self)
    guard distance != 0 else { return [] }
    let fields = descriptor + 16 + Int(distance)
    let size = Int(fields.load(fromByteOffset: 10, as: UInt16.self))
    let count = Int(fields.load(fromByteOffset: 12, as: UInt32.self))
    guard size >= 12 else { return [] }
    // The lowest flag of a case's record says so.
    return Set((0..<count).filter { (fields + 16 + $0 * size).load(as: UInt32.self) & 1 != 0 })
  }

  /// The offsets of a struct's stored properties; nil for other types.
  static func fieldOffsets(of type: Any.Type) -> [Int]? {
    guard kind(of: type) == .structure, let descriptor = descriptor(of: type) else { return nil }
    let count = Int(descriptor.load(fromByteOffset: 20, as: UInt32.self))
    let vector = Int(descriptor.load(fromByteOffset: 24, as: UInt32.self))
    guard vector > 0 || count == 0 else { return nil }
    let offsets = unsafeBitCast(type, to: UnsafeRawPointer.self) + vector * MemoryLayout<UInt>.size
    return (0..<count).map { Int(offsets.load(fromByteOffset: $0 * 4, as: UInt32.self)) }
  }
}
