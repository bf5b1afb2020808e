import ArgumentParser
import EventSourcing
import EventSpec

/// `store`: events are moved from one store to another.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Export and import the events of a store.",
    subcommands: [StoreExportCommand.self, StoreImportCommand.self])
}

/// `store export`: a store's events are written as NDJSON.
struct StoreExportCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a store's events as NDJSON, one event a line.",
    discussion: """
      An export into a file that holds an earlier one of the same store goes on where that ended. With --mapping the \
      events are those that another system wrote into tables of its own, which are only read.
      """)

  @Option(
    name: .long, help: ArgumentHelp("The store: sqlite:FILE or postgres://…", valueName: "store"),
    transform: { try StoreArgument($0) })
  var store: StoreArgument

  @OptionGroup var foreign: ForeignOptions

  @Argument(help: "The file; '-' for standard output.", completion: .file(extensions: ["ndjson"]))
  var file: String = "-"

  var needsDomain: Bool { false }

  func validate() throws {
    if store == .memory {
      throw ValidationError(
        "a store in memory holds nothing: expected '--store sqlite:FILE' or '--store postgres://…'.")
    }
    try foreign.check()
  }

  func run(_ context: ToolContext) async throws -> Int32 {
    let source: any EventSource
    if let mapping = try foreign.resolved(context) {
      source = try await StoreOpening.foreign(store, mapping: mapping)
    } else {
      source = StoreSource(try await StoreOpening.store(store, isReadOnly: true))
    }
    return try await transferring(context) {
      let progress = try await EventTransfer(from: source).export(to: file)
      return "\(progress.events) events exported, the last one at position \(progress.checkpoint)"
    }
  }
}

/// `store import`: events are appended to a store.
struct StoreImportCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Append exported events, or those of another system, to a store.",
    discussion: """
      The store must be empty or begin with the very events that are imported: then the import goes on behind them. \
      Events of another system are read with --from and --mapping: a ready one, or a JSON file with these keys, of which \
      the first \(ForeignMapping.keys.count { $0.isNeeded }) are needed.

      \(ForeignOptions.keys)
      """)

  @Option(
    name: .long, help: ArgumentHelp("The store to append to: sqlite:FILE or postgres://…", valueName: "store"),
    transform: { try StoreArgument($0) })
  var store: StoreArgument

  @Option(
    name: .long, help: ArgumentHelp("The database of another store or system to read from.", valueName: "store"),
    transform: { try StoreArgument($0) })
  var from: StoreArgument?

  @OptionGroup var foreign: ForeignOptions

  @Argument(
    help: "The file of NDJSON (default: '-' for standard input).", completion: .file(extensions: ["ndjson"]))
  var file: String?

  var needsDomain: Bool { false }

  func validate() throws {
    if store == .memory {
      throw ValidationError(
        "a store in memory is gone when the import is: expected '--store sqlite:FILE' or '--store postgres://…'.")
    }
    if from == .memory {
      throw ValidationError("a store in memory holds nothing: expected '--from sqlite:FILE' or '--from postgres://…'.")
    }
    if from != nil, let file {
      throw ValidationError(
        "the events come from '--from' or from the file '\(file)', not from both: leave one of them out.")
    }
    if from == nil, foreign.mapping != nil {
      throw ValidationError("'--mapping' says how the tables of '--from' are read: expected '--from' as well.")
    }
    try foreign.check()
  }

  func run(_ context: ToolContext) async throws -> Int32 {
    let source: any EventSource
    if let from {
      if let mapping = try foreign.resolved(context) {
        source = try await StoreOpening.foreign(from, mapping: mapping)
      } else {
        source = StoreSource(try await StoreOpening.store(from, isReadOnly: true))
      }
    } else {
      do {
        source = try LineSource(path: file ?? "-")
      } catch {
        throw CallFailure(message: "\(error)")
      }
    }
    let target = try await StoreOpening.store(store, isReadOnly: false)
    defer { (target as? any ClosableEventStore)?.closeAtOnce() }
    return try await transferring(context) {
      let progress = try await EventTransfer(from: source).importEvents(into: target)
      return "\(progress.events) events imported"
        + (progress.skipped > 0 ? ", \(progress.skipped) were there already" : "")
    }
  }
}

/// How the tables of another system are read.
struct ForeignOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How another system's tables are read: \(ForeignMapping.readyNames.joined(separator: ", ")), or a JSON file.",
      valueName: "name|file"))
  var mapping: String?

  @Option(name: .long, help: ArgumentHelp("The table, where it is not the mapping's.", valueName: "table"))
  var table: String?

  @Option(name: .long, help: ArgumentHelp("What is put before the streams' names, as in 'order-'.", valueName: "text"))
  var streamPrefix: String?

  /// The keys of a JSON file, as help lists them.
  static var keys: String {
    let width = ForeignMapping.keys.map(\.name.count).max() ?? 0
    return ForeignMapping.keys.map { key in
      "  " + key.name + String(repeating: " ", count: width - key.name.count + 2) + key.meaning
    }.joined(separator: "\n")
  }

  /// Finds out whether something is said of a mapping that is not there.
  func check() throws {
    guard mapping == nil else { return }
    if table != nil {
      throw ValidationError("'--table' says which table '--mapping' is for: expected '--mapping' as well.")
    }
    if streamPrefix != nil {
      throw ValidationError("'--stream-prefix' belongs to a '--mapping': expected '--mapping' as well.")
    }
  }

  /// The mapping; nil where the events are a store's own.
  func resolved(_ context: ToolContext) throws -> ForeignMapping? {
    guard let mapping else { return nil }
    var found: ForeignMapping
    if let ready = ForeignMapping.ready(mapping) {
      found = ready
    } else {
      do {
        found = try ForeignMapping(json: try readFile(mapping))
      } catch {
        throw CallFailure(
          message: error is FileReadingError
            ? "--mapping \(mapping): expected \(ForeignMapping.readyNames.joined(separator: ", ")) or a JSON file; \(error)"
            : "--mapping \(mapping): \(error)")
      }
      if !found.hasTime {
        context.streams.diagnose(
          "note: '\(mapping)' has neither 'time' nor 'timeInPayload', so all events are of 1970-01-01")
      }
    }
    if let table { found.table = table }
    if let streamPrefix { found.streamPrefix = streamPrefix }
    return found
  }
}

/// Moves events and says how many; what is wrong goes to standard error with exit code 2.
private func transferring(_ context: ToolContext, _ body: () async throws -> String) async throws -> Int32 {
  do {
    context.streams.diagnose(try await body())
    return 0
  } catch {
    throw CallFailure(message: "\(error)")
  }
}
