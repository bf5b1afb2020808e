/// Runs a piece of work several times and tells how long it took.
struct Measurement {
  /// The median time of a run.
  let median: Duration
  /// The shortest time of a run.
  let minimum: Duration

  /// Measures a piece of work after two runs that do not count.
  init(runs: Int, _ work: () -> Void) {
    let clock = ContinuousClock()
    for _ in 0..<2 { work() }
    let times = (0..<max(1, runs)).map { _ in clock.measure(work) }.sorted()
    median = times[times.count / 2]
    minimum = times[0]
  }

  /// The throughput of the median run for an input of some bytes.
  func megabytesPerSecond(bytes: Int) -> Double { Double(bytes) / 1e6 / (median / .seconds(1)) }
}

/// A number with one digit behind the point, right-aligned.
func column(_ number: Double, width: Int = 9) -> String {
  let tenths = Int((number * 10).rounded())
  let text = "\(tenths / 10).\(tenths % 10)"
  return String(repeating: " ", count: max(0, width - text.count)) + text
}
