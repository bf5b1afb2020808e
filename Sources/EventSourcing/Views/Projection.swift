/// What folds the events of any aggregates into a view's rows.
public struct Projection<Row: View>: Sendable {
  /// The handlers, in the order in which they were written.
  package let handlers: [On<Row>]

  init(handlers: [On<Row>]) { self.handlers = handlers }

  /// Whether the events of an aggregate matter to the view.
  ///
  /// - Parameter aggregate: The aggregate.
  /// - Returns: True where a handler asks for them.
  public func isConcerned(with aggregate: any Aggregate.Type) -> Bool {
    handlers.contains { $0.aggregateType == ObjectIdentifier(aggregate) }
  }

  /// Folds one event into the rows.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - aggregate: The aggregate whose event it is.
  ///   - envelope: What is known about it.
  ///   - rows: The rows.
  /// - Throws: ``ViewError`` with code `stopped` where a handler refuses the event; the rows may hold a part of it then.
  public func apply(
    _ event: any DomainMessage, of aggregate: any Aggregate.Type, envelope: EventEnvelope, to rows: inout ViewRows<Row>
  ) throws {
    let type = ObjectIdentifier(aggregate)
    for handler in handlers where handler.aggregateType == type {
      do {
        try handler.apply(event, envelope, &rows)
        if let failure = rows.failure { throw failure }
      } catch {
        throw ViewError.stopped(view: Row.name, at: envelope, by: error)
      }
    }
  }

  /// Folds an event of a store into the rows, as ``apply(_:of:envelope:to:)`` does.
  func applyStored(_ envelope: EventEnvelope, to rows: inout ViewRows<Row>) throws {
    for handler in handlers where envelope.stream.isIn(category: handler.aggregate.streamCategory) {
      do {
        try handler.applyStored(envelope, &rows)
        if let failure = rows.failure { throw failure }
      } catch {
        throw ViewError.stopped(view: Row.name, at: envelope, by: error)
      }
    }
  }
}

/// The part of a projection that takes the events of one aggregate.
public struct On<Row: View>: Sendable {
  /// The aggregate whose events it takes.
  public let aggregate: any Aggregate.Type
  let aggregateType: ObjectIdentifier
  let apply: @Sendable (any DomainMessage, EventEnvelope, inout ViewRows<Row>) throws -> Void
  /// Takes an event of a store.
  let applyStored: @Sendable (EventEnvelope, inout ViewRows<Row>) throws -> Void

  /// Takes the events of an aggregate.
  ///
  /// - Parameters:
  ///   - aggregate: The aggregate.
  ///   - handler: What folds one event, with what is known about it, into the rows.
  public init<Source: Aggregate>(
    _ aggregate: Source.Type,
    _ handler: @escaping @Sendable (Source.Event, EventEnvelope, inout ViewRows<Row>) throws -> Void
  ) {
    self.aggregate = aggregate
    aggregateType = ObjectIdentifier(aggregate)
    apply = { event, envelope, rows in
      guard let event = exactly(Source.Event.self, event) else { return }
      try handler(event, envelope, &rows)
    }
    let codec = EventCodec<Source>()
    applyStored = { envelope, rows in
      for event in try codec.decode(envelope) { try handler(event, envelope, &rows) }
    }
  }
}

/// Makes a projection of its parts.
@resultBuilder
public enum ProjectionBuilder<Row: View> {
  /// One part.
  public static func buildExpression(_ part: On<Row>) -> On<Row> { part }
  /// All parts.
  public static func buildBlock(_ parts: On<Row>...) -> Projection<Row> { Projection(handlers: parts) }
}

/// A message as a value of the type that it has, nil where it has another.
///
/// A conditional cast would ask the runtime; comparing types is all that is needed.
@inline(__always)
func exactly<Wanted: DomainMessage>(_ type: Wanted.Type, _ message: any DomainMessage) -> Wanted? {
  open(message, as: type)
}

@inline(__always)
private func open<Message: DomainMessage, Wanted: DomainMessage>(_ message: Message, as type: Wanted.Type) -> Wanted? {
  guard Message.self == Wanted.self else { return nil }
  return withUnsafePointer(to: message) { UnsafeRawPointer($0).load(as: Wanted.self) }
}
