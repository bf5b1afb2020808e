import EventSourcing
import Lending
import Synchronization
import Testing

/// A process manager that reacts to loans in ways that go wrong.
private struct Troublemaker: ProcessManager {
  var seen = 0

  static var reactions: Reactions<Self> {
    When(Loan.self, correlatedBy: { event, _ in event.loanID }) { process, event, context in
      process.seen += 1
      switch event {
      case .bookBorrowed(let loanID, let title, _, _, _):
        switch title {
        case "refuse": throw Refusal()
        case "unhandled": context.send(.extendLoan(days: 0), to: Loan.self, id: loanID)
        case "undeclared": context.schedule("nobody knows", after: .zero)
        case "twice":
          context.schedule("late", after: .seconds(20))
          context.schedule("early", after: .seconds(10))
          context.schedule("cancelled", after: .seconds(5))
          context.cancel("cancelled")
        default: break
        }
      default: break
      }
    }
    OnDeadline("early") { _, context in
      context.send(.extendLoan(days: 1), to: Loan.self, id: context.correlation)
    }
    OnDeadline("late") { _, context in
      context.send(.returnBook, to: Loan.self, id: context.correlation)
      context.complete()
    }
  }

  struct Refusal: Error {}
}

@Suite struct ProcessManagerTests {
  let store = MemoryEventStore()
  let loan = UUID()

