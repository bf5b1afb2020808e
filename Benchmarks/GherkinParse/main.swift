#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Gherkin

/// Reads a whole file, without Foundation so that starting takes no time.
func bytes(ofFile path: String) -> [UInt8]? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

let arguments = CommandLine.arguments
guard arguments.count == 4, arguments[2] == "--format", let format = GherkinOutput.Format(rawValue: arguments[3]) else {
  print("usage: gherkin-parse FILE --format tokens|ast|pickles|source")
  exit(64)
}
guard let source = bytes(ofFile: arguments[1]) else {
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
