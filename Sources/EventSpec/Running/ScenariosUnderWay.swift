internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which scenarios are being run, for whoever has to say so when the program comes to a sudden end: a trap in the domain's code
/// takes the process with it, and nothing else would tell where.
///
/// What a signal handler reads lies in memory of its own, which is never moved nor given back.
package enum ScenariosUnderWay {
  /// What one worker is at.
  private struct Place: ~Copyable {
    /// The file's path, cut off where it is too long, and how many bytes of it there are.
    let path = UnsafeMutablePointer<UInt8>.allocate(capacity: ScenariosUnderWay.longestPath)
    let length = Atomic<Int>(0)
    /// The scenario's line; 0 where none is under way.
    let line = Atomic<Int>(0)
  }

  private static let longestPath = 1_024
  private static let count = 64
  // Safe to share unchecked: made before anybody has the address, and touched only by atomic operations, but for the path's
  // bytes, which a worker writes while it says that there are none.
  nonisolated(unsafe) private static let places: UnsafeMutablePointer<Place> = {
    let places = UnsafeMutablePointer<Place>.allocate(capacity: count)
    for index in 0..<count { (places + index).initialize(to: Place()) }
    return places
  }()
  private static let isWatching = Atomic<Bool>(false)

  private static func place(_ worker: Int) -> UnsafeMutablePointer<Place>? {
    isWatching.load(ordering: .relaxed) && worker < count ? places + worker : nil
  }

  /// A worker turns to a file.
  static func enter(_ path: String, worker: Int) {
    guard let place = place(worker) else { return }
    place.pointee.length.store(0, ordering: .sequentiallyConsistent)
    var path = path
    let length = path.withUTF8 { bytes in
      let length = min(bytes.count, longestPath)
      for index in 0..<length { place.pointee.path[index] = bytes[index] }
      return length
    }
    place.pointee.length.store(length, ordering: .sequentiallyConsistent)
  }

  /// A worker begins with a scenario of its file.
  @inline(__always)
  static func begin(_ line: Int, worker: Int) { place(worker)?.pointee.line.store(line, ordering: .relaxed) }

  /// A worker is done with its file.
  static func end(worker: Int) { place(worker)?.pointee.line.store(0, ordering: .relaxed) }

  // MARK: Sudden ends

  private static let fatal = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGSEGV, SIGFPE]
  /// What was to be done at a signal before, by number.
  // Safe to share unchecked: written before a signal can come, and only read from then on.
  nonisolated(unsafe) private static let earlier = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)

  /// Says on standard error which scenarios were under way, should the program come to a sudden end from now on.
  package static func nameThemInCrashes() {
    guard isWatching.compareExchange(expected: false, desired: true, ordering: .sequentiallyConsistent).exchanged else {
      return
    }
    _ = places
    for number in fatal {
      (earlier + Int(number)).initialize(to: sigaction())
      sigaction(number, nil, earlier + Int(number))
      signal(number) { ScenariosUnderWay.crash($0) }
    }
  }

  /// In a signal handler: nothing may be allocated, locked or looked up for the first time.
  private static func crash(_ number: Int32) {
    writeAll()
    // What happens next is what would have happened without this: the instruction that trapped does so again.
    sigaction(number, earlier + Int(number), nil)
  }

  /// Writes where the scenarios stand that are under way; it may be called in a signal handler.
  private static func writeAll() {
    var isFirst = true
    for index in 0..<count {
      let place = places + index
      let line = place.pointee.line.load(ordering: .relaxed)
      let length = place.pointee.length.load(ordering: .relaxed)
      guard line > 0, length > 0 else { continue }
      put(isFirst ? "\nThe program came to a sudden end in the scenario at " : ", or in the one at ")
      isFirst = false
      write(STDERR_FILENO, place.pointee.path, length)
      put(":")
      put(number: line)
    }
    if !isFirst { put("\n") }
  }

  private static func put(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func put(number: Int) {
    var rest = number
    var divisor = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      var digit = UInt8(48 + rest / divisor)
      write(STDERR_FILENO, &digit, 1)
      rest %= divisor
      divisor /= 10
    }
  }
}
