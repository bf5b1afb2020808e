import EventSourcing
import Synchronization

/// Makes functions that compare two values of a type by what they are made of.
///
/// A function is put together once from the compiler's own metadata: fields of structs at their offsets, payloads of
/// enum cases by the type's value witnesses, elements of collections. Types of the standard library and Foundation are
/// compared with their own `==`.
enum StructuralComparer {
  /// Compares the values at two addresses.
  struct Compare: @unchecked Sendable {
    // What it captures are other comparers, offsets and types, none of which ever changes.
    private let body: (UnsafeRawPointer, UnsafeRawPointer) -> Bool

    init(_ body: @escaping (UnsafeRawPointer, UnsafeRawPointer) -> Bool) { self.body = body }

    @inline(__always)
    func callAsFunction(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Bool { body(left, right) }
  }

  /// What compares values of a type; nil where it holds something that cannot be compared.
  static func comparer<T>(of type: T.Type) -> Compare? {
    var types = TypesUnderWay()
    return types.comparer(of: type)
  }

  /// What compares values by their type's own `==`.
  static func equality<E: Equatable>(_ type: E.Type) -> Compare {
    Compare { $0.assumingMemoryBound(to: E.self).pointee == $1.assumingMemoryBound(to: E.self).pointee }
  }

  @inline(__always)
  static func sameBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
    UnsafeRawBufferPointer(start: left, count: count).hasSameBytes(
      as: UnsafeRawBufferPointer(start: right, count: count))
  }
}

/// A collection or optional that is compared by its elements.
protocol StructurallyCompared {
  static func comparer(_ types: inout TypesUnderWay) -> StructuralComparer.Compare?
}

/// The comparers that are being made: a type that contains itself finds its own here.
struct TypesUnderWay {
  /// Where a comparer will be once it is made.
  private final class Place: Sendable {
    let compare = Mutex<StructuralComparer.Compare?>(nil)
  }

  private var places: [ObjectIdentifier: Place] = [:]
  private var depth = 0

  /// What compares values of a type; nil where it holds something that cannot be compared.
  mutating func comparer<T>(of type: T.Type) -> StructuralComparer.Compare? {
    if let place = places[ObjectIdentifier(type)] {
      return .init { left, right in place.compare.withLock { $0 }?(left, right) ?? false }
    }
    guard depth < 200 else { return nil }
    depth += 1
    defer { depth -= 1 }
    if let compare = Self.simple(type) { return compare }
    let place = Place()
    places[ObjectIdentifier(type)] = place
    defer { places[ObjectIdentifier(type)] = nil }
    let compare =
      if let container = type as? any StructurallyCompared.Type { container.comparer(&self) } else { composed(type) }
    place.compare.withLock { $0 = compare }
    return compare
  }

  // MARK: Simple types

  private static func simple<T>(_ type: T.Type) -> StructuralComparer.Compare? {
    switch type {
    case is String.Type:
      return .init { left, right in
        if StructuralComparer.sameBytes(left, right, count: MemoryLayout<String>.size) { return true }
        return left.assumingMemoryBound(to: String.self).pointee
          .hasSameBytes(as: right.assumingMemoryBound(to: String.self).pointee)
      }
    case is Int.Type, is Int64.Type, is UInt.Type, is UInt64.Type, is Double.Type, is Date.Type, is UUID.Type,
      is Int32.Type, is UInt32.Type, is Int16.Type, is UInt16.Type, is Int8.Type, is UInt8.Type, is Bool.Type,
      is Float.Type, is Duration.Type:
      let size = MemoryLayout<T>.size
      return .init { StructuralComparer.sameBytes($0, $1, count: size) }
    case is Decimal.Type:
      return .init { left, right in
        if StructuralComparer.sameBytes(left, right, count: MemoryLayout<Decimal>.size) { return true }
        return left.assumingMemoryBound(to: Decimal.self).pointee == right.assumingMemoryBound(to: Decimal.self).pointee
      }
    default: return nil
    }
  }

  // MARK: Composed types

  private mutating func composed<T>(_ type: T.Type) -> StructuralComparer.Compare? {
    let own = (type as? any Equatable.Type).map { StructuralComparer.equality($0) }
    let name = String(reflecting: type)
    if name.hasPrefix("Swift.") || name.hasPrefix("Foundation") || name.hasPrefix("__C.") { return own }
    switch Reflection.shape(of: type) {
    case .structure(let fields): return structure(type, fields)
    case .enumeration(let cases): return enumeration(type, cases)
    default: return own
    }
  }

  private mutating func structure<T>(_ type: T.Type, _ fields: [Reflection.Field]) -> StructuralComparer.Compare? {
    let types = fields.compactMap(\.type)
    guard types.count == fields.count, let parts = comparers(of: types),
      let offsets = Reflection.fieldOffsets(of: type), offsets.count == parts.count
    else { return nil }
    var compared: [(offset: Int, size: Int, compare: StructuralComparer.Compare)] = []
    for index in offsets.indices { compared.append((offsets[index], Self.size(of: types[index]), parts[index])) }
    return .init { left, right in
      compared.withUnsafeBufferPointer { compared in
        for index in compared.indices {
          let (first, second) = (left + compared[index].offset, right + compared[index].offset)
          // Mostly the bits are the same, which is found out without a call.
          if StructuralComparer.sameBytes(first, second, count: compared[index].size) { continue }
          if !compared[index].compare(first, second) { return false }
        }
        return true
      }
    }
  }

  private static func size<T>(of type: T.Type) -> Int { MemoryLayout<T>.size }

