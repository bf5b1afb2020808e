#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Files

let arguments = CommandLine.arguments
guard arguments.count >= 4, let count = Int(arguments[1]), let seed = UInt64(arguments[2]) else {
  print("usage: gherkin-fuzz EXECUTIONS SEED FILE…")
  exit(64)
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
