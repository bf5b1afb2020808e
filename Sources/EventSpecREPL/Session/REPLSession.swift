package import EventSourcing
internal import EventSpec

/// A store whose streams a session opens.
package struct REPLStore: Sendable {
  /// The store.
  package var store: any EventStore
  /// Whether what is pending may be committed to it.
  package var isWritable: Bool

  package init(_ store: any EventStore, isWritable: Bool = false) {
    self.store = store
    self.isWritable = isWritable
  }
}

/// A session: a scenario under construction.
///
/// Text goes in and answers come out; it knows nothing of terminals.
///
/// ```swift
/// let session = REPLSession(domain: ordering)
/// let answers = await session.answer(to: "CreateOrder(customerID: alice)")
/// ```
///
/// It is used by one task at a time, which is what makes it safe to hand over.
package final class REPLSession: @unchecked Sendable {
  let domain: Domain
  let runtime: DomainRuntime
  let model: DomainModel
  let text: SpecText
  let storage: REPLStore?
  let now: @Sendable () -> Date
  /// What has been done in the present.
  var present: Timeline
  /// What is tried in the past, while one is there.
  var past: PastTimeline?
  /// Whether answers are for programs.
  package var writesJSON: Bool
  /// What the tool is called by those who start it.
  let toolName: String
  /// The steps of a loaded scenario that have not been taken, as they can be typed.
  package internal(set) var upcoming: [String] = []
  /// How many scripts are being loaded one from within another.
  var loadDepth = 0
  /// Whether answers are made as text.
  var makesText: Bool { !writesJSON }
  /// Is given what a long command has to say before it is done: answers of kind ``REPLAnswer/Kind/event``.
  package var report: (REPLAnswer) -> Void = { _ in }

  /// Makes a session in which nothing has happened.
  ///
  /// - Parameters:
  ///   - domain: A domain without error findings.
  ///   - storage: A store whose streams are opened; nil for streams of the session's own.
  ///   - writesJSON: Whether answers are for programs.
  ///   - toolName: What the tool is called by those who start it.
  ///   - now: The time, where a store's streams are opened.
  package init(
    domain: Domain, storage: REPLStore? = nil, writesJSON: Bool = false, toolName: String = "eventspec",
    now: @escaping @Sendable () -> Date = Environment.system.now
  ) {
    self.domain = domain
    model = DomainModel(domain)
    runtime = DomainRuntime(domain, model: model)
    text = SpecText(model)
    self.storage = storage
    self.now = now
    self.writesJSON = writesJSON
    self.toolName = toolName
    present = Timeline(
      Self.emptyState(runtime, model, storage: storage, now: now), keepsEveryState: storage != nil)
  }

  func emptyState() -> SessionState { Self.emptyState(runtime, model, storage: storage, now: now) }

  private static func emptyState(
    _ runtime: DomainRuntime, _ model: DomainModel, storage: REPLStore?, now: @escaping @Sendable () -> Date
  ) -> SessionState {
    var engine: ScenarioEngine
    if let storage {
      // What a spec says must be the same in every run; what is committed must be like nothing else.
      let identities: GeneratedIdentities.Source =
        storage.isWritable ? .environment(.system) : .counting(model.names)
      let seconds = now().timeIntervalSince1970.rounded(.down)
      engine = ScenarioEngine(
        runtime, backing: .overlay(storage.store), identities: identities,
        start: Date(timeIntervalSince1970: seconds))
    } else {
      engine = ScenarioEngine(runtime)
    }
    // Nobody asks for them here, and there may be thousands.
    engine.keepsStateBefore = false
    return SessionState(
      engine: engine, resolver: StepResolver(domain: model), settlesHistory: storage == nil, store: storage?.store,
      now: storage == nil ? nil : now)
  }

  // MARK: Where one is

  /// What is looked at: the present, or the past while one is there.
  var timeline: Timeline { past?.timeline ?? present }
  var state: SessionState { past?.timeline.state ?? present.state }
  var focus: StreamFocus? { past?.timeline.state.focus ?? present.state.focus }

  /// What the session says of itself before each line.
  package var prompt: StyledText {
    var prompt = StyledText()
    let place = place
    prompt.append(place.stream ?? toolName, place.stream == nil ? .plain : .cyan)
    if let version = place.version {
      if let past, let reference = past.reference {
        prompt.append(" v\(version) of \(past.latest)", .yellow)
        _ = reference
      } else {
        prompt.append(" v\(version)", .dim)
      }
    }
    if place.pending > 0 { prompt.append(" +\(place.pending)", .green) }
    if past != nil {
      prompt.append(" (past)", .yellow)
    } else if storage?.isWritable == false {
      prompt.append(" (read-only)", .dim)
    }
    prompt.append(">")
    return prompt
  }

  /// The stream, how many of its events are committed, and how many of all are not.
  var place: (stream: String?, version: Int?, pending: Int) {
    let pending = past.map { $0.timeline.state.pendingCount } ?? present.state.pendingCount
    switch focus {
    case nil: return (nil, nil, pending)
    case .foreign(let name)?: return (name.text, nil, pending)
    case .known(let reference)?:
      let stream = display(reference)
      guard let index = slot(of: reference) else { return (stream, 0, pending) }
      let engine = past?.timeline.state.engine ?? present.state.engine
      let version = engine.touchedStreams[index].version
      let own = pending > 0 ? engine.pendingEvents.count { $0.slot == index } : 0
      return (stream, version - own, pending)
    }
  }

  func slot(of reference: StreamReference) -> Int? {
    (past?.timeline.state.engine ?? present.state.engine).touchedIndex(of: reference.stream)
  }

  /// A stream as people call it: `Order o2`.
  func display(_ reference: StreamReference) -> String {
    (model.aggregate(reference.aggregate)?.name ?? "") + " " + text.instance(reference.displayName)
  }

  // MARK: Answering

  /// Answers a text: a step or a meta-command, or several of them as they are pasted.
  ///
  /// - Parameters:
  ///   - input: The text, of one line or several.
  ///   - line: The number of its first line, for messages.
  /// - Returns: An answer for each step and meta-command, up to the first that is no success.
  package func answer(to input: String, line: Int = 1) async -> [REPLAnswer] {
    let units = InputReader.units(of: input, line: line, isStep: { self.readsAsStep($0) }) {
      PastedPrompt.length(in: $0, model: self.model, toolName: self.toolName)
    }
    var answers: [REPLAnswer] = []
    for (index, unit) in units.enumerated() {
      var answer =
        Task.isCancelled && index > 0 ? .failure(.problem, Self.describe(CancellationError())) : await answer(to: unit)
      let rest = units.count - index - 1
      if !answer.isSuccess, answer.kind != .refused, rest > 0 {
        answer.add(
          "the \(rest == 1 ? "step" : "\(rest) lines and steps") behind it \(rest == 1 ? "was" : "were") not taken",
          .dim)
        answers.append(answer)
        break
      }
      answers.append(answer)
      if answer.endsSession { break }
    }
    return answers
  }

  /// Answers the content of a file; nothing of it is taken where it is no UTF-8.
  func answer(toBytes bytes: [UInt8]) async -> [REPLAnswer] {
    let text: String
    do { text = try UnreadableText.read(bytes) } catch {
      return [.failure(.mistyped, "line \(error.line): \(error.message)")]
    }
    return await answer(to: text)
  }

  /// Answers one step or meta-command.
  package func answer(to unit: InputUnit) async -> REPLAnswer {
    switch MetaReader.read(unit.text) {
    case .command(let line): return await answer(to: line)
    case .mistake(let mistake):
      return mistyped(
        [
          Diagnostic(
            at: SpecLocation(file: Self.file, line: unit.line, column: unit.column + mistake.offset + 1),
            mistake.message, suggestion: mistake.suggestion)
        ], unit)
    case .step:
      let trimmed = unit.text.trimmingBlanks
      if InputReader.isHeading(trimmed[...]) { return REPLAnswer(.meta) }
      if trimmed == "Examples" || trimmed == "Scenarios" || trimmed.hasPrefix("Examples:") {
        return .failure(
          .problem, "an outline's rows have no place in a session", notes: [":load FILE:LINE opens one of them"])
      }
      return await answer(toStep: unit)
    }
  }

  /// Whether a text can stand alone, or goes on in another line.
  ///
  /// - Parameters:
  ///   - input: The text.
  ///   - isStep: Whether a line below a heading is a step, and no part of a description.
  package static func isComplete(_ input: String, isStep: @escaping (String) -> Bool = { _ in true }) -> Bool {
    var reader = InputReader(isStep: isStep, needsBody: { _ in false })
    let lines = input.split(separator: "\n", omittingEmptySubsequences: false)
    for index in lines.indices {
      let next = lines.indices.contains(index + 1) ? lines[index + 1] : nil
      _ = reader.take(String(lines[index]), isFollowedByBody: next.map { InputReader.isBodyStart($0) } ?? false)
    }
    return reader.isIdle
  }

  /// The name under which typed lines have their places.
  package static let file = "input"
}

