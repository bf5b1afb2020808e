#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Files
import Gherkin

/// Keeps the optimizer from dropping work whose result nobody looks at.
@inline(never)
func consume<Value>(_ value: Value) {}

/// Reads every string of a document's scenarios, so that the cost of making them shows.
func readStrings(of document: GherkinDocument) -> Int {
  var count = 0
  guard let feature = document.feature else { return 0 }
  for scenario in feature.allScenarios {
    count += scenario.name.utf8.count
    for step in scenario.steps {
      count += step.keyword.utf8.count + step.text.utf8.count
      if let table = step.dataTable {
        for row in table.rows {
          for cell in row.cells { count += cell.value.utf8.count }
        }
      }
      count += step.docString?.content.utf8.count ?? 0
    }
  }
  return count
}

/// Reads every string of a document's pickles.
func readPickles(of document: GherkinDocument) -> Int {
  var count = 0
  for pickle in document.pickles() {
    count += pickle.name.utf8.count + pickle.tags.count
    for step in pickle.steps {
      count += step.text.utf8.count + step.type.rawValue.utf8.count
      for row in step.dataTable?.rows ?? [] {
        for cell in row.cells { count += cell.value.utf8.count }
      }
      count += step.docString?.content.utf8.count ?? 0
    }
  }
  return count
}

func runAll() {
  let source = FeatureText.bytes(scenarios: 10_000)
  let parser = GherkinParser()
  print("input: 10,000 scenarios of 4 steps, \(source.count) bytes; medians in MB/s")
  let document = parser.parse(source, uri: "benchmark.feature").document
  let tree = Measurement(runs: 31) { consume(parser.parse(source, uri: "benchmark.feature")) }
  print("bytes to document tree:         \(column(tree.megabytesPerSecond(bytes: source.count)))")
  let strings = Measurement(runs: 31) {
    consume(parser.parse(source, uri: "benchmark.feature").document.map(readStrings))
  }
  print(
    "the same and read every string: \(column(strings.megabytesPerSecond(bytes: source.count)))")
  let pickles = Measurement(runs: 31) { consume(document.map(readPickles)) }
  print(
    "document to pickles, all read:  \(column(pickles.megabytesPerSecond(bytes: source.count)))")
  let both = Measurement(runs: 31) {
    consume(parser.parse(source, uri: "benchmark.feature").document.map(readPickles))
  }
  print("bytes to pickles, all read:     \(column(both.megabytesPerSecond(bytes: source.count)))")
  let json = Measurement(runs: 11) {
    GherkinOutput.write(format: .ast, source: source, uri: "benchmark.feature") { consume($0) }
  }
  print("bytes to AST as JSON:           \(column(json.megabytesPerSecond(bytes: source.count)))")
  runSizes()
}

/// How much longer than the fastest size the slowest may take for a byte, for the time per byte to count as flat.
let flatness = 1.15

/// Measures the time per byte of sources from 10 KB to 100 MB, each parsed again and again.
func runSizes() {
  print("\ntime for 100 bytes by size, the pages that a run touches for the first time:")
  let parser = GherkinParser()
  var times: [Double] = []
  for count in [30, 290, 2_890, 28_800, 72_000, 144_000, 285_000] {
    let source = FeatureText.bytes(scenarios: count)
    let runs = max(9, min(1001, 20_000_000 / source.count))
    let faults = pageFaults()
    let time = Measurement(runs: runs) { consume(parser.parse(source, uri: "benchmark.feature")) }
    let faultsOfRun = Double(pageFaults() - faults) / Double(runs + 2)
    times.append(time.median / .nanoseconds(1) / Double(source.count) * 100)
    print(
      "\(column(Double(source.count) / 1000, width: 12)) KB: \(column(times[times.count - 1], width: 8)) ns"
        + "\(column(faultsOfRun)) pages")
  }
  let ratio = (times.max() ?? 0) / (times.min() ?? 1)
  let verdict = ratio <= flatness ? "flat" : "not flat"
  print(
    "slowest to fastest size:\(column(ratio * 100))%, up to\(column(flatness * 100))% is flat: \(verdict)"
  )
}

/// Measures the first parse of a process, which touches all of its memory for the first time, and the ones that follow.
func runOneSize(_ count: Int) {
  let source = FeatureText.bytes(scenarios: count)
  let parser = GherkinParser()
  let faults = pageFaults()
  let first = ContinuousClock().measure { consume(parser.parse(source, uri: "benchmark.feature")) }
  let firstFaults = pageFaults() - faults
  let time = Measurement(runs: 9) { consume(parser.parse(source, uri: "benchmark.feature")) }
  let firstSpeed = Double(source.count) / 1e6 / (first / .seconds(1))
  print(
    "\(source.count) bytes to document tree: \(column(time.megabytesPerSecond(bytes: source.count))) MB/s"
  )
  print("the process's first parse: \(column(firstSpeed)) MB/s, \(firstFaults) pages touched")
}

/// How often the process has touched a page for the first time.
func pageFaults() -> Int {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
  #else
    getrusage(RUSAGE_SELF, &usage)
  #endif
  return usage.ru_minflt
}

let arguments = CommandLine.arguments
if arguments.count == 1 {
  runAll()
} else if arguments.count == 2, arguments[1] == "sizes" {
  runSizes()
} else if arguments.count == 4, arguments[1] == "generate", let count = Int(arguments[2]) {
  if !Files.write(FeatureText.bytes(scenarios: count), to: arguments[3]) {
    print("cannot write \(arguments[3])")
    exit(73)
  }
} else if arguments.count == 3, arguments[1] == "scenarios", let count = Int(arguments[2]) {
  runOneSize(count)
} else {
  print("usage: gherkin-benchmark [sizes | scenarios COUNT | generate COUNT FILE]")
  exit(64)
}