  private mutating func enumeration<T>(_ type: T.Type, _ cases: [Reflection.Case]) -> StructuralComparer.Compare? {
    guard let tag = EnumTag(type) else { return nil }
    var payloads: [Payload?] = []
    let indirect = Reflection.indirectCases(of: type)
    for (index, enumCase) in cases.enumerated() {
      guard let fields = enumCase.payload else {
        payloads.append(nil)
        continue
      }
      let types = fields.compactMap(\.type)
      guard !indirect.contains(index), types.count == fields.count, let parts = comparers(of: types) else { return nil }
      payloads.append(Payload(types, parts))
    }
    let all = payloads
    if all.allSatisfy({ $0 == nil }) {
      let size = MemoryLayout<T>.size
      return .init { StructuralComparer.sameBytes($0, $1, count: size) }
    }
    return .init { left, right in
      let left = left.assumingMemoryBound(to: T.self)
      let right = right.assumingMemoryBound(to: T.self)
      let index = tag.tag(of: left.pointee)
      guard index == tag.tag(of: right.pointee), all.indices.contains(index) else { return false }
      guard let payload = all[index] else { return true }
      // What a case carries can only be looked at in a copy, which the looking uses up.
      return withUnsafeTemporaryAllocation(of: T.self, capacity: 2) { copies in
        guard let base = copies.baseAddress else { return false }
        base.initialize(to: left.pointee)
        (base + 1).initialize(to: right.pointee)
        tag.takeApart(base)
        tag.takeApart(base + 1)
        let result = payload.compare(UnsafeRawPointer(base), UnsafeRawPointer(base + 1))
        payload.destroy(UnsafeMutableRawPointer(base))
        payload.destroy(UnsafeMutableRawPointer(base + 1))
        return result
      }
    }
  }

  private mutating func comparers(of types: [Any.Type]) -> [StructuralComparer.Compare]? {
    var comparers: [StructuralComparer.Compare] = []
    for type in types {
      guard let compare = comparer(of: type) else { return nil }
      comparers.append(compare)
    }
    return comparers
  }
}

/// The values that a case carries, laid out one behind the other as in a tuple.
///
/// Sendable unchecked: what its functions capture are types and comparers, none of which ever changes.
private struct Payload: @unchecked Sendable {
  private struct Part {
    let offset: Int
    let compare: StructuralComparer.Compare
    let destroy: (UnsafeMutableRawPointer) -> Void
  }

  private let parts: [Part]

  init(_ types: [Any.Type], _ comparers: [StructuralComparer.Compare]) {
    var parts: [Part] = []
    var end = 0
    for (type, compare) in zip(types, comparers) {
      let layout = Self.layout(of: type)
      let offset = (end + layout.alignment - 1) / layout.alignment * layout.alignment
      parts.append(Part(offset: offset, compare: compare, destroy: layout.destroy))
      end = offset + layout.size
    }
    self.parts = parts
  }

  func compare(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Bool {
    for part in parts where !part.compare(left + part.offset, right + part.offset) { return false }
    return true
  }

  func destroy(_ address: UnsafeMutableRawPointer) {
    for part in parts { part.destroy(address + part.offset) }
  }

  private static func layout<T>(
    of type: T.Type
  ) -> (size: Int, alignment: Int, destroy: (UnsafeMutableRawPointer) -> Void) {
    (
      MemoryLayout<T>.size, MemoryLayout<T>.alignment,
      { $0.assumingMemoryBound(to: T.self).deinitialize(count: 1) }
    )
  }
}

extension Optional: StructurallyCompared {
  static func comparer(_ types: inout TypesUnderWay) -> StructuralComparer.Compare? {
    guard let compare = types.comparer(of: Wrapped.self) else { return nil }
    let presence = OptionalPresence(Wrapped.self)
    return .init { left, right in
      let isThere = presence.isThere(left)
      guard isThere == presence.isThere(right) else { return false }
      // What is wrapped lies at the start.
      return !isThere || compare(left, right)
    }
  }
}

extension Array: StructurallyCompared {
  static func comparer(_ types: inout TypesUnderWay) -> StructuralComparer.Compare? {
    guard let compare = types.comparer(of: Element.self) else { return nil }
    let stride = MemoryLayout<Element>.stride
    let size = MemoryLayout<Element>.size
    return .init { left, right in
      if StructuralComparer.sameBytes(left, right, count: MemoryLayout<Self>.size) { return true }
      return left.assumingMemoryBound(to: Self.self).pointee.withUnsafeBytes { left in
        right.assumingMemoryBound(to: Self.self).pointee.withUnsafeBytes { right in
          guard left.count == right.count else { return false }
          guard let first = left.baseAddress, let second = right.baseAddress else { return true }
          var offset = 0
          while offset < left.count {
            // Lists that are compared mostly come from one another, so that their elements hold the same texts.
            let isSame =
              StructuralComparer.sameBytes(first + offset, second + offset, count: size)
              || compare(first + offset, second + offset)
            if !isSame { return false }
            offset += stride
          }
          return true
        }
      }
    }
  }
}

extension Dictionary: StructurallyCompared {
  static func comparer(_ types: inout TypesUnderWay) -> StructuralComparer.Compare? {
    guard let compare = types.comparer(of: Value.self) else { return nil }
    return .init { left, right in
      let left = left.assumingMemoryBound(to: Self.self).pointee
      let right = right.assumingMemoryBound(to: Self.self).pointee
      guard left.count == right.count else { return false }
      for (key, value) in left {
        guard let other = right[key] else { return false }
        let isSame = withUnsafePointer(to: value) { left in withUnsafePointer(to: other) { compare(left, $0) } }
        if !isSame { return false }
      }
      return true
    }
  }
}
