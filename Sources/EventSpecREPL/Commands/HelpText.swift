/// What `:help` says.
package enum HelpText {
  /// One thing that can be asked about.
  package struct Topic: Sendable {
    /// The word behind `:help`.
    package var name: String
    /// One line.
    package var summary: String
    /// More, line by line.
    package var details: [String]
    /// Lines as one may type them.
    package var examples: [String]
  }

  /// All topics: the meta-commands, then the rest.
  package static let topics: [Topic] = MetaCommand.allCases.map(topic) + general

  /// The topics that a word may mean: the one of that name, else those that begin with it.
  package static func topics(for word: String) -> [Topic] {
    let word = word.lowercased().drop { $0 == ":" }
    if let exact = topics.first(where: { $0.name == word }) { return [exact] }
    return topics.filter { $0.name.hasPrefix(word) }
  }

  /// The lines of `:help` without a topic.
  package static var overview: [(left: String, right: String)] {
    MetaCommand.allCases.map { ($0.usage, topic($0).summary) }
  }

  private static func topic(_ command: MetaCommand) -> Topic {
    let (summary, details, examples) = text(command)
    return Topic(name: command.rawValue, summary: summary, details: details, examples: examples)
  }

  private static func text(_ command: MetaCommand) -> (String, [String], [String]) {
    switch command {
    case .at:
      (
        "go to the past: the stream as it was after event N, or at a time",
        ["A command there is a what-if: its events can be looked at and saved as a spec, never committed."],
        [":at 2", ":at 0", ":at 2026-01-31", ":at 2026-01-31T09:30:00Z"]
      )
    case .clock:
      (
        "show the time, or move it on",
        ["Deadlines on the way come due in order. The time never goes back."],
        [":clock", ":clock 2026-11-23T10:00:00Z", ":clock now + 3 days"]
      )
    case .commit:
      (
        "make what is pending a part of the past",
        ["With a store the events are appended to it, which needs --write; a conflict is told as it is met."],
        [":commit"]
      )
    case .describe:
      (
        "the domain: aggregates, commands, events, errors, views, fields and types", [],
        [":describe", ":describe PlaceOrder", ":describe Order.OrderPlaced"]
      )
    case .diff:
      ("what differs between two versions of the stream's state", [], [":diff 1 3"])
    case .discard: ("drop what is pending", [], [":discard"])
    case .events:
      (
        "the stream's events, or those from one number to another",
        ["Pending events are marked with +."], [":events", ":events 10", ":events 10 20"]
      )
    case .follow:
      (
        "show new events of the stream as they come, until Ctrl-C; with --store only",
        ["With a number it ends after so many of them."], [":follow", ":follow 1"]
      )
    case .help: ("this, or more on one topic", [], [":help", ":help save", ":help values"])
    case .history: ("the steps of the session, as :save would write them", [], [":history"])
    case .json: ("answer in JSON, one object a line, or in text again", [], [":json on", ":json off"])
    case .load:
      (
        "open a scenario of a spec file just before its act, with its history in place",
        [
          "The line says which scenario, and which act where it has several. The steps that follow are offered by TAB on",
          "an empty line.",
        ],
        [":load specs/ordering/placing.feature:12"]
      )
    case .now: ("come back from the past", [], [":now"])
    case .open:
      (
        "make a stream the one that steps without a stream speak of",
        ["A stream that is not there yet begins with its first event. The whole name of a stream will do too."],
        [":open Order o2", ":open o2", ":open \"order 7\""]
      )
    case .pending: ("the events that are not committed", [], [":pending"])
    case .quit: ("end the session; Ctrl-D does too", [], [":quit", "quit", "exit"])
    case .rebase:
      (
        "decide all that is pending again, on what the store holds now", ["With --store only, after a conflict."],
        [":rebase"]
      )
    case .redo: ("do again what was undone", [], [":redo"])
    case .reset: ("begin anew, with nothing recorded", ["It can be undone."], [":reset"])
    case .run: ("run specs", ["Without a path, those in specs."], [":run", ":run specs/ordering/placing.feature:12"])
    case .save:
      (
        "write the session as a scenario that passes",
        [
          "What was committed, and history, become Given steps; what is pending is the act; Then steps are made of what",
          "came of it. Without a file the scenario is shown; a file that is there gets it as its last scenario.",
        ],
        [":save \"An order is placed\"", ":save \"An order is placed\" specs/ordering/placing.feature"]
      )
    case .state: ("the state, or what lies at a path in it", [], [":state", ":state items[0].quantity"])
    case .streams:
      (
        "the streams, with their versions", ["A text shows those whose name has it."],
        [":streams", ":streams o2"]
      )
    case .undo:
      (
        "take back the last thing that changed the session, commits in memory included",
        ["What was committed to a store stays."], [":undo"]
      )
    case .view: ("what a view shows", [], [":view OrderDetails order", ":view Analytics"])
    case .why: ("which command produced event N, when, with which metadata", [], [":why 3"])
    }
  }

  private static let general: [Topic] = [
    Topic(
      name: "steps", summary: "what a line without a colon is",
      details: [
        "A line is a step of the spec language, with its keyword or without.",
        "A command is executed; its events are pending until :commit or :discard.",
        "An event is history. 'Then …' checks and answers; 'And …' goes on as the step before.",
      ],
      examples: [
        "OrderCreated(customerID: alice)",
        "AddItem(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)",
        "Then state(status: draft, items.count: 1)",
      ]),
    Topic(
      name: "values", summary: "how values are written",
      details: [
        "Texts stand bare or in quotes, with \\n \\t \\\" \\\\ \\u{…}. A name stands for a UUID, the same one everywhere.",
        "Dates are ISO 8601; lengths of time are as in 3 days, 2 h 30 min. Lists are [a, b], records {street: …}.",
        "In a Then a value may be any, $name, /regex/, > 3, 3..7, 9.99 ± 0.01, not …, empty, contains ….",
      ],
      examples: ["CreateOrder(customerID: alice)", "Then state(items.count: > 1)"]),
    Topic(
      name: "tables", summary: "steps of several lines",
      details: [
        "A line goes on while a bracket or a quoted text is open. A colon at its end opens a table or a doc string,",
        "which an empty line ends. A scenario can be pasted as it stands in a file, and so can the REPL's own output.",
      ],
      examples: [
        "OrderItemAdded:", "| productID | productName | quantity | unitPrice |",
        "| widget    | Widget      | 2        | 9.99      |",
      ]),
    Topic(
      name: "keys", summary: "the keys of the line editor",
      details: [
        "TAB completes. Up and Down go through earlier lines, Ctrl-R searches them.",
        "Ctrl-C gives up the line, or cancels what runs; nothing of the session is lost. Ctrl-D ends the session.",
        "Ctrl-A, Ctrl-E, Alt-B, Alt-F move; Ctrl-W, Ctrl-K, Ctrl-U cut, Ctrl-Y puts back.",
      ],
      examples: []),
    Topic(
      name: "scripts", summary: "lines from a file or a pipe",
      details: [
        "There is no banner, prompt or colour; lines that begin with # are comments. The first error ends the script",
        "with exit code 1 and its line number. A refused command is one unless the next step expects the refusal.",
        "With --json each line is answered by one JSON object.",
      ],
      examples: ["eventspec repl session.repl", "echo 'CreateOrder(customerID: alice)' | eventspec repl --json"]),
    Topic(
      name: "store", summary: "real streams",
      details: [
        "With --store the streams of a store are opened. What is typed lies over them; with --write it can be committed.",
        "History is the store's own there: an event is recorded by 'When OrderShipped(…)', and pending like any other.",
      ],
      examples: ["eventspec repl --store sqlite:orders.db", ":open Order 7f9c2f1e-…", ":save \"What came of order 7\""]),
  ]
}
