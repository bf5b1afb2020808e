public import EventSourcing

extension Scenario {
  // MARK: Events

  /// The act emitted these events next; together with those of other calls they must be all of its events, in order.
  ///
  /// - Parameter events: The events, in order.
  public func then(
    _ events: A.Event..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    expect(
      .event, A.self, stream, events, SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { .expectEvents($0) }
  }

  /// The act emitted these events next, on another instance, of this aggregate or another.
  ///
  /// - Parameters:
  ///   - type: The aggregate.
  ///   - id: The instance.
  ///   - events: The events, in order.
  public func then<B: Aggregate>(
    _ type: B.Type, _ id: B.ID, _ events: B.Event..., fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column
  ) -> Self {
    expect(
      .event, type, reference(type, id), events,
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { .expectEvents($0) }
  }

  /// These events are among the act's; others are not looked at.
  ///
  /// - Parameter events: The events, in any order.
  public func then(
    includes events: A.Event..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    expect(
      .event, A.self, stream, events, SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { .expectEventsInclude($0) }
  }

  /// The order of the whole act's events, which are stated behind this, is of no account.
  public func thenInAnyOrder(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .then, "events in any order", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .eventsInAnyOrder)
  }

  /// The act emitted nothing.
  public func thenNoEvents(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .then, "no events", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .expectNoEvents(nil))
  }

  // MARK: Errors

  /// The act failed with this error.
  ///
  /// - Parameter error: The error with all its values.
  public func then(
    throws error: A.Failure, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    let place = SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    guard let declared = runtime.aggregates[safe: aggregate]?.declaredError(error) else {
      return refusing("the error \(String(describing: error)) cannot be encoded", place)
    }
    let schema = runtime.aggregates[aggregate].schema.errors.cases[safe: declared.caseIndex]
    return adding(
      .then, "error \(schema?.name.capitalizedFirst ?? "")", place,
      .expectError(
        .declared(
          choices: [(aggregate: aggregate, caseIndex: declared.caseIndex)],
          fields: fields(of: declared.payload, schema?.fields ?? [], place), isOpen: false)))
  }

  /// The act failed with an error of this text.
  ///
  /// - Parameter text: The whole text.
  public func then(
    errorText text: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    adding(
      .then, "error \"\(text)\"", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .expectError(.text(text)))
  }

  /// The act failed, with whatever error but a conflict.
  public func thenAnyError(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .then, "any error", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .expectError(.any))
  }

  /// The act met a conflict: its stream was not at the expected version.
  public func thenConflict(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .then, "conflict", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column), .expectConflict)
  }

  // MARK: Version and metadata

  /// The stream has so many events.
  ///
  /// - Parameter version: The number of the stream's events.
  public func then(
    version: Int, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .then, "version is \(version)", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .expectVersion(.known(stream), .exact(.constant(.integer(Int64(version))))))
  }

  /// Every event of the act carries at least this metadata.
  ///
  /// - Parameter metadata: The metadata.
  public func then(
    metadata: Metadata, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    adding(
      .then, "metadata", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .expectMetadata(metadata.values.mapValues { .exact(.constant(.string($0))) }))
  }

  // MARK: Issued commands

  /// Process managers issued these commands next; together with those of other calls they must be all, in order.
  ///
  /// - Parameters:
  ///   - type: The aggregate that the commands went to.
  ///   - id: The instance.
  ///   - commands: The commands, in order.
  public func then<B: Aggregate>(
    _ type: B.Type, _ id: B.ID, issued commands: B.Command..., fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    expect(
      .command, type, reference(type, id), commands,
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { .expectCommands($0) }
  }

  /// Process managers issued nothing.
  public func thenNoCommands(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .then, "no commands", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .expectNoCommands)
  }

  // MARK: Patterns of typed values

  private func expect<B: Aggregate>(
    _ kind: MessageTemplate.Kind, _ type: B.Type, _ stream: StreamReference?, _ messages: [any DomainMessage],
    _ place: SourcePlace, _ action: ([MessagePattern]) -> StepAction
  ) -> Self {
    guard let stream else { return refusing("the domain \(runtime.domain.name) has no aggregate \(type.name)", place) }
    guard !messages.isEmpty else { return refusing("no \(kind) is named", place) }
    let aggregate = runtime.aggregates[stream.aggregate]
    let cases = kind == .event ? aggregate.schema.events.cases : aggregate.schema.commands.cases
    do {
      let patterns = try messages.map { message in
        let coded = try aggregate.message(kind, message)
        return MessagePattern(
          kind: kind, aggregate: stream.aggregate, caseIndex: coded.caseIndex, stream: .known(stream),
          fields: fields(of: coded.coded, cases[safe: coded.caseIndex]?.fields ?? [], place), isOpen: false,
          location: place.location)
      }
      return adding(.then, text(kind, messages, stream), place, action(patterns))
    } catch {
      return refusing("an expected \(kind) cannot be encoded: \(ErrorText.describe(error))", place)
    }
  }

  private func fields(of payload: DynamicRecord, _ schema: [FieldSchema], _ place: SourcePlace) -> [FieldPattern] {
    payload.fields.map { field in
      let type = schema.first { $0.name == field.name }?.type ?? .unreadable(name: field.name, reason: "unlisted")
      return FieldPattern(
        path: [.field(field.name)], type: type, pattern: .exact(.constant(field.value)), location: place.location,
        text: SpecText(runtime.model).render(field.value, type))
    }
  }
}
