#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The median of several runs, in nanoseconds of processor time for each of the things done in one.
///
/// All that is measured runs on one thread at a time and waits for nothing: on an idle machine processor time is the time
/// that passes, and on a busy one it does not count others' turns.
func nanoseconds(per count: Int, runs: Int = 5, _ body: () async throws -> Void) async rethrows -> Double {
  var times: [Double] = []
  for _ in 0..<runs {
    let start = processorTime()
    try await body()
    times.append((processorTime() - start) / Double(count))
  }
  return times.sorted()[runs / 2]
}

private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// A figure beside its bar; what misses one is marked, and told by the exit code.
struct Report {
  private(set) var isMissed = false

  mutating func line(_ what: String, _ figure: String, bar: String = "", holds: Bool = true) {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    print(padded(what, 58) + padded(figure, 26) + bar + (holds ? "" : "   MISSED"))
    isMissed = isMissed || !holds
  }

  func title(_ text: String) { print("\n" + text) }
}

extension Double {
  /// The number with as many digits as it takes to see what it is.
  var short: String {
    if self >= 1_000_000 { return "\((self / 10_000).rounded() / 100) million" }
    if self >= 100 { return "\(Int(rounded()))" }
    return "\((self * 100).rounded() / 100)"
  }
}
