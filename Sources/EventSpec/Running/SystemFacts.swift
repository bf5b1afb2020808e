internal import EventSourcing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's time and processors.
enum SystemFacts {
  /// The time since 1970.
  static var now: (seconds: Int64, nanoseconds: Int) {
    let time = Date().timeIntervalSince1970
    let seconds = time.rounded(.down)
    return (Int64(seconds), Int((time - seconds) * 1_000_000_000))
  }

  /// How many processors there are.
  static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