  final class Clock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_000_000))
    var now: Date { time.withLock { $0 } }
    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
    var environment: Environment { Environment(now: { self.now }, newID: { UUID() }) }
  }
  let clock = Clock()

  var loans: Repository<Loan> { Repository(store: store, environment: clock.environment) }

  private func borrow(_ title: String, days: Int = 14) async throws {
    try await loans.execute(.borrowBook(title: title, reader: UUID(), days: days), on: loan)
  }

  private func runner<Process: ProcessManager>(_ type: Process.Type) -> ProcessManagerRunner<Process> {
    ProcessManagerRunner(
      type, aggregates: [Loan.self], events: store, processes: store, environment: clock.environment)
  }

  @Test func `a deadline comes when its time has, and moves with the loan`() async throws {
    let runner = runner(LoanReminder.self)
    try await borrow("Emma", days: 1)
    try await runner.catchUp()
    #expect(try await runner.nextDeadline() == clock.now.addingTimeInterval(86_400))
    clock.advance(86_399)
    try await loans.execute(.extendLoan(days: 1), on: loan)
    try await runner.catchUp()
    clock.advance(2)
    try await runner.catchUp()
    #expect(try await loans.load(loan).state.status == .running)
    clock.advance(86_400)
    try await runner.catchUp()
    #expect(try await loans.load(loan).state.status == .overdue)
    #expect(try await runner.nextDeadline() == nil)
    try await loans.execute(.returnBook, on: loan)
    #expect(try await store.readStream(Loan.stream(of: loan)).last?.type == "BookReturned")
  }

  @Test func `deadlines come in the order of their times, cancelled ones do not`() async throws {
    let runner = runner(Troublemaker.self)
    try await borrow("twice")
    try await runner.catchUp()
    clock.advance(60)
    try await runner.catchUp()
    #expect(
      try await store.readStream(Loan.stream(of: loan)).map(\.type) == ["BookBorrowed", "LoanExtended", "BookReturned"])
    #expect(try await runner.nextDeadline() == nil)
  }

  @Test func `a running runner wakes up for a deadline`() async throws {
    let runner = ProcessManagerRunner(
      LoanReminder.self, aggregates: [Loan.self], events: store, processes: store,
      environment: Environment(now: { Date.now.addingTimeInterval(86_400 * 13.999_999) }, newID: { UUID() }))
    let running = Task { try await runner.run(pollInterval: .seconds(60)) }
    let now = Date.now
    let environment = Environment(now: { now }, newID: { UUID() })
    try await Repository<Loan>(store: store, environment: environment).execute(
      .borrowBook(title: "Emma", reader: UUID(), days: 14), on: loan)
    let limit = ContinuousClock.now + .seconds(20)
    while try await store.version(of: Loan.stream(of: loan)) < 2, ContinuousClock.now < limit {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(try await loans.load(loan).state.status == .overdue)
    running.cancel()
    await #expect(throws: CancellationError.self) { try await running.value }
  }

  @Test func `a reaction that refuses an event stops the runner before it`() async throws {
    let runner = runner(Troublemaker.self)
    try await borrow("refuse")
    let error = await #expect(throws: ProcessManagerError.self) { try await runner.catchUp() }
    #expect(error?.code == .stopped)
    #expect(error?.message.contains("BookBorrowed, version 1 of stream 'loan-") == true)
    #expect(try await runner.process(loan) == nil)
  }

  @Test func `a command that fails unhandled stops the runner, and is tried again`() async throws {
    let runner = runner(Troublemaker.self)
    try await borrow("unhandled")
    for _ in 1...2 {
      let error = await #expect(throws: ProcessManagerError.self) { try await runner.catchUp() }
      #expect(error?.code == .commandFailed)
      #expect(error?.message.contains("extendLoan to stream 'loan-") == true)
      #expect(error?.underlying as? LoanError == .periodMustBePositive)
    }
    #expect(try await store.version(of: Loan.stream(of: loan)) == 1)
  }

  @Test func `a deadline without a reaction is named`() async throws {
    try await borrow("undeclared")
    let error = await #expect(throws: ProcessManagerError.self) { try await runner(Troublemaker.self).catchUp() }
    #expect(error?.code == .unknownDeadline)
    #expect(error?.message.contains("'nobody knows'") == true)
    #expect(error?.message.contains("'early', 'late'") == true)
  }

  @Test func `an aggregate that the runner was not given is named`() async throws {
    let runner = ProcessManagerRunner(Troublemaker.self, aggregates: [], events: store, processes: store)
    try await borrow("unhandled")
    let error = await #expect(throws: ProcessManagerError.self) { try await runner.catchUp() }
    #expect(error?.code == .unknownAggregate)
  }

  @Test func `a runner can begin behind what has happened`() async throws {
    try await borrow("unhandled")
    let runner = ProcessManagerRunner(
      Troublemaker.self, aggregates: [Loan.self], events: store, processes: store, after: Checkpoint(1))
    #expect(try await runner.catchUp() == Checkpoint(1))
  }

  // MARK: The runtime

  @Test func `the runtime is a value: a copy goes its own way`() throws {
    var runtime = ProcessManagerRuntime([LoanReminder.self])
    let now = Date(timeIntervalSince1970: 0)
    let borrowed = Loan.Event.bookBorrowed(
      loanID: loan, title: "Emma", reader: UUID(), borrowedAt: now, dueAt: now.addingTimeInterval(100))
    _ = try runtime.observe(envelope(borrowed), event: borrowed, of: Loan.self, now: now, newID: { UUID() })
    #expect(runtime.nextDeadline == now.addingTimeInterval(100))

    var copy = runtime
    let fired = try #require(try copy.fireNextDeadline(newID: { UUID() }))
    #expect(fired.time == now.addingTimeInterval(100))
    #expect(fired.commands.map(\.stream) == [Loan.stream(of: loan)])
    #expect(fired.commands.first?.command as? Loan.Command == .markOverdue)
    #expect(copy.nextDeadline == nil)
    #expect(try copy.fireNextDeadline(newID: { UUID() }) == nil)
    #expect(runtime.nextDeadline != nil)

    let extended = Loan.Event.loanExtended(loanID: loan, dueAt: now.addingTimeInterval(200))
    _ = try runtime.observe(envelope(extended), event: extended, of: Loan.self, now: now, newID: { UUID() })
    #expect(runtime.nextDeadline == now.addingTimeInterval(200))
    let returned = Loan.Event.bookReturned(loanID: loan, returnedAt: now, fee: 0)
    _ = try runtime.observe(envelope(returned), event: returned, of: Loan.self, now: now, newID: { UUID() })
    #expect(runtime.nextDeadline == nil)
  }

  private func envelope(_ event: Loan.Event) -> EventEnvelope {
    EventEnvelope(
      NewEvent(id: UUID(), type: "", occurredAt: Date(timeIntervalSince1970: 0), payload: .value(event)),
      stream: Loan.stream(of: loan), version: 1, position: Checkpoint(1))
  }
}
