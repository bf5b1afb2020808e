internal import EventSourcing
internal import EventSpec

extension REPLSession {
  /// The stream that is open, which many a command needs.
  struct NoStream: Error, CustomStringConvertible {
    var description: String {
      "no stream is open; :open one, or type its first step, such as a command that creates it"
    }
  }

  func openStream() throws -> StreamReference {
    switch focus {
    case .known(let reference)?: return reference
    case .foreign(let name)?:
      throw SessionProblem("the domain has no aggregate for the stream '\(name)', so it has no state; :events shows it")
    case nil: throw NoStream()
    }
  }

  // MARK: State

  func showState(_ path: String) async throws -> REPLAnswer {
    let reference = try openStream()
    var engine = state.engine
    let value = try await engine.state(of: reference)
    let type = runtime.aggregates[reference.aggregate].schema.state
    var answer = REPLAnswer(.meta)
    if writesJSON {
      answer.result["stream"] = .string(reference.stream.text)
      answer.result["version"] = .integer(Int64(try await engine.version(of: reference)))
    }
    if path.isEmpty {
      if makesText { describe(value, type, in: &answer) }
      if writesJSON { answer.result["state"] = value.withDerivedValues }
      return answer
    }
    let found: (value: DynamicValue, type: TypeSchema)
    do { found = try ValuePath(path).value(in: value, type) } catch let problem {
      return .failure(.problem, problem.message, suggestion: problem.suggestion)
    }
    if makesText {
      if case .record = found.value, case .record = found.type.withoutOptional {
        describe(found.value, found.type, in: &answer)
      } else if case .array(let elements) = found.value, !elements.isEmpty {
        let element: TypeSchema =
          switch found.type.withoutOptional {
          case .array(let element), .set(let element): element
          default: found.type
          }
        for (index, value) in elements.enumerated() {
          answer.add(label: "[\(index)]", width: 4, text.render(value, element))
        }
      } else {
        answer.add("  " + text.render(found.value, found.type))
      }
    }
    if writesJSON {
      answer.result["path"] = .string(path)
      answer.result["value"] = found.value.withDerivedValues
    }
    return answer
  }

  func describe(_ value: DynamicValue, _ type: TypeSchema, in answer: inout REPLAnswer) {
    guard case .record(let record) = value else {
      answer.add("  " + text.render(value, type))
      return
    }
    let schema: [FieldSchema] = if case .record(let schema) = type.withoutOptional { schema.fields } else { [] }
    let width = min(24, record.fields.map { StyledText(stringLiteral: $0.name).displayWidth }.max() ?? 0)
    for field in record.fields {
      let type = schema.first { $0.name == field.name }?.type
      answer.add(
        label: field.name, width: width, type.map { text.render(field.value, $0) } ?? text.untyped(field.value),
        field.isDerived ? .dim : .plain)
    }
  }

  func diff(_ argument: String) async throws -> REPLAnswer {
    let numbers = argument.split { $0 == " " || $0 == "\t" }.map { Int($0) }
    guard numbers.count == 2, let first = numbers[0], let second = numbers[1] else {
      return Self.usage(.diff, "':diff' expects two event numbers")
    }
    let reference = try openStream()
    let before = try await state(of: reference, at: first)
    let after = try await state(of: reference, at: second)
    let aggregate = runtime.aggregates[reference.aggregate]
    let changes = StateDifference(text).changes(
      from: try aggregate.coded(before), to: try aggregate.coded(after), type: aggregate.schema.state)
    var answer = REPLAnswer(.meta)
    if changes.isEmpty { answer.add("  nothing differs", .dim) }
    answer.lines += changes.map(\.line)
    if writesJSON { answer.result["changes"] = .array(changes.map(\.record)) }
    return answer
  }

  // MARK: The session

  func history() -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    let entries = timeline.entries
    var steps: [DynamicValue] = []
    var role: StepRole?
    for entry in entries {
      switch entry.change {
      case .step(let step, let meanwhile):
        for step in [step] + meanwhile {
          let lines = SessionText.lines(of: step, behind: role)
          role = step.step.role
          for line in lines { answer.add("  " + line, entry.refusal == nil ? .plain : .dim) }
          steps.append(.string(lines.joined(separator: "\n")))
        }
      case .commit:
        answer.add("  :commit", .dim)
        steps.append(.string(":commit"))
      case .open(let focus):
        let line = ":open " + (focus.reference.map(display) ?? text.instance(focus.stream.text))
        answer.add("  " + line, .dim)
        steps.append(.string(line))
      }
    }
    if entries.isEmpty { answer.add("  nothing has been done", .dim) }
    if writesJSON { answer.result["steps"] = .array(steps) }
    return answer
  }
}

/// Something that cannot be done, in one sentence.
struct SessionProblem: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension DynamicValue {
  /// The value with its derived values as if they were stored, so that they are written too.
  var withDerivedValues: DynamicValue {
    switch self {
    case .array(let elements): .array(elements.map(\.withDerivedValues))
    case .record(let record):
      .record(DynamicRecord(record.fields.map { .init($0.name, $0.value.withDerivedValues) }))
    default: self
    }
  }
}
