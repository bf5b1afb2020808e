public import EventSourcing

/// A scenario written in Swift: what has happened, what is done, and what must come of it, with compile-time types.
///
/// ```swift
/// try await Scenario(of: Order.self)
///   .given(.orderCreated(orderID: order, customerID: alice))
///   .when(.placeOrder(shippingAddress: home))
///   .then(throws: .cannotPlaceEmptyOrder)
///   .check()
/// ```
///
/// It runs on the engine that runs spec files, as strictly and with the same checks that are always on: all events
/// are stated, messages and states survive being stored, decisions depend on nothing hidden. A scenario is a value;
/// nothing runs before ``check()`` or ``run()``.
public struct Scenario<A: Aggregate>: Sendable {
  /// What is to be done at one place.
  enum Part: Sendable {
    case step(Step)
    case inspect(StreamReference, SourcePlace, @Sendable (any Aggregate) throws -> String?)
  }

  let runtime: DomainRuntime
  let aggregate: Int
  /// The stream that is meant where none is named.
  let stream: StreamReference
  let place: SourcePlace
  let name: String
  var parts: [Part] = []
  /// What could not be written down, such as an aggregate that the domain does not have.
  var problems: [Failure] = []

  /// Begins a scenario of one instance.
  ///
  /// - Parameters:
  ///   - type: The aggregate.
  ///   - id: The instance that is meant where a step names none.
  ///   - domain: What else takes part: other aggregates, views, process managers. By default the aggregate alone.
  ///   - name: What the scenario shows, for reports.
  public init(
    of type: A.Type, id: A.ID, in domain: Domain? = nil, _ name: String = "", fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    let place = SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)
    runtime = domain.map { DomainRuntimes.runtime($0) } ?? DomainRuntimes.runtime(of: type)
    aggregate = runtime.index(of: type) ?? 0
    stream = Self.reference(type, id, aggregate)
    self.place = place
    self.name = name
    if runtime.index(of: type) == nil {
      problems.append(
        Failure(
          .unresolved, "the domain \(runtime.domain.name) has no aggregate \(type.name)", location: place.location))
    }
  }

  /// Begins a scenario of the only instance, whose identity is the name of its aggregate, as in specs.
  ///
  /// - Parameters:
  ///   - type: The aggregate.
  ///   - domain: What else takes part: other aggregates, views, process managers. By default the aggregate alone.
  ///   - name: What the scenario shows, for reports.
  public init(
    of type: A.Type, in domain: Domain? = nil, _ name: String = "", fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) where A.ID == UUID {
    self.init(
      of: type, id: .named(lowerCamelCase(type.name)), in: domain, name, fileID: fileID, filePath: filePath, line: line,
      column: column)
  }

  static func reference<B: Aggregate>(_ type: B.Type, _ id: B.ID, _ aggregate: Int) -> StreamReference {
    let text = id.streamText
    let display = UUID(uuidString: text).flatMap { IdentityNames.shared.name(of: $0) } ?? text
    return StreamReference(aggregate: aggregate, stream: B.stream(of: id), displayName: display)
  }

  func adding(_ role: StepRole, _ text: String, _ place: SourcePlace, _ action: StepAction) -> Self {
    var copy = self
    copy.parts.append(
      .step(
        Step(role: role, keyword: role.rawValue.capitalizedFirst, text: text, location: place.location, action: action))
    )
    return copy
  }

  func refusing(_ message: String, _ place: SourcePlace) -> Self {
    var copy = self
    copy.problems.append(Failure(.unresolved, message, location: place.location))
    return copy
  }

  /// The stream of another aggregate's instance; nil where the domain does not have the aggregate.
  func reference<B: Aggregate>(_ type: B.Type, _ id: B.ID) -> StreamReference? {
    runtime.index(of: type).map { Self.reference(type, id, $0) }
  }
}

extension UUID {
  /// The UUID that a name stands for in specs, such as `alice`.
  ///
  /// - Parameter name: A name.
  /// - Returns: A version 8 UUID that carries the name, or its hash; reports show the name.
  public static func named(_ name: String) -> UUID { IdentityNames.shared.identity(named: name) }
}

extension IdentityNames {
  /// The names of scenarios written in Swift.
  static let shared = IdentityNames()
}
