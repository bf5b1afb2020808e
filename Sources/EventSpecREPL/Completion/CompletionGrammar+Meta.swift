internal import EventSourcing
internal import EventSpec

extension CompletionGrammar {
  /// Completes the word behind the colon.
  func completeMeta(_ before: [UInt8]) -> Completion {
    let word = String(decoding: before.dropFirst(), as: UTF8.self)
    let found = MetaCommand.allCases.filter { Self.begins($0.rawValue, with: word) }.map { command in
      let summary = HelpText.topics(for: command.rawValue).first?.summary
      return Completion.Candidate(":" + command.rawValue + (command.arguments.isEmpty ? "" : " "), description: summary)
    }
    return Completion(found, replacing: 0..<before.count)
  }

  /// Completes what stands behind a meta-command.
  func complete(_ line: MetaLine, _ before: [UInt8]) -> Completion {
    let typed = String(decoding: before.dropFirst(min(line.argumentOffset, before.count)), as: UTF8.self)
    let words = typed.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    var word = words.last ?? ""
    var found: [Completion.Candidate] = []
    switch line.command {
    case .help:
      word = typed
      found = HelpText.topics.map { .init($0.name, description: $0.summary) }
    case .describe:
      word = typed
      let messages = model.aggregates.flatMap { ($0.commands + $0.events + $0.errors).map(\.displayName) }
      found = (model.aggregates.map(\.name) + messages + model.views.map(\.name)).map { .init($0) }
    case .view:
      if words.count <= 1 {
        found = model.views.map { .init($0.isSingleRow ? $0.name : $0.name + " ") }
      } else if let view = model.views.first(where: { NormalizedName.areEqual($0.name.utf8, (words.first ?? "").utf8) })
      {
        found = values(view.keyType, isOutcome: false)
      }
    case .open:
      word = typed
      let text = SpecText(model)
      found = streams.map { .init(text.stream($0.aggregate, $0.stream), description: "stream") }
      found += streams.map { .init(text.instance($0.displayName)) }
      found += storedStreams(typed).filter { !found.contains($0) }
      if !typed.contains(" ") { found += model.aggregates.map { .init($0.name + " ") } }
    case .state:
      if let focus, let aggregate = model.aggregate(focus.aggregate), case .record(let schema) = aggregate.state {
        found = schema.fields.map { .init($0.name, description: $0.type.swiftName) }
      }
    case .json: found = [.init("on"), .init("off")]
    case .load, .run: found = paths(word, onlySpecs: true)
    case .save: if typed.filter({ $0 == "\"" }).count >= 2 { found = paths(word, onlySpecs: true) }
    default: break
    }
    let matching = found.filter { Self.begins($0.text, with: word) }
    return Completion(matching, replacing: (before.count - word.utf8.count)..<before.count)
  }

  /// The streams of the store that what was typed behind `:open` may go on to.
  private func storedStreams(_ typed: String) -> [Completion.Candidate] {
    guard let stored else { return [] }
    let text = SpecText(model)
    if let aggregate = model.aggregates.first(where: { typed.hasPrefix($0.name + " ") }) {
      let name = String(typed.dropFirst(aggregate.name.count + 1))
      let found = stored.names(withPrefixes: StoredStreams.prefixes(category: aggregate.category, name: name))
      return found.compactMap { stream in
        reference(stream).map { .init(text.stream($0.aggregate, $0.stream), description: "stream") }
      }
    }
    // Whole names are for streams that the domain has no other name for.
    let isQuoted = typed.hasPrefix("\"")
    let prefix = isQuoted ? String(typed.dropFirst()) : typed
    return stored.names(withPrefixes: [prefix]).compactMap { stream in
      guard reference(stream) == nil else { return nil }
      let name = text.instance(stream.text)
      return .init(name.hasPrefix("\"") == isQuoted ? name : SpecText.quote(stream.text), description: "stream")
    }
  }

  /// The folders and spec files that a path may go on to.
  private func paths(_ word: String, onlySpecs: Bool) -> [Completion.Candidate] {
    let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    return FolderListing.entries(of: folder.isEmpty ? "." : folder).compactMap { entry in
      if entry.isFolder { return .init(folder + entry.name + "/") }
      let isSpec = [".feature", ".feature.md", ".repl"].contains { entry.name.hasSuffix($0) }
      return isSpec ? .init(folder + entry.name) : nil
    }
  }
}
