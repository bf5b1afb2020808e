#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Files
import Gherkin

let arguments = CommandLine.arguments
guard arguments.count == 4, arguments[2] == "--format", let format = GherkinOutput.Format(rawValue: arguments[3]) else {
  print("usage: gherkin-parse FILE --format tokens|ast|pickles|source")
  exit(64)
}
guard let source = Files.bytes(at: arguments[1]) else {
  print("cannot read \(arguments[1])")
  exit(2)
}
/// Writes bytes to standard output.
func print(_ bytes: [UInt8]) {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { write(1, $0.baseAddress?.advanced(by: written), bytes.count - written) }
    if count <= 0 { exit(74) }
    written += count
  }
}
let errors = GherkinOutput.write(format: format, source: source, uri: arguments[1]) { print($0) }
exit(errors.isEmpty ? 0 : 2)
