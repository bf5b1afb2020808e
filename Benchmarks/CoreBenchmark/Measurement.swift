/// The median of several runs, in nanoseconds for each of the things done in one.
func nanoseconds(per count: Int, runs: Int = 5, _ body: () async throws -> Void) async rethrows -> Double {
  var times: [Double] = []
  for _ in 0..<runs {
    let start = ContinuousClock.now
    try await body()
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    times.append((Double(seconds) * 1e9 + Double(attoseconds) * 1e-9) / Double(count))
  }
  return times.sorted()[runs / 2]
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
