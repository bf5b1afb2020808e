import ArgumentParser
import EventSpec

/// `--color`.
struct ColorOptions: ParsableArguments {
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(name: .long, help: "Whether reports are coloured; NO_COLOR in the environment says never.")
  var color: Mode = .auto

  func isColored(_ output: OutputStream) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: output.isTerminal && !Terminal.refusesColor
    }
  }
}

/// What is reported, how and where to.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "pretty, progress, junit, json, messages or github, to a file where one is named; may be given several times "
        + "(default: pretty).", valueName: "format[=file]"),
    transform: { try FormatArgument($0) })
  var format: [FormatArgument] = []

  @OptionGroup var color: ColorOptions

  /// Finds out whether two reports would be mixed up.
  func check() throws {
    var seen: Set<String?> = []
    for argument in format where !seen.insert(argument.file).inserted {
      let place = argument.file.map { "'\($0)'" } ?? "standard output"
      throw ValidationError("Two formats would both write to \(place): name a file for one, as --format junit=FILE.")
    }
  }

  /// Opens what the reports are written to.
  func open(_ context: ToolContext) throws -> ReportSinks {
    var sinks = ReportSinks()
    if !format.contains(where: { $0.file == nil }) {
      add(FormatArgument(kind: .pretty), context.streams.output, to: &sinks)
    }
    for argument in format {
      if let file = argument.file {
        FileWriting.makeFolders(of: file)
        add(argument, try OutputStream(creating: file), to: &sinks)
      } else {
        add(argument, context.streams.output, to: &sinks)
      }
    }
    return sinks
  }

  private func add(_ argument: FormatArgument, _ output: OutputStream, to sinks: inout ReportSinks) {
    let isColored = color.isColored(output)
    let reporter: any Reporter =
      switch argument.kind {
      case .pretty: PrettyReporter(isColored: isColored, replCommand: replCommand)
      case .progress:
        ProgressReporter(isColored: isColored, isLive: output.isTerminal && !Terminal.isDumb, replCommand: replCommand)
      case .junit: JUnitReporter()
      case .json: JSONReporter()
      case .messages: MessagesReporter()
      case .github: GitHubReporter()
      }
    // People watch a terminal line by line; who follows a file or a pipe has what there is now and then.
    let flushes = output.isTerminal
    sinks.outputs.append(output)
    sinks.targets.append(
      ReportTarget(reporter, flush: { output.flush() }) { text in
        output.write(text)
        if flushes { output.flush() }
      })
  }

  private var replCommand: String { "\(ToolIdentity.name) repl --at" }
}

/// The reports of a run and what they are written to.
struct ReportSinks {
  var targets: [ReportTarget] = []
  var outputs: [OutputStream] = []

  /// Writes what is left.
  ///
  /// - Throws: Where a file could not be written.
  func close() throws {
    for output in outputs {
      output.flush()
      if let error = output.failure { throw CallFailure(message: error) }
    }
  }
}

/// `--format`.
struct FormatArgument {
  enum Kind: String, CaseIterable {
    case pretty, progress, junit, json, messages, github
  }

  var kind: Kind
  var file: String?

  init(kind: Kind) { self.kind = kind }

  /// Reads the option's value.
  init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let kind = Kind(rawValue: parts.first.map(String.init) ?? "") else {
      throw ValidationError("expected one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.kind = kind
    guard parts.count == 2 else { return }
    guard !parts[1].isEmpty else { throw ValidationError("expected a file behind '='") }
    file = String(parts[1])
  }
}
