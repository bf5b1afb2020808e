/// The fields of a record on their way into a tree, in memory that serves the next record of the same type again.
///
/// No name is taken twice. That costs nothing where a record has the names that one before it had, in the same order.
struct FieldBuffer {
  private typealias Field = DynamicRecord.Field

  /// The fields so far, and the names of the record before, which are as many as there is room.
  private var fields: UnsafeMutablePointer<Field>?
  private var names: UnsafeMutablePointer<String>?
  private var capacity = 0
  private(set) var count = 0
  /// How many of the names are known to differ from each other.
  private var distinct = 0
  /// The names so far, where they are too many to be looked through one by one.
  private var manyNames: [String: Int]?

  /// Frees the memory, which is not to be used any more.
  mutating func deallocate() {
    removeAll()
    names?.deinitialize(count: capacity)
    names?.deallocate()
    fields?.deallocate()
    names = nil
    fields = nil
    capacity = 0
    distinct = 0
  }

  /// Adds a field, or gives the one of that name another value.
  @inline(__always)
  mutating func add(_ name: String, _ value: DynamicValue) {
    if count < distinct, let fields, let names, Self.isVerySame(names[count], name) {
      (fields + count).initialize(to: DynamicRecord.Field(name, value))
      count += 1
    } else {
      addUnknown(name, value)
    }
  }

  /// Gives a field another value.
  mutating func set(_ value: DynamicValue, at index: Int) {
    if index < count { fields?[index].value = value }
  }

  /// Where a field is.
  func index(of name: String) -> Int? {
    if let manyNames { return manyNames[name] }
    guard let fields else { return nil }
    return (0..<count).first { fields[$0].name == name }
  }

  /// Hands out the fields and is empty then.
  mutating func takeAll() -> [DynamicRecord.Field] {
    guard count > 0, let fields else { return [] }
    // An array that is made without its elements looks up its storage's type each time.
    var all: [DynamicRecord.Field] = []
    all.reserveCapacity(count)
    for index in 0..<count { all.append((fields + index).move()) }
    count = 0
    // What is that long is a dictionary rather than a record: its memory is not worth keeping, nor are its keys.
    if manyNames != nil { deallocate() }
    return all
  }

  /// Lets go of the fields.
  mutating func removeAll() {
    fields?.deinitialize(count: count)
    count = 0
    manyNames = nil
  }

  /// Whether two texts are the same bits, so that nothing else needs to be looked at.
  @inline(__always)
  private static func isVerySame(_ left: String, _ right: String) -> Bool {
    let left = unsafeBitCast(left, to: (UInt64, UInt64).self)
    let right = unsafeBitCast(right, to: (UInt64, UInt64).self)
    return left.0 == right.0 && left.1 == right.1
  }

  @inline(never)
  private mutating func addUnknown(_ name: String, _ value: DynamicValue) {
    if let index = index(of: name) {
      set(value, at: index)
      return
    }
    if count == capacity { grow() }
    guard let fields, let names else { return }
    (fields + count).initialize(to: DynamicRecord.Field(name, value))
    if count < distinct, names[count] == name {
      names[count] = name
    } else {
      // Those behind it were told apart from each other, not from this one.
      names[count] = name
      distinct = manyNames == nil ? count + 1 : 0
    }
    count += 1
    if manyNames != nil {
      manyNames?[name] = count - 1
    } else if count == 32 {
      manyNames = [:]
      for index in 0..<count { manyNames?[fields[index].name] = index }
      distinct = 0
    }
  }

  private mutating func grow() {
    let larger = max(8, capacity * 2)
    let newFields = UnsafeMutablePointer<Field>.allocate(capacity: larger)
    let newNames = UnsafeMutablePointer<String>.allocate(capacity: larger)
    if let fields, let names {
      newFields.moveInitialize(from: fields, count: count)
      newNames.moveInitialize(from: names, count: capacity)
      fields.deallocate()
      names.deallocate()
    }
    (newNames + capacity).initialize(repeating: "", count: larger - capacity)
    fields = newFields
    names = newNames
    capacity = larger
  }
}
