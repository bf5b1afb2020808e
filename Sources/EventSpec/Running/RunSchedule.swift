/// Who does what when: hands out files to be read and scenarios to be run to any number of workers, and puts what they
/// bring back in order, never holding more than a bounded part of it.
///
/// It is a state machine without threads of its own. A worker claims work until there is none left, and after each
/// piece takes all deliveries that have become possible.
///
/// A claim of scenarios is always granted to the file whose results are due next, so that the others' waiting ends.
struct RunSchedule<File: Sendable, Results: Sendable>: Sendable {
  /// What a worker is to do.
  enum Claim {
    /// Read the file with this number.
    case prepare(Int)
    /// Run these scenarios of a file.
    case run(Work)
    /// Wait until something has been delivered or prepared.
    case wait
    /// There is nothing left.
    case finished
  }

  /// Some scenarios of a file.
  struct Work {
    var fileIndex: Int
    var file: File
    var chunk: Int
    var scenarios: Range<Int>
  }

  /// What is due next.
  enum Delivery {
    case fileStarted(File)
    case results(Results)
    case fileFinished(File)
  }

  private struct Open {
    var file: File
    var count: Int
    var chunkCount: Int
    var claimed = 0
    var delivered = 0
    var hasStarted = false
    /// What has come in and is not delivered yet, by chunk.
    var results: [Int: [Results]] = [:]
    /// The chunks that are done.
    var complete: Set<Int> = []
  }

  private let fileCount: Int
  private let chunkSize: Int
  private let window: Int
  private var open: [Int: Open] = [:]
  private var nextFile = 0
  /// The file whose results are due next.
  private var head = 0
  private var outstanding = 0
  private var isStopped = false

  /// Makes a schedule.
  ///
  /// - Parameters:
  ///   - fileCount: How many files there are.
  ///   - chunkSize: How many scenarios a worker takes at once.
  ///   - window: How many chunks may be ahead of those delivered.
  init(fileCount: Int, chunkSize: Int, window: Int) {
    self.fileCount = fileCount
    self.chunkSize = max(1, chunkSize)
    self.window = max(1, window)
  }

  /// Takes the next piece of work.
  mutating func claim() -> Claim {
    if isStopped { return .finished }
    var isPreparing = false
    for index in head..<nextFile {
      guard let state = open[index] else {
        isPreparing = true
        continue
      }
      guard state.claimed < state.chunkCount else { continue }
      let isHead = index == head
      guard outstanding < window || (isHead && state.claimed - state.delivered < window) else { return .wait }
      let chunk = state.claimed
      open[index]?.claimed += 1
      outstanding += 1
      let start = chunk * chunkSize
      return .run(
        Work(
          fileIndex: index, file: state.file, chunk: chunk,
          scenarios: start..<min(state.count, start + chunkSize)))
    }
    if nextFile < fileCount {
      guard nextFile - head < window else { return .wait }
      nextFile += 1
      return .prepare(nextFile - 1)
    }
    return isPreparing ? .wait : .finished
  }

  /// Whether a claim would have to wait.
  var mustWait: Bool {
    var copy = self
    if case .wait = copy.claim() { return true }
    return false
  }

  /// Takes a file that has been read.
  ///
  /// - Parameters:
  ///   - index: The file's number.
  ///   - file: What came of it.
  ///   - count: How many scenarios it has.
  mutating func prepared(_ index: Int, _ file: File, count: Int) {
    open[index] = Open(file: file, count: count, chunkCount: (count + chunkSize - 1) / chunkSize)
  }

  /// Takes the results of the first scenarios of a piece of work that takes long; the others' follow.
  mutating func progressed(_ work: Work, _ results: Results) {
    open[work.fileIndex]?.results[work.chunk, default: []].append(results)
  }

  /// Takes the results of some scenarios, those behind the ones that came before.
  mutating func completed(_ work: Work, _ results: Results) {
    progressed(work, results)
    open[work.fileIndex]?.complete.insert(work.chunk)
  }

  /// Takes the next delivery, in order; nil while what is due next is not there.
  mutating func nextDelivery() -> Delivery? {
    if isStopped { return nil }
    guard let state = open[head] else { return nil }
    if !state.hasStarted {
      open[head]?.hasStarted = true
      return .fileStarted(state.file)
    }
    if state.delivered == state.chunkCount {
      open[head] = nil
      head += 1
      return .fileFinished(state.file)
    }
    guard var results = open[head]?.results.removeValue(forKey: state.delivered), !results.isEmpty else { return nil }
    let first = results.removeFirst()
    if !results.isEmpty {
      open[head]?.results[state.delivered] = results
    } else if open[head]?.complete.remove(state.delivered) != nil {
      open[head]?.delivered += 1
      outstanding -= 1
    }
    return .results(first)
  }

  /// Ends it: nothing more is handed out or delivered.
  mutating func stop() { isStopped = true }
}
