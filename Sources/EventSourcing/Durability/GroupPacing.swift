/// How a committer waits for callers whom it has just answered: callers in a loop come back at once.
///
/// Two ways compete. To wait for all costs nothing but the time in which they come back, and every commit is shared by
/// all. To wait for half of them keeps two groups under way, one being committed while the callers of the other come
/// back, at the price of two commits. Which is faster depends on the machine, the store and the number of callers, so
/// both are tried now and then, and the one that stores more in the same time is kept.
struct GroupPacing {
  private enum Way { case all, half }
  private enum Phase { case resting, measuring, trying }

  /// For how long nothing is tried; then both ways are measured, one after the other, for equally long: over a longer
  /// time a disk that stands still now and then would slow down the way that is kept, and only that.
  private static let restSeconds = 0.5
  private static let windowSeconds = 0.03
  /// By how much the other way must be faster, and how often in a row, to be kept from then on.
  private static let margin = 1.05
  private static let winsNeeded = 2
  /// How long nothing may have been committed for two windows to be comparable.
  private static let idleSeconds = 0.02

  private var way = Way.all
  private var phase = Phase.resting
  private var keptRate = 0.0
  private var wins = 0
  private var windowStart = 0.0
  private var windowCount = 0
  private var lastEnd = 0.0

  private var population = 0
  private var commitSeconds = 0.0
  private var failures = 0
  private var skips = 0

  /// How many appends the next group should have; 1 for not to wait.
  private(set) var target = 0

  /// How long to wait for them: no longer than the commit that they then share.
  var seconds: Double { min(max(commitSeconds, 0.0005), 0.005) }

  /// Whether the next group is sent before the callers of the last one get their answers.
  ///
  /// Not where it is better to wait for these callers, nor for a few who would have a commit of their own.
  ///
  /// - Parameter waiting: How many are waiting already.
  func sendsFirst(waiting: Int) -> Bool {
    (way == .half || target == 1) && waiting > 0 && waiting * 4 >= population
  }

  /// Notes that a group was committed.
  ///
  /// - Parameters:
  ///   - count: How many appends it had.
  ///   - waiting: How many are waiting already.
  ///   - start: When the commit began.
  ///   - end: When it ended.
  ///   - limit: How many appends a group may have.
  mutating func hasCommitted(_ count: Int, waiting: Int, from start: Double, to end: Double, limit: Int) {
    commitSeconds = end - start
    population = count + waiting
    measure(count, from: start, to: end)
    if skips > 0 {
      skips -= 1
      target = 1
    } else {
      target = min(way == .all ? population : (population + 1) / 2, limit)
    }
  }

  /// Notes whether those who were waited for came in time.
  mutating func hasWaited(inTime: Bool) {
    failures = inTime ? 0 : min(failures + 1, 8)
    skips = inTime ? 0 : 1 << failures
  }

  private var other: Way { way == .all ? .half : .all }

  private mutating func measure(_ count: Int, from start: Double, to end: Double) {
    defer { lastEnd = end }
    // Few callers share every commit.
    guard population >= 8 else {
      way = .all
      rest(from: end)
      return
    }
    // Where there was nothing to do for a while, nothing can be compared.
    if start - lastEnd > Self.idleSeconds {
      if phase == .trying { way = other }
      rest(from: start)
    }
    windowCount += count
    guard end - windowStart >= (phase == .resting ? Self.restSeconds : Self.windowSeconds) else { return }
    let rate = Double(windowCount) / (end - windowStart)
    windowStart = end
    windowCount = 0
    switch phase {
    case .resting: phase = .measuring
    case .measuring:
      keptRate = rate
      way = other
      phase = .trying
    case .trying:
      wins = rate > keptRate * Self.margin ? wins + 1 : 0
      if wins == Self.winsNeeded { wins = 0 } else { way = other }
      phase = .resting
    }
  }

  private mutating func rest(from time: Double) {
    phase = .resting
    windowStart = time
    windowCount = 0
  }
}
