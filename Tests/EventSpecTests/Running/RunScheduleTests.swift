@testable import EventSpec
import Testing

@Suite("The schedule of a run")
struct RunScheduleTests {
  /// Lets some workers work in an order that a seed decides, and gives back what is delivered.
  private func simulate(counts: [Int], workers: Int, chunkSize: Int, window: Int, seed: UInt64) -> (
    delivered: [String], mostHeld: Int
  ) {
    var generator = SeededGenerator(seed: seed)
    var schedule = RunSchedule<Int, [Int]>(fileCount: counts.count, chunkSize: chunkSize, window: window)
    var tasks: [RunSchedule<Int, [Int]>.Claim] = []
    var delivered: [String] = []
    var held = 0
    var mostHeld = 0
    while true {
      while tasks.count < workers {
        let claim = schedule.claim()
        switch claim {
        case .prepare, .run: tasks.append(claim)
        case .wait, .finished: break
        }
        if case .wait = claim { break }
        if case .finished = claim { break }
      }
      guard !tasks.isEmpty else { return (delivered, mostHeld) }
      let task = tasks.remove(at: Int.random(in: 0..<tasks.count, using: &generator))
      switch task {
      case .prepare(let index): schedule.prepared(index, index, count: counts[index])
      case .run(let work):
        held += work.scenarios.count
        // Who takes long brings what there is before all is done.
        var rest = Array(work.scenarios)
        while Bool.random(using: &generator), !rest.isEmpty {
          schedule.progressed(work, [rest.removeFirst()])
        }
        schedule.completed(work, rest)
      case .wait, .finished: break
      }
      mostHeld = max(mostHeld, held)
      while let delivery = schedule.nextDelivery() {
        switch delivery {
        case .fileStarted(let file): delivered.append("start \(file)")
        case .results(let results):
          held -= results.count
          delivered += results.map(String.init)
        case .fileFinished(let file): delivered.append("end \(file)")
        }
      }
    }
  }

  private func inOrder(_ counts: [Int]) -> [String] {
    counts.enumerated().flatMap { file, count in
      ["start \(file)"] + (0..<count).map(String.init) + ["end \(file)"]
    }
  }

  @Test("delivers results in the order of the files, whoever is ready first", arguments: 1...40)
  func ordered(seed: Int) {
    let counts = [3, 0, 17, 1, 1, 1, 64, 0, 5]
    for workers in 1...5 {
      for window in [1, 2, 7] {
        let result = simulate(counts: counts, workers: workers, chunkSize: 4, window: window, seed: UInt64(seed))
        #expect(result.delivered == inOrder(counts))
      }
    }
  }

  @Test("never holds more scenarios than its window has, twice at the most")
  func bounded() {
    let counts = Array(repeating: 1_000, count: 5)
    let result = simulate(counts: counts, workers: 8, chunkSize: 2, window: 10, seed: 7)
    #expect(result.delivered == inOrder(counts))
    #expect(result.mostHeld <= 40)
  }

  @Test("hands out nothing once it is stopped")
  func stopped() {
    var schedule = RunSchedule<Int, [Int]>(fileCount: 2, chunkSize: 1, window: 4)
    guard case .prepare(0) = schedule.claim() else { return #expect(Bool(false), "the first file comes first") }
    schedule.prepared(0, 0, count: 3)
    schedule.stop()
    guard case .finished = schedule.claim() else { return #expect(Bool(false), "nothing more is handed out") }
    if schedule.nextDelivery() != nil { Issue.record("something is delivered") }
  }
}
