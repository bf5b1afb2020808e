import EventSourcing

/// What a decision may know of the world, so that it can be asked for again.
package struct DecisionContext: Sendable {
  var now: Date
  var metadata: Metadata
  var identities: GeneratedIdentities
}

/// What a command led to.
package struct Decision: Sendable {
  /// The events, none where the command was refused.
  var events: [CodedMessage]
  /// Why the command was refused.
  var error: (any Error)?
  /// Where the next new id comes from.
  var identities: GeneratedIdentities
  /// What is wrong with the decision or its parts.
  var findings: [Finding]
}
