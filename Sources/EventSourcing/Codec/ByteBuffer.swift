/// Bytes that are written one after the other, in memory that is handed over or freed at the end.
struct ByteBuffer: ~Copyable {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  /// Makes an empty buffer.
  ///
  /// - Parameter capacity: How many bytes to make room for at first.
  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    bytes = .allocate(capacity: self.capacity)
  }

  deinit { bytes.deallocate() }

  /// The bytes written so far.
  var array: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      target.baseAddress?.initialize(from: bytes, count: count)
      initialized = count
    }
  }

  /// The bytes written so far, which must be a text in UTF-8.
  var text: String { String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) }

  /// Makes room for so many bytes and hands out the place of the first; ``commit(_:)`` makes them part of the buffer.
  @inline(__always)
  mutating func room(for more: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity - count < more { grow(by: more) }
    return bytes + count
  }

  /// Takes up bytes that were written at the place that ``room(for:)`` gave, for as many at the most.
  @inline(__always)
  mutating func commit(_ written: Int) { count += written }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    room(for: 1).initialize(to: byte)
    commit(1)
  }

  @inline(__always)
  mutating func append(_ word: StaticString) {
    let length = word.utf8CodeUnitCount
    room(for: length).initialize(from: word.utf8Start, count: length)
    commit(length)
  }

  @inline(__always)
  mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
    guard let start = more.baseAddress else { return }
    room(for: more.count).initialize(from: start, count: more.count)
    commit(more.count)
  }

  mutating func append(contentsOf text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends a number in decimal digits.
  @inline(__always)
  mutating func append(number: UInt64) {
    if number < 10 {
      append(48 + UInt8(truncatingIfNeeded: number))
    } else {
      appendDigits(number)
    }
  }

  private mutating func appendDigits(_ number: UInt64) {
    var length = 1
    var limit: UInt64 = 10
    while number >= limit {
      length += 1
      // The largest number has 20 digits, and a limit of 20 digits is as far as 64 bits go.
      if length == 20 { break }
      limit *= 10
    }
    let place = room(for: length)
    var rest = number
    for index in stride(from: length - 1, through: 0, by: -1) {
      place[index] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    commit(length)
  }

  /// Appends a number in decimal digits with zeros in front.
  ///
  /// - Parameters:
  ///   - number: A number of no more than the digits.
  ///   - width: How many digits to write.
  @inline(__always)
  mutating func append(_ number: Int, width: Int) {
    let place = room(for: width)
    var rest = UInt(bitPattern: number)
    var index = width
    while index > 0 {
      index -= 1
      place[index] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    commit(width)
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    let larger = max(capacity * 2, count + more)
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    new.moveInitialize(from: bytes, count: count)
    bytes.deallocate()
    bytes = new
    capacity = larger
  }
}
