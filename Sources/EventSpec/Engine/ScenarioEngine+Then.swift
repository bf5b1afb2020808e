import EventSourcing

extension ScenarioEngine {
  mutating func then(_ step: Step, index: Int, outcome: inout StepOutcome) async {
    thens += 1
    if act == nil, step.action.needsAct {
      fail(
        .stepFailed, "this looks at an act, and there is none: no When step stands before it", step, index,
        notes: ["without a When, a Then can look at state, version and views"])
      return
    }
    act?.thens += 1
    switch step.action {
    case .expectEvents(let patterns): expectEvents(patterns, step, index)
    case .expectEventsInclude(let patterns): expectEventsInclude(patterns, step, index)
    case .eventsInAnyOrder: expectAnyOrder(step, index)
    case .expectNoEvents(let target): expectNoEvents(target, step, index)
    case .expectCommands(let patterns): expectCommands(patterns, step, index)
    case .expectNoCommands: expectNoCommands(step, index)
    case .expectError(let pattern): expectError(pattern, step, index)
    case .expectConflict: expectConflict(step, index)
    case .expectState(let target, let pattern): await expectState(target, pattern, step, index)
    case .expectVersion(let target, let pattern): await expectVersion(target, pattern, step, index)
    case .expectMetadata(let patterns): expectMetadata(patterns, step, index)
    case .expectView(let pattern): await expectView(pattern, step, index)
    case .bind(let name, let template):
      if bindings[name] == nil, let value = try? value(template) { bindings[name] = value }
    default: fail(.stepFailed, "this is nothing that can be expected", step, index)
    }
  }

  // MARK: Errors

  private mutating func expectError(_ pattern: ErrorPattern, _ step: Step, _ index: Int) {
    speakOfEvents(step, index)
    guard let failure = act?.failure else {
      fail(
        .errorMissing, "\(describe(pattern)) was expected, but the act did not fail", step, index,
        comparison: [ComparisonLine(.missing, label: "error", expected: describe(pattern))])
      return
    }
    act?.failureIsExpected = true
    switch pattern {
    case .any:
      if failure.kind == .conflict || failure.kind == .stopped { differ(pattern, failure, step, index) }
    case .text(let text):
      if failure.kind == .conflict || failure.kind == .stopped || failure.text != text {
        differ(pattern, failure, step, index)
      }
    case .builtIn(let name):
      if failure.kind != .unknownEventType || name != "unknown event type" { differ(pattern, failure, step, index) }
    case .declared(let choices, let fields, let isOpen):
      guard let declared = failure.declared,
        choices.contains(where: { $0.aggregate == declared.aggregate && $0.caseIndex == declared.caseIndex })
      else {
        differ(pattern, failure, step, index)
        return
      }
      let schema = runtime.aggregates[declared.aggregate].schema.errors.cases[safe: declared.caseIndex]
      let comparison = compare(fields, isOpen: isOpen, with: declared.payload, schema: schema?.fields ?? [])
      if !comparison.isMatch {
        let name = errorName(aggregate: declared.aggregate, caseIndex: declared.caseIndex)
        fail(
          .errorDiffers, "the act failed with \(name), but its values differ", step, index,
          comparison: [ComparisonLine(.differs, label: name, expected: name, actual: name)] + comparison.lines)
      }
    }
  }

  private mutating func differ(_ pattern: ErrorPattern, _ failure: ActFailure, _ step: Step, _ index: Int) {
    act?.failureIsReported = true
    fail(
      failure.kind == .conflict ? .unexpectedConflict : .errorDiffers,
      "\(describe(pattern)) was expected, but \(failure.command) failed with \(describe(failure))", step, index,
      comparison: [
        ComparisonLine(.differs, label: "error", expected: describe(pattern), actual: describe(failure))
      ])
  }

  private mutating func expectConflict(_ step: Step, _ index: Int) {
    speakOfEvents(step, index)
    guard let failure = act?.failure else {
      fail(.conflictMissing, "a conflict was expected, but the act did not fail", step, index)
      return
    }
    act?.failureIsExpected = true
    guard failure.kind != .conflict else { return }
    act?.failureIsReported = true
    fail(
      .conflictMissing, "a conflict was expected, but \(failure.command) failed with \(describe(failure))", step, index,
      comparison: [ComparisonLine(.differs, label: "error", expected: "conflict", actual: describe(failure))])
  }

