public import EventSourcing
internal import Gherkin

/// Runs spec files against a domain, on all cores, and reports in the order of the files.
///
/// ```swift
/// let runner = SpecRunner(domain: ordering)
/// let summary = await runner.run([SpecSelection("specs")], reports: [ReportTarget(PrettyReporter()) { print($0, terminator: "") }])
/// ```
public struct SpecRunner: Sendable {
  /// What is done with each scenario.
  public enum Mode: Sendable {
    /// It is run.
    case run
    /// Its steps are read and nothing is run.
    case check
  }

  private let domain: Domain
  private let options: RunOptions
  private let mode: Mode
  private let spaces: (any ScenarioSpaceProvider)?
  private let toolName: String
  private let toolVersion: String
  /// Whether somebody wants the run to end; it is asked before each scenario.
  package var interruption: (@Sendable () -> Bool)?

  /// The most scenarios that run at once, whatever is asked for: each takes memory of its own.
  private static let mostJobs = 1_024
  /// How long a worker keeps results to itself, in nanoseconds.
  private static let patience: UInt64 = 20_000_000

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - domain: The domain, without error findings.
  ///   - options: How the specs are run.
  ///   - mode: What is done with each scenario.
  ///   - spaces: Where scenarios' events are kept; nil for memory.
  ///   - toolName: The name of the program, for reports.
  ///   - toolVersion: Its version, for reports.
  public init(
    domain: Domain, options: RunOptions = RunOptions(), mode: Mode = .run,
    spaces: (any ScenarioSpaceProvider)? = nil, toolName: String = "eventspec", toolVersion: String = ""
  ) {
    self.domain = domain
    self.options = options
    self.mode = mode
    self.spaces = spaces
    self.toolName = toolName
    self.toolVersion = toolVersion
  }

  /// Runs what is asked for; where its task is cancelled, the run is cut short.
  ///
  /// - Parameters:
  ///   - selections: The files, folders and lines that are meant.
  ///   - reports: Who is told, and where their text goes.
  /// - Returns: What came of it.
  public func run(_ selections: [SpecSelection], reports: [ReportTarget]) async -> RunSummary {
    let finder = SpecFinder(selections)
    var files = finder.files
    var seed: UInt64?
    if case .random(let given) = options.order {
      seed = given
      var generator = SeededGenerator(seed: given)
      files.shuffle(using: &generator)
    }
    let needs = reports.reduce(ReportNeeds()) { $0.union($1.reporter.needs) }
    let scenarios = ScenarioRunner(domain, spaces: spaces, needs: needs)
    let now = SystemFacts.now
    let delivery = Delivery(reports: reports, clock: scenarios.clock, failsFast: options.failsFast)
    delivery.begin(
      RunDescription(
        toolName: toolName, toolVersion: toolVersion, domain: domain.name, startedAtSeconds: now.seconds,
        startedAtNanoseconds: now.nanoseconds, seed: seed), problems: finder.problems)
    let jobs = min(max(1, options.jobs ?? SystemFacts.processorCount), Self.mostJobs)
    let work = SharedWork(
      files: files, schedule: RunSchedule(fileCount: files.count, chunkSize: 16, window: 16 * jobs),
      delivery: delivery, interruption: interruption)
    await withTaskGroup(of: Void.self) { group in
      for job in 1..<jobs { group.addTask { await worker(job, work, scenarios) } }
      await worker(0, work, scenarios)
    }
    return delivery.end(isCutShort: work.isStopped, filter: filter)
  }

  // MARK: Work

  private func worker(_ number: Int, _ work: SharedWork, _ shared: ScenarioRunner) async {
    var scenarios = shared
    var isOwn = number == 0
    var scratch = ScenarioRunner.Scratch()
    while true {
      if Task.isCancelled || work.isInterrupted { work.stop() }
      switch work.claim() {
      case .finished: return
      case .wait: await work.wait()
      case .prepare(let index):
        let found = work.files[index]
        let plan = SpecFilePlan(
          found, options: options, salt: UInt64(index + 1), keepsContent: scenarios.needs.contains(.content))
        work.prepared(index, plan)
      case .run(let piece):
        if !isOwn { scenarios = shared.forAnotherThread() }
        isOwn = true
        ScenariosUnderWay.enter(piece.file.file.path, worker: number)
        var since = scenarios.clock.nanoseconds
        var results: [ScenarioResult] = []
        results.reserveCapacity(piece.scenarios.count)
        for position in piece.scenarios where !work.isStopped {
          let entry = piece.file.entries[position]
          guard options.isMeant(entry.pickle) else { continue }
          ScenariosUnderWay.begin(entry.pickle.location.line, worker: number)
          switch mode {
          case .run: results.append(await scenarios.run(entry, of: piece.file, scratch: &scratch))
          case .check: results.append(scenarios.check(entry, of: piece.file, scratch: &scratch))
          }
          // Scenarios that take long are reported one by one.
          guard mode == .run, let end = results.last?.endedAfter, end >= since + Self.patience else { continue }
          since = end
          work.progressed(piece, results)
          results.removeAll(keepingCapacity: true)
        }
        ScenariosUnderWay.end(worker: number)
        work.completed(piece, results)
      }
    }
  }

  /// What chooses scenarios, as it was asked for.
  private var filter: String? {
    let parts = [options.tags.map { "the tags '\($0)'" }, options.name.map { "the name '\($0.text)'" }]
    let filter = parts.compactMap { $0 }.joined(separator: " and ")
    return filter.isEmpty ? nil : filter
  }
}
