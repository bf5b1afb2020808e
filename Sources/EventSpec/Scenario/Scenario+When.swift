public import EventSourcing

extension Scenario {
  /// Commands are executed, each a transaction of its own; the first failure ends the act.
  ///
  /// - Parameters:
  ///   - commands: The commands, in order.
  ///   - retries: How often a command decides again after a conflict.
  ///   - version: The version that the stream is expected to have.
  public func when(
    _ commands: A.Command..., retries: Int = 0, atVersion version: Int? = nil, fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    execute(
      .when, A.self, stream, commands, retries: retries, expectedVersion: version,
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Commands are executed on another instance, of this aggregate or another.
  ///
  /// - Parameters:
  ///   - type: The aggregate.
  ///   - id: The instance.
  ///   - commands: The commands, in order.
  ///   - retries: How often a command decides again after a conflict.
  ///   - version: The version that the stream is expected to have.
  public func when<B: Aggregate>(
    _ type: B.Type, _ id: B.ID, _ commands: B.Command..., retries: Int = 0, atVersion version: Int? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    execute(
      .when, type, reference(type, id), commands, retries: retries, expectedVersion: version,
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Events are recorded by somebody: views see them and process managers react, but they are not the act's events.
  ///
  /// - Parameter events: The events, in order.
  public func when(
    recorded events: A.Event..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    record(.when, A.self, stream, events, SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Somebody else records events between the loading of the command before this and its first save; a second call
  /// speaks of the time before the first retry's save, and so on.
  ///
  /// - Parameter events: The events, in order.
  public func meanwhile(
    _ events: A.Event..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    let place = SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    return adding(
      .when, "meanwhile " + text(.event, events, stream), place,
      .meanwhile(events.map { template(.event, $0, stream, place) }))
  }

  /// Somebody else executes commands between the loading of the command before this and its save.
  ///
  /// - Parameter commands: The commands, in order.
  public func meanwhile(
    executed commands: A.Command..., fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    let place = SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    return adding(
      .when, "meanwhile " + text(.command, commands, stream), place,
      .meanwhile(commands.map { template(.command, $0, stream, place) }))
  }

  /// Time passes; deadlines come due in order, each at its own time.
  ///
  /// - Parameter duration: How much of it.
  public func when(
    passes duration: Duration, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    adding(
      .when, "\(duration) pass", SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column),
      .passTime(duration))
  }

  /// It becomes a time; deadlines come due in order, each at its own time.
  ///
  /// - Parameter time: The time.
  public func when(
    time: Date, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    adding(
      .when, "the time is \(ErrorText.time(time))",
      SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column), .setTime(.constant(.date(time))))
  }
}
