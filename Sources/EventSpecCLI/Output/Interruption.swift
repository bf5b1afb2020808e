internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether somebody wants a run to end, by Ctrl-C or `kill`: the first time it ends with its reports complete, the second time
/// at once.
enum Interruption {
  private static let number = Atomic<Int32>(0)

  /// Takes notice from now on.
  static func watch() {
    _ = requested
    for number in [SIGINT, SIGTERM] {
      let earlier = signal(number) { Interruption.request($0) }
      // Who was started to pay no attention to it, as by `nohup` or in the background of a script, still does not.
      if unsafeBitCast(earlier, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
    }
  }

  /// The signal that asked for the end; nil where none did.
  static var requested: Int32? {
    let number = number.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// In a signal handler: nothing may be allocated, locked or looked up for the first time.
  private static func request(_ signalNumber: Int32) {
    number.store(signalNumber, ordering: .relaxed)
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
    let text: StaticString = "\nThe run ends with the scenarios under way; once more, and it ends at once.\n"
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
