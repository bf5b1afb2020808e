import ArgumentParser
import EventSpec
import Gherkin

/// `fmt`: spec files are brought into canonical form.
struct FormatCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Bring spec files into canonical form.",
    discussion: """
      Two blanks for each level, aligned tables, comments where they are; what a runner sees does not change. \
      In Markdown the lines of Gherkin are formatted, and prose stays as it is. \
      With --check nothing is written, and the exit code is 1 where a file is not in canonical form.
      """)

  @Argument(
    help: "The files and folders; '-' alone reads standard input and writes to standard output.",
    completion: .file(extensions: ["feature", "md"]))
  var paths: [String] = ["specs"]

  @Flag(name: .long, help: "Name the files that are not in canonical form, and write nothing.")
  var check = false

  var needsDomain: Bool { false }

  func validate() throws {
    if paths.count > 1, paths.contains("-") {
      throw ValidationError("'-' is standard input, which stands alone: leave out '-' or the other paths.")
    }
  }

  func run(_ context: ToolContext) async throws -> Int32 {
    if paths == ["-"] { return try formatInput(context) }
    let found = SpecFinder(paths.map { SpecSelection(path: $0) })
    var isBroken = !found.problems.isEmpty
    var isChanged = false
    for problem in found.problems { context.streams.diagnose(problem.message) }
    for file in found.files {
      do {
        let source = try readFile(file.path)
        let result = GherkinPrinter.format(source, uri: file.path)
        guard let formatted = result.bytes else {
          isBroken = true
          for error in result.errors { context.streams.diagnose("\(file.path):\(error)") }
          continue
        }
        guard formatted != source else { continue }
        isChanged = true
        if !check { try FileWriting.write(formatted, to: file.path) }
        context.streams.output.write(TerminalText(escaping: file.path).description + "\n")
      } catch {
        isBroken = true
        context.streams.diagnose("\(error)")
      }
    }
    context.streams.output.flush()
    return isBroken ? 2 : check && isChanged ? 1 : 0
  }

  /// Formats what comes through standard input.
  private func formatInput(_ context: ToolContext) throws -> Int32 {
    let source = try readFile("/dev/stdin")
    let result = GherkinPrinter.format(source, uri: "-")
    guard let formatted = result.bytes else {
      for error in result.errors { context.streams.diagnose("-:\(error)") }
      return 2
    }
    if !check { context.streams.output.write(formatted) }
    return check && formatted != source ? 1 : 0
  }
}