/// What is tried in the past of a stream.
struct PastTimeline: Sendable {
  /// The stream; nil where there is none.
  var reference: StreamReference?
  /// The number of events of the stream in the present.
  var latest: Int
  /// What is tried.
  var timeline: Timeline
}

/// Tells prompts of earlier sessions from what was typed behind them.
enum PastedPrompt {
  /// How many characters of a line are a prompt; nil where it does not begin with one.
  static func length(in line: Substring, model: DomainModel, toolName: String = "eventspec") -> Int? {
    guard let end = line.firstRange(of: ">") else { return nil }
    let head = line[..<end.lowerBound]
    let isPrompt = head == toolName || head == toolName + " (read-only)" || isStream(head, model)
    guard isPrompt else { return nil }
    let length = line.distance(from: line.startIndex, to: end.upperBound)
    return line[end.upperBound...].hasPrefix(" ") ? length + 1 : length
  }

  /// `Order o2 v3 +1 (past)`.
  private static func isStream(_ head: Substring, _ model: DomainModel) -> Bool {
    var words = head.split(separator: " ")
    while let last = words.last, last == "(past)" || last == "(read-only)" || isCount(last, behind: "+") {
      words.removeLast()
    }
    if words.count > 3, let last = words.last, Int(last) != nil, words[words.count - 2] == "of" { words.removeLast(2) }
    guard let last = words.last, isCount(last, behind: "v"), let first = words.first, words.count >= 3 else {
      return false
    }
    return model.aggregates.contains { $0.name.split(separator: " ").first == first }
  }

  private static func isCount(_ word: Substring, behind sign: Character) -> Bool {
    word.first == sign && Int(word.dropFirst()) != nil
  }
}
