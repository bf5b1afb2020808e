import EventSourcing
import Testing

@Suite("Waiting for something to happen")
struct WakeUpTests {
  @Test("A time that is over before waiting has begun ends it all the same", .timeLimit(.minutes(1)))
  func shortTimes() async {
    let wakeUp = WakeUp()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for round in 0..<2_000 { await wakeUp.wait(atMost: round % 2 == 0 ? .zero : .nanoseconds(1)) }
        }
      }
    }
    #expect(!wakeUp.isAwaited)
  }

  @Test("Who waits is woken, by all, by what happened before, and by being cancelled", .timeLimit(.minutes(1)))
  func waking() async {
    let wakeUp = WakeUp()
    await wakeUp.wait(atMost: .seconds(600)) { true }
    let waiting = Task { await wakeUp.wait(atMost: .seconds(600)) }
    while !wakeUp.isAwaited { await Task.yield() }
    // Somebody may be about to wait, and looks for himself then.
    while wakeUp.isAwaited {
      wakeUp.wakeAll()
      await Task.yield()
    }
    await waiting.value
    let cancelled = Task { await wakeUp.wait(atMost: .seconds(600)) }
    cancelled.cancel()
    await cancelled.value
    wakeUp.close()
    await wakeUp.wait(atMost: .seconds(600))
    #expect(!wakeUp.isAwaited)
  }
}
