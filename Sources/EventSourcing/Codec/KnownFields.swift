/// The fields of a value as they were when it was last coded and read back, so that those that are still the same need not
/// go that way again.
///
/// It goes by bits: a field that has the very same ones is coded and read the same, as long as its coding depends on nothing
/// but itself. A field in which objects lie is never taken for known, since they can change behind the same reference.
///
/// It is for one thread at a time.
final class KnownFields {
  private var fields: [KnownField] = []
  /// Where the next field is looked for first: a value's fields are coded in the same order each time.
  private var cursor = 0

  /// What is known of a field.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - type: Its type.
  @inline(__always)
  func field<T>(_ name: String, _ type: T.Type) -> KnownField {
    if cursor < fields.count, fields[cursor].isOf(name, type) {
      cursor += 1
      return fields[cursor - 1]
    }
    return search(name, type)
  }

  /// Lets go of all that is known.
  func forget() {
    fields = []
    cursor = 0
  }

  @inline(never)
  private func search<T>(_ name: String, _ type: T.Type) -> KnownField {
    if let index = fields.firstIndex(where: { $0.isOf(name, type) }) {
      cursor = index + 1
      return fields[index]
    }
    fields.append(KnownField(name, type))
    cursor = fields.count
    return fields[cursor - 1]
  }
}

/// A field as it was coded, and as it was read back, the last time.
final class KnownField {
  private let name: String
  private let type: ObjectIdentifier
  /// Whether its bits are all that there is to it.
  private let isValue: Bool
  private let size: Int
  private let deinitialize: (UnsafeMutableRawPointer) -> Void

  /// What was coded, and what was read back, each where a value of the type lies; nil where there is none.
  private(set) var value: UnsafeMutableRawPointer?
  private(set) var restored: UnsafeMutableRawPointer?
  /// The tree of what was coded.
  private(set) var tree = DynamicValue.null
  /// The tree of what was read back.
  private(set) var restoredTree = DynamicValue.null

  fileprivate init<T>(_ name: String, _ type: T.Type) {
    self.name = name
    self.type = ObjectIdentifier(type)
    isValue = Reflection.holdsNoObjects(type)
    size = MemoryLayout<T>.size
    deinitialize = { $0.assumingMemoryBound(to: T.self).deinitialize(count: 1) }
  }

  deinit {
    for place in [value, restored].compactMap(\.self) {
      deinitialize(place)
      place.deallocate()
    }
  }

  @inline(__always)
  fileprivate func isOf(_ name: String, _ type: Any.Type) -> Bool {
    self.type == ObjectIdentifier(type) && self.name == name
  }

  /// The tree of a value, where the last one coded had the same bits.
  @inline(__always)
  func tree<T>(of value: T) -> DynamicValue? {
    guard let known = self.value else { return nil }
    let isSame = withUnsafePointer(to: value) {
      UnsafeRawBufferPointer(start: $0, count: size).hasSameBytes(as: UnsafeRawBufferPointer(start: known, count: size))
    }
    return isSame ? tree : nil
  }

  /// Keeps what was coded.
  func keep<T>(_ value: T, as tree: DynamicValue) {
    guard isValue else { return }
    self.tree = tree
    self.value = put(value, at: self.value)
  }

  /// The value that a tree was read back to, where it is the one that was read last.
  @inline(__always)
  func value<T>(of tree: DynamicValue, as type: T.Type) -> T? {
    guard let restored, tree.hasSameBits(as: restoredTree) else { return nil }
    return restored.assumingMemoryBound(to: T.self).pointee
  }

  /// Keeps what was read back.
  func keep<T>(restored value: T, of tree: DynamicValue) {
    guard isValue else { return }
    restoredTree = tree
    restored = put(value, at: restored)
  }

  private func put<T>(_ value: T, at place: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer {
    if let place {
      place.assumingMemoryBound(to: T.self).pointee = value
      return place
    }
    let place = UnsafeMutablePointer<T>.allocate(capacity: 1)
    place.initialize(to: value)
    return UnsafeMutableRawPointer(place)
  }
}

extension DynamicValue {
  /// Whether both are the very same tree; two that are equal may have been made apart.
  @inline(__always)
  func hasSameBits(as other: DynamicValue) -> Bool {
    withUnsafeBytes(of: self) { left in withUnsafeBytes(of: other) { left.hasSameBytes(as: $0) } }
  }
}
