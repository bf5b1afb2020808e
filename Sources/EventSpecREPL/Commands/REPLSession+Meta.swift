internal import EventSourcing
internal import EventSpec

extension REPLSession {
  /// Does what a meta-command asks for.
  func answer(to line: MetaLine) async -> REPLAnswer {
    var answer: REPLAnswer
    if let surplus = surplus(line) {
      answer = surplus
    } else {
      do { answer = try await perform(line) } catch {
        answer = .failure(.problem, Self.describe(error))
      }
    }
    if writesJSON { answer.result["command"] = .string(line.command.rawValue) }
    return answer
  }

  private func perform(_ line: MetaLine) async throws -> REPLAnswer {
    switch line.command {
    case .at: try await travel(to: line.argument)
    case .clock: await clock(line.argument)
    case .commit: try await commit()
    case .describe: describeDomain(line.argument)
    case .diff: try await diff(line.argument)
    case .discard: try await discard()
    case .events: try await events(line.argument)
    case .follow: try await follow(line.argument)
    case .help: help(line.argument)
    case .history: history()
    case .json: switchJSON(line.argument)
    case .load: try await load(line.argument)
    case .now: comeBack()
    case .open: try await open(line.argument)
    case .pending: pending()
    case .quit: quit()
    case .rebase: try await rebase()
    case .redo: try await redo()
    case .reset: try await reset()
    case .run: try await run(line.argument)
    case .save: try await save(line.argument)
    case .state: try await showState(line.argument)
    case .streams: try await streams(line.argument)
    case .undo: try await undo()
    case .view: try await view(line.argument)
    case .why: try await why(line.argument)
    }
  }

  /// Says that a meta-command takes no argument.
  private func surplus(_ line: MetaLine) -> REPLAnswer? {
    guard line.command.arguments.isEmpty, !line.argument.isEmpty else { return nil }
    return .failure(.problem, ":\(line.command.rawValue) takes nothing behind it; found '\(line.argument)'")
  }

  static func usage(_ command: MetaCommand, _ message: String, suggestion: String? = nil) -> REPLAnswer {
    .failure(
      .problem, message, suggestion: suggestion, notes: ["usage: \(command.usage)", "more: :help \(command.rawValue)"])
  }

  static func describe(_ error: any Error) -> String {
    if error is CancellationError { return "cancelled" }
    return "\(error)"
  }

  private func quit() -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    answer.endsSession = true
    return answer
  }

  private func switchJSON(_ argument: String) -> REPLAnswer {
    switch argument.lowercased() {
    case "on": writesJSON = true
    case "off": writesJSON = false
    default: return Self.usage(.json, "':json' expects 'on' or 'off'")
    }
    return REPLAnswer(.meta)
  }

  // MARK: Help

  private func help(_ argument: String) -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    if argument.isEmpty {
      answer.add("Type a step, such as 'PlaceOrder(…)', or one of these, shortened as long as it is unambiguous:")
      let width = HelpText.overview.map { $0.left.count }.max() ?? 0
      for (left, right) in HelpText.overview {
        var line = StyledText()
        line.append("  ")
        line.append(left, .bold)
        line.append(String(repeating: " ", count: width - left.count + 2) + right)
        answer.lines.append(line)
      }
      let others = HelpText.topics.map(\.name).filter { MetaCommand(rawValue: $0) == nil }
      answer.add("More: :help \(others.joined(separator: ", :help ")), or any of the above.")
      if writesJSON {
        answer.result["topics"] = .array(
          HelpText.topics.map { topic in
            .record(DynamicRecord([.init("name", .string(topic.name)), .init("summary", .string(topic.summary))]))
          })
      }
      return answer
    }
    let found = HelpText.topics(for: argument)
    guard let topic = found.first, found.count == 1 else {
      if found.count > 1 {
        return Self.usage(.help, "'\(argument)' could be \(found.map(\.name).joined(separator: ", "))")
      }
      let nearest = NearestName.nearest(to: argument, among: HelpText.topics.map(\.name))
      return Self.usage(.help, "there is no help on '\(argument)'", suggestion: nearest.map { ":help \($0)" })
    }
    var title = StyledText()
    title.append(MetaCommand(rawValue: topic.name)?.usage ?? topic.name, .bold)
    title.append("  " + topic.summary)
    answer.lines.append(title)
    for detail in topic.details { answer.add("  " + detail) }
    let examples = topic.examples.map { $0.replacing("eventspec repl", with: toolName + " repl") }
    if !examples.isEmpty {
      answer.add(examples.count == 1 ? "Example:" : "Examples:", .dim)
      for example in examples { answer.add("  " + example, .cyan) }
    }
    if writesJSON {
      answer.result["topic"] = .string(topic.name)
      answer.result["summary"] = .string(topic.summary)
      answer.result["details"] = .array(topic.details.map { .string($0) })
      answer.result["examples"] = .array(examples.map { .string($0) })
    }
    return answer
  }

  private func describeDomain(_ argument: String) -> REPLAnswer {
    var description = DomainDescription(domain)
    if !argument.isEmpty {
      guard let named = description.named(argument) else {
        return .failure(
          .problem, "the domain '\(domain.name)' has nothing called '\(argument)'",
          suggestion: NearestName.nearest(to: argument, among: description.names))
      }
      description = named
    }
    var answer = REPLAnswer(.meta)
    if makesText {
      for line in description.text(isColored: false).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      { answer.add(String(line)) }
    }
    if writesJSON, let tree = try? JSONText.read(Array(description.json.utf8)) { answer.result["description"] = tree }
    return answer
  }
}
