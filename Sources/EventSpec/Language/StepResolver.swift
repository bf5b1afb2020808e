import EventSourcing

/// Reads steps against a domain, one after another in the order of a scenario.
///
/// It is a value: a copy is a point to return to.
package struct StepResolver: Sendable {
  /// What reading a step came to.
  package struct Resolution: Sendable {
    /// The step; nil where it could not be read.
    package var step: Step?
    /// All that is wrong with it.
    package var diagnostics: [Diagnostic]
  }

  package let model: DomainModel
  /// Whether values are marked in steps, which only some reports show.
  let marksValues: Bool
  var scope = StreamScope()
  var bindings = NamedValues()
  /// The role that `And` takes up.
  package internal(set) var lastRole: StepRole?
  var act = ActSoFar()

  /// Makes a resolver for a new scenario.
  ///
  /// - Parameters:
  ///   - domain: The domain's names.
  ///   - marksValues: Whether steps say where their values stand in the text.
  package init(domain: DomainModel, marksValues: Bool = true) {
    model = domain
    self.marksValues = marksValues
  }

  /// Reads the next step.
  ///
  /// - Parameter source: The step as it is written.
  /// - Returns: The step, and all that is wrong with it: one of the two is empty.
  /// - Complexity: O(*n*) in the length of the text; what is nested is limited in depth.
  package mutating func resolve(_ source: StepSource) -> Resolution {
    var resolution = read(source)
    if !source.notes.isEmpty {
      for index in resolution.diagnostics.indices { resolution.diagnostics[index].notes += source.notes }
    }
    return resolution
  }

  private mutating func read(_ source: StepSource) -> Resolution {
    let role = role(of: source.keyword)
    if role == nil, source.keyword == .conjunction {
      return Resolution(
        diagnostics: [
          Diagnostic(
            .error, at: source.location,
            "'\(source.keywordText)' takes the role of the step before it, and there is none; begin with Given, When or Then"
          )
        ])
    }
    var reader = StepReader(self, source, role: role)
    let action = reader.action()
    let reading = reader.literal.reading
    if !reading.diagnostics.isEmpty { reader.assumeStream() }
    let finalRole = reader.role ?? role ?? .when
    lastRole = finalRole
    if let action, reading.diagnostics.isEmpty { reader.check(action, finalRole) }
    bindings = reading.bindings
    scope = reader.scope
    act = reader.act
    act.note(finalRole, reading.diagnostics.isEmpty ? action : nil, isMeanwhile: reader.isMeanwhile)
    guard let action, reading.diagnostics.isEmpty else {
      return Resolution(step: nil, diagnostics: reading.diagnostics)
    }
    let step = Step(
      role: finalRole, keyword: source.keywordText, text: source.text.text, location: source.location, action: action,
      values: reading.values)
    return Resolution(step: step, diagnostics: [])
  }

  /// The role of a step; nil where its keyword says nothing of it.
  func role(of keyword: StepSource.Keyword) -> StepRole? {
    switch keyword {
    case .role(let stated): stated
    case .none: nil
    case .conjunction: lastRole
    }
  }

  // MARK: What steps have in common

  /// Whether values have been given names.
  var hasBindings: Bool { !bindings.isEmpty }

  /// What the reading of the next step depends on, without names of values.
  var circumstances: StepMemory.Circumstances { StepMemory.Circumstances(role: lastRole, scope: scope, act: act) }

  /// Goes on behind a step that has been read before.
  mutating func take(_ after: StepMemory.Circumstances) {
    lastRole = after.role
    scope = after.scope
    act = after.act
  }

  // MARK: Sessions

  /// The streams that have been named so far, in order.
  package var streams: [StreamReference] { scope.streams }

  /// Makes a stream known, as one that a step named; for sessions that begin with a stream.
  package mutating func name(_ stream: StreamReference) { scope.add(stream) }

  /// The stream that steps without one speak of, whatever else has been named; for sessions that are at a stream.
  package var focus: StreamReference? {
    get { scope.focus }
    set { scope.focus = newValue }
  }

  /// The names of values that have been bound so far.
  package var valueNames: [String] { bindings.names.sorted() }
}

/// What the resolver knows of the act that a Then looks at.
struct ActSoFar: Sendable, Equatable {
  /// Whether anything has been done under When.
  private(set) var hasAct = false
  private(set) var statesEvents = false
  private(set) var includesEvents = false
  /// Whether a command step stands before, which somebody else can meanwhile get ahead of; nil where that is not known.
  private(set) var followsCommand: Bool? = false
  private var last: StepRole?

  mutating func note(_ role: StepRole, _ action: StepAction?, isMeanwhile: Bool) {
    if role == .when, last != .when {
      statesEvents = false
      includesEvents = false
    }
    last = role
    if role == .when { hasAct = true }
    switch action {
    case .expectEvents?: statesEvents = true
    case .expectEventsInclude?: includesEvents = true
    default: break
    }
    if isMeanwhile { return }
    switch action {
    case .execute?: followsCommand = true
    case nil: followsCommand = nil
    default: followsCommand = false
    }
  }
}
