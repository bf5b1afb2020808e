import Synchronization

/// Something known about each type, made once a type and then found without a lock.
///
/// Entries are never removed: there are only so many types in a program.
package final class TypeTable<Entry: AnyObject & Sendable>: Sendable {
  /// An open-addressed table; grown by making a larger one, the smaller one stays for whoever still reads it.
  private struct Slots: ~Copyable {
    let mask: Int
    let keys: UnsafeMutablePointer<Atomic<UInt>>
    let entries: UnsafeMutablePointer<Unmanaged<Entry>?>

    init(capacity: Int) {
      mask = capacity - 1
      keys = .allocate(capacity: capacity)
      entries = .allocate(capacity: capacity)
      for index in 0..<capacity {
        (keys + index).initialize(to: Atomic(0))
        (entries + index).initialize(to: nil)
      }
    }

    @inline(__always)
    func start(_ key: UInt) -> Int { Int(truncatingIfNeeded: ((key >> 3) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask }

    @inline(__always)
    func find(_ key: UInt) -> Unmanaged<Entry>? {
      var index = start(key)
      while true {
        let found = keys[index].load(ordering: .acquiring)
        if found == key { return entries[index] }
        if found == 0 { return nil }
        index = (index + 1) & mask
      }
    }

    func insert(_ key: UInt, _ entry: Unmanaged<Entry>) {
      var index = start(key)
      while keys[index].load(ordering: .relaxed) != 0 { index = (index + 1) & mask }
      entries[index] = entry
      keys[index].store(key, ordering: .releasing)
    }
  }

  // Holds the address of the current slots.
  private let slots: Atomic<UInt>
  private let count = Guarded(0)

  package init() {
    let first = UnsafeMutablePointer<Slots>.allocate(capacity: 1)
    first.initialize(to: Slots(capacity: 64))
    slots = Atomic(UInt(bitPattern: first))
  }

  /// What is known about a type.
  ///
  /// - Parameters:
  ///   - type: The type.
  ///   - make: Finds it out, the first time; may be called more than once where threads meet.
  /// - Returns: The one entry of the type.
  @inline(__always)
  package func entry(for type: Any.Type, make: () -> Entry) -> Entry {
    let key = UInt(bitPattern: ObjectIdentifier(type))
    if let found = current?.pointee.find(key) { return found.takeUnretainedValue() }
    return add(key, make())
  }

  @inline(__always)
  private var current: UnsafeMutablePointer<Slots>? {
    UnsafeMutablePointer(bitPattern: slots.load(ordering: .acquiring))
  }

  @inline(never)
  private func add(_ key: UInt, _ entry: Entry) -> Entry {
    count.withLock { count in
      guard let current else { return entry }
      if let found = current.pointee.find(key) { return found.takeUnretainedValue() }
      var target = current
      if (count + 1) * 2 > current.pointee.mask {
        target = .allocate(capacity: 1)
        target.initialize(to: Slots(capacity: (current.pointee.mask + 1) * 2))
        for index in 0...current.pointee.mask {
          let key = current.pointee.keys[index].load(ordering: .relaxed)
          if key != 0, let entry = current.pointee.entries[index] { target.pointee.insert(key, entry) }
        }
      }
      target.pointee.insert(key, Unmanaged.passRetained(entry))
      count += 1
      if target != current { slots.store(UInt(bitPattern: target), ordering: .releasing) }
      return entry
    }
  }
}
