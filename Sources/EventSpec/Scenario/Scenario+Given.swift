public import EventSourcing

extension Scenario {
  /// Events have been recorded.
  ///
  /// - Parameter events: The events, oldest first.
  public func given(
    _ events: A.Event..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    record(
      .given, A.self, stream, events, SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Events have been recorded in another instance's stream, of this aggregate or another.
  ///
  /// - Parameters:
  ///   - type: The aggregate.
  ///   - id: The instance.
  ///   - events: The events, oldest first.
  public func given<B: Aggregate>(
    _ type: B.Type, _ id: B.ID, _ events: B.Event..., fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column
  ) -> Self {
    record(
      .given, type, reference(type, id), events,
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Commands have been executed, with the reactions to them, and have succeeded.
  ///
  /// - Parameter commands: The commands, in order.
  public func given(
    executed commands: A.Command..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    execute(
      .given, A.self, stream, commands, SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Commands have been executed on another instance, of this aggregate or another, and have succeeded.
  ///
  /// - Parameters:
  ///   - type: The aggregate.
  ///   - id: The instance.
  ///   - commands: The commands, in order.
  public func given<B: Aggregate>(
    _ type: B.Type, _ id: B.ID, executed commands: B.Command..., fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    execute(
      .given, type, reference(type, id), commands,
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// An event was stored as an older release wrote it.
  ///
  /// - Parameters:
  ///   - type: The stored type name.
  ///   - schemaVersion: The version of the payload's form.
  ///   - json: The payload as a JSON object.
  public func given(
    stored type: String, schemaVersion: Int, json: String, fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column
  ) -> Self {
    let place = SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    do {
      let payload = try JSONText.read(Array(json.utf8))
      return adding(
        .given, "stored \"\(type)\" schema version \(schemaVersion)", place,
        .stored(
          StoredTemplate(
            type: type, schemaVersion: schemaVersion, payload: .constant(payload), target: .known(stream),
            location: place.location)))
    } catch {
      return refusing("the payload of the stored \(type) is no JSON: \(ErrorText.describe(error))", place)
    }
  }

  /// The time is set; it never goes back, and nothing comes due.
  ///
  /// - Parameter time: The time.
  public func given(
    time: Date, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .given, "the time is \(ErrorText.time(time))",
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column), .setTime(.constant(.date(time))))
  }

  /// Metadata goes with the following commands.
  ///
  /// - Parameter metadata: The metadata.
  public func given(
    metadata: Metadata, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    adding(
      .given, "metadata", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .metadata(metadata.values.mapValues { .constant(.string($0)) }))
  }

  func record<B: Aggregate>(
    _ role: StepRole, _ type: B.Type, _ stream: StreamReference?, _ events: [B.Event], _ place: SourcePlace
  ) -> Self {
    guard let stream else { return refusing("the domain \(runtime.domain.name) has no aggregate \(type.name)", place) }
    return adding(
      role, text(.event, events, stream), place, .record(events.map { template(.event, $0, stream, place) }))
  }

  func execute<B: Aggregate>(
    _ role: StepRole, _ type: B.Type, _ stream: StreamReference?, _ commands: [B.Command], retries: Int = 0,
    expectedVersion: Int? = nil, _ place: SourcePlace
  ) -> Self {
    guard let stream else { return refusing("the domain \(runtime.domain.name) has no aggregate \(type.name)", place) }
    return adding(
      role, text(.command, commands, stream), place,
      .execute(
        commands.map {
          CommandTemplate(
            message: template(.command, $0, stream, place), retries: retries, expectedVersion: expectedVersion)
        }))
  }

  /// A message as it is: the engine codes it.
  func template(
    _ kind: MessageTemplate.Kind, _ message: any DomainMessage, _ stream: StreamReference, _ place: SourcePlace
  ) -> MessageTemplate {
    MessageTemplate(
      kind: kind, aggregate: stream.aggregate, caseIndex: 0, target: .known(stream), payload: .constant(.null),
      message: message, location: place.location)
  }

  func text(_ kind: MessageTemplate.Kind, _ messages: [any DomainMessage], _ stream: StreamReference) -> String {
    messages.map { String(String(describing: $0).prefix { $0 != "(" }).capitalizedFirst }.joined(separator: ", ")
  }
}
