#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Files
import Gherkin

let arguments = CommandLine.arguments
guard arguments.count >= 3, let count = Int(arguments[1]), let seed = UInt64(arguments[2]) else {
  print("usage: gherkin-fuzz EXECUTIONS SEED [FILE…]")
  print("Without files the inputs are features made of the language's pieces, else the files with mutations.")
  exit(64)
}
if arguments.count == 3 {
  var features = RandomFeature(seed: seed)
  var soundCount = 0
  for execution in 1...max(1, count) {
    let isMarkdown = execution.isMultiple(of: 2)
    let source = features.next(isMarkdown: isMarkdown)
    Invariants.check(source)
    let parsed = GherkinParser().parse(source, uri: isMarkdown ? "fuzz.feature.md" : "fuzz.feature")
    if parsed.document != nil { soundCount += 1 }
    if execution.isMultiple(of: 100_000) { print("\(execution) executions") }
  }
  print("\(count) features, \(soundCount) of them sound, seed \(seed): every invariant held")
  exit(0)
}
let corpus = arguments[3...].compactMap(Files.bytes)
for input in corpus {
  for end in 0...input.count where end == input.count || end <= 4096 { Invariants.check(Array(input[..<end])) }
}
print("\(corpus.count) files cut at every byte: every invariant held")
var mutator = Mutator(corpus: corpus, seed: seed)
for execution in 1...max(1, count) {
  Invariants.check(mutator.next())
  if execution % 100_000 == 0 { print("\(execution) executions") }
}
print("\(count) executions over \(corpus.count) files, seed \(seed): every invariant held")
