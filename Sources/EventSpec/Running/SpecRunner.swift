public import EventSourcing

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
    let jobs = max(1, options.jobs ?? SystemFacts.processorCount)
    let work = SharedWork(
      files: files, schedule: RunSchedule(fileCount: files.count, chunkSize: 16, window: 16 * jobs),
      delivery: delivery)
    await withTaskGroup(of: Void.self) { group in
      for _ in 1..<jobs { group.addTask { await worker(work, scenarios.forAnotherThread()) } }
      await worker(work, scenarios)
    }
    return delivery.end(isCutShort: work.isStopped, filter: filter)
  }

  // MARK: Work

  private func worker(_ work: SharedWork, _ scenarios: ScenarioRunner) async {
    var scratch = ScenarioRunner.Scratch()
    while true {
      if Task.isCancelled { work.stop() }
      switch work.claim() {
      case .finished: return
      case .wait: await work.wait()
      case .prepare(let index):
        let found = work.files[index]
        let plan = SpecFilePlan(
          found, options: options, salt: UInt64(index + 1), keepsContent: scenarios.needs.contains(.content))
        work.prepared(index, plan)
      case .run(let piece):
        var results: [ScenarioResult] = []
        results.reserveCapacity(piece.scenarios.count)
        for position in piece.scenarios where !work.isStopped {
          let entry = piece.file.entries[position]
          guard options.isMeant(entry.pickle) else { continue }
          switch mode {
          case .run: results.append(await scenarios.run(entry, of: piece.file, scratch: &scratch))
          case .check: results.append(scenarios.check(entry, of: piece.file, scratch: &scratch))
          }
        }
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
