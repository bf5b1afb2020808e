/// The time since a run began.
package struct RunClock: Sendable {
  private let start = ContinuousClock.now

  /// Nanoseconds since the start.
  package var nanoseconds: UInt64 {
    let (seconds, attoseconds) = start.duration(to: .now).components
    return UInt64(clamping: seconds) * 1_000_000_000 + UInt64(clamping: attoseconds / 1_000_000_000)
  }
}
