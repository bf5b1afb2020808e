import ArgumentParser
import EventSpec
import Gherkin

/// `parse`: what the parser makes of a file, in Gherkin's official forms.
struct ParseCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Print what the Gherkin parser makes of a file.",
    discussion: "The forms are those of Gherkin's official test data. Exits 2 where the file has errors.")

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case tokens, ast, pickles, source

    var format: GherkinOutput.Format {
      switch self {
      case .tokens: .tokens
      case .ast: .ast
      case .pickles: .pickles
      case .source: .source
      }
    }
  }

  @Argument(help: "The file; '-' for standard input.", completion: .file(extensions: ["feature", "md"]))
  var file: String

  @Option(name: .long, help: "What to print.")
  var format: Form

  var needsDomain: Bool { false }

  func run(_ context: ToolContext) async throws -> Int32 {
    let source: [UInt8]
    do {
      source = try readFile(file == "-" ? "/dev/stdin" : file)
    } catch {
      throw CallFailure(message: "\(error)")
    }
    let output = context.streams.output
    let errors = GherkinOutput.write(format: format.format, source: source, uri: file) { output.write($0) }
    output.flush()
    return errors.isEmpty ? 0 : 2
  }
}