  func describe(_ pattern: ErrorPattern) -> String {
    switch pattern {
    case .any: "any error"
    case .text(let text): "error \"\(text)\""
    case .builtIn(let name): "error \(name)"
    case .declared(let choices, _, _):
      choices.first.map { "error \(errorName(aggregate: $0.aggregate, caseIndex: $0.caseIndex))" } ?? "an error"
    }
  }

  func describe(_ failure: ActFailure) -> String {
    switch failure.kind {
    case .conflict:
      // People know the instance by its name, not by its stream's.
      let text = failure.stream.map { failure.text.replacing("stream '\($0.stream)'", with: display($0)) }
      return "a conflict: \(text ?? failure.text)"
    case .unknownEventType: return "error unknown event type: \(failure.text)"
    case .stopped: return failure.text
    case .refused:
      guard let declared = failure.declared else { return "error \"\(failure.text)\"" }
      let name = errorName(aggregate: declared.aggregate, caseIndex: declared.caseIndex)
      return "error \(name) \"\(failure.text)\""
    }
  }

  // MARK: State, version and metadata

  private mutating func expectState(
    _ target: StreamTarget, _ pattern: StatePattern, _ step: Step, _ index: Int
  ) async {
    do {
      let reference = try reference(target)
      let slot = try await slot(reference)
      if let failure = streams.slots[slot].loadFailure { throw failure }
      let aggregate = runtime.aggregates[reference.aggregate]
      let state = try aggregate.coded(streams.slots[slot].node)
      let comparison = compare(pattern, with: state, schema: aggregate.schema.state)
      if !comparison.isMatch {
        fail(
          .stateDiffers, "the state of \(display(reference)) is another one", step, index,
          comparison: comparison.lines)
      }
    } catch {
      fail(.stateDiffers, "the state cannot be looked at: \(ErrorText.describe(error))", step, index)
    }
  }

  private mutating func expectVersion(_ target: StreamTarget, _ pattern: Pattern, _ step: Step, _ index: Int) async {
    do {
      let reference = try reference(target)
      let slot = try await slot(reference)
      let version = streams.slots[slot].version
      let comparison = compare(
        pattern, with: .integer(Int64(version)), type: .integer(bits: 64, isSigned: true), label: "version")
      if !comparison.isMatch {
        fail(
          .versionDiffers, "\(display(reference)) is at version \(version)", step, index, comparison: comparison.lines)
      }
    } catch {
      fail(.versionDiffers, "the version cannot be looked at: \(ErrorText.describe(error))", step, index)
    }
  }

  private mutating func expectMetadata(_ patterns: [String: Pattern], _ step: Step, _ index: Int) {
    guard let events = act?.events, !events.isEmpty else {
      fail(.metadataDiffers, "no event carries metadata: the act emitted none", step, index)
      return
    }
    for place in events {
      let logged = log[place]
      var lines: [ComparisonLine] = []
      var isMatch = true
      for (key, pattern) in patterns.sorted(by: { $0.key < $1.key }) {
        let value = logged.metadata[key].map { DynamicValue.string($0) } ?? .null
        let comparison = compare(pattern, with: value, type: .optional(.string), label: key)
        isMatch = isMatch && comparison.isMatch
        lines += comparison.lines
      }
      if !isMatch {
        let name = logged.events.first.map { eventName($0) } ?? "an event"
        fail(.metadataDiffers, "\(name) carries other metadata", step, index, comparison: lines)
        return
      }
    }
  }

  // MARK: Views

  private mutating func expectView(_ pattern: ViewPattern, _ step: Step, _ index: Int) async {
    let view = runtime.views[pattern.view]
    do {
      let key = try pattern.key.map { try value($0) }
      try await catchUp(pattern.view)
      guard var progress = views[pattern.view] else { return }
      let rows = try progress.content.rows(key: key)
      views[pattern.view] = progress
      let comparison = compare(pattern.expectation, with: rows, of: pattern.view)
      if !comparison.isMatch {
        let whose = key.map { " for \(render($0))" } ?? ""
        fail(
          .viewDiffers, "\(view.name)\(whose) shows \(rows.isEmpty ? "nothing" : "something else")", step, index,
          comparison: comparison.lines)
      }
    } catch {
      fail(.viewDiffers, "\(view.name) cannot be looked at: \(ErrorText.describe(error))", step, index)
    }
  }
}

extension StepAction {
  /// Whether a Then of this kind looks at an act.
  var needsAct: Bool {
    switch self {
    case .expectState, .expectVersion, .expectView, .bind: false
    default: true
    }
  }
}
