/// What a session can be asked for beside steps: a word behind a colon.
package enum MetaCommand: String, CaseIterable, Sendable {
  case at, clock, commit, describe, diff, discard, events, follow, help, history, json, load, now, open, pending, quit
  case rebase, redo, reset, run, save, state, streams, undo, view, why

  /// The arguments as help shows them.
  package var arguments: String {
    switch self {
    case .at: "N|TIME"
    case .clock: "[TIME]"
    case .describe: "[NAME]"
    case .diff: "A B"
    case .events: "[FIRST [LAST]]"
    case .follow: "[COUNT]"
    case .help: "[TOPIC]"
    case .json: "on|off"
    case .load: "FILE[:LINE]"
    case .open: "[AGGREGATE] NAME"
    case .run: "[PATH]"
    case .save: "\"TITLE\" [FILE]"
    case .state: "[PATH]"
    case .streams: "[TEXT]"
    case .view: "NAME [KEY]"
    case .why: "N"
    case .commit, .discard, .history, .now, .pending, .quit, .rebase, .redo, .reset, .undo: ""
    }
  }

  /// The command as one types it.
  package var usage: String { arguments.isEmpty ? ":\(rawValue)" : ":\(rawValue) \(arguments)" }
}

/// A line that is no step.
package struct MetaLine: Sendable, Hashable {
  /// What is asked for.
  package var command: MetaCommand
  /// The text behind the word, without outer blanks.
  package var argument: String
  /// The UTF-8 offset of the argument in the line.
  package var argumentOffset: Int
}

/// What reading a line as a meta-command came to.
package enum MetaReading: Sendable, Hashable {
  /// The line is a step.
  case step
  /// A meta-command.
  case command(MetaLine)
  /// A line that was meant as one, and is none.
  case mistake(MetaMistake)
}

/// Why a line is no meta-command though it looks like one.
package struct MetaMistake: Sendable, Hashable {
  /// What is wrong.
  package var message: String
  /// What was probably meant.
  package var suggestion: String?
  /// The UTF-8 offset of what is wrong.
  package var offset: Int
}
