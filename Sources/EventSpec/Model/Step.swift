package import EventSourcing

/// What a step is for.
public enum StepRole: String, Sendable, Hashable {
  /// History.
  case given
  /// The act.
  case when
  /// The outcome.
  case then
}

/// A step read against the domain: what the engine takes.
///
/// It never changes, and is an object since it goes through many hands.
package final class Step: Sendable {
  /// What the step is for.
  package let role: StepRole
  /// Its keyword as written, such as `And`.
  package let keyword: String
  /// Its text as run, placeholders replaced.
  package let text: String
  /// Where the step stands.
  package let location: SpecLocation
  /// What it asks for.
  package let action: StepAction
  /// The literal's values as ranges of UTF-8 offsets in the text, for reports that mark them.
  package let values: [StepValue]

  package init(
    role: StepRole, keyword: String, text: String, location: SpecLocation, action: StepAction, values: [StepValue] = []
  ) {
    self.role = role
    self.keyword = keyword
    self.text = text
    self.location = location
    self.action = action
    self.values = values
  }
}

/// A value within a step's text.
package struct StepValue: Sendable, Hashable {
  /// UTF-8 offsets in the step's text.
  package var range: Range<Int>
  /// The name of the field that it is for.
  package var field: String

  package init(range: Range<Int>, field: String) {
    self.range = range
    self.field = field
  }
}

/// What a step asks the engine to do.
package enum StepAction: Sendable {
  // Given and When
  /// Events are recorded in their streams.
  case record([MessageTemplate])
  /// Commands are executed, each its own transaction.
  case execute([CommandTemplate])
  /// Somebody else records this between loading and saving of the command step before.
  case meanwhile([MessageTemplate])
  /// An event as an older release stored it.
  indirect case stored(StoredTemplate)
  /// Nothing has been recorded.
  case nothingRecorded
  /// The clock is set (Given) or moved on (When) to a time.
  indirect case setTime(ValueTemplate)
  /// The clock is moved on.
  case passTime(Duration)
  /// Metadata for the following commands.
  case metadata([String: ValueTemplate])
  /// A value gets a name. Steps that use the name have read it by their own types already, so that there is nothing to
  /// be done; the value is the text's own reading, for whoever wants to show it.
  indirect case bind(name: String, value: ValueTemplate)

  // Then
  /// The next events of the act, exactly.
  case expectEvents([MessagePattern])
  /// Events that are among the act's.
  case expectEventsInclude([MessagePattern])
  /// The order of the whole act's events is of no account.
  case eventsInAnyOrder
  /// The act, or one stream in it, emitted nothing.
  indirect case expectNoEvents(StreamTarget?)
  /// The next commands that process managers issued, exactly.
  case expectCommands([MessagePattern])
  /// Process managers issued nothing.
  case expectNoCommands
  /// The act failed so.
  indirect case expectError(ErrorPattern)
  /// The act met a conflict.
  case expectConflict
  /// What the aggregate's state is.
  indirect case expectState(StreamTarget, StatePattern)
  /// The number of events in a stream.
  indirect case expectVersion(StreamTarget, Pattern)
  /// What every event of the act carries.
  case expectMetadata([String: Pattern])
  /// What a view shows.
  indirect case expectView(ViewPattern)
}

/// A stream, known when the step is read.
package struct StreamReference: Sendable, Hashable {
  /// The aggregate's index in the domain.
  package var aggregate: Int
  /// The stream.
  package var stream: StreamName
  /// The instance's name as people write it, such as `o2`.
  package var displayName: String
  /// The identity in coded form, where it is known; the stream's name says as much.
  package var identity: DynamicValue?

  package init(aggregate: Int, stream: StreamName, displayName: String, identity: DynamicValue? = nil) {
    self.aggregate = aggregate
    self.stream = stream
    self.displayName = displayName
    self.identity = identity
  }

  package static func == (left: StreamReference, right: StreamReference) -> Bool {
    guard left.aggregate == right.aggregate else { return false }
    // The names of streams say no more than their identities do, and take longer to be compared.
    if case .uuid(let one)? = left.identity, case .uuid(let other)? = right.identity { return one == other }
    return left.stream == right.stream
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(aggregate)
    hasher.combine(stream)
  }
}

/// Where a message belongs: a stream known when the step is read, or one that a bound value names when it runs.
package enum StreamTarget: Sendable {
  /// A known stream.
  case known(StreamReference)
  /// The stream whose identity is the value of `$name`.
  case bound(aggregate: Int, name: String)

  /// The aggregate's index in the domain.
  package var aggregate: Int {
    switch self {
    case .known(let reference): reference.aggregate
    case .bound(let aggregate, _): aggregate
    }
  }
}

/// An event or a command to be made when the step runs.
package struct MessageTemplate: Sendable {
  /// Whether the message is a command or an event.
  package enum Kind: Sendable, Hashable { case event, command }

  package var kind: Kind
  /// The aggregate's index in the domain.
  package var aggregate: Int
  /// The case's index in the message type's schema.
  package var caseIndex: Int
  package var target: StreamTarget
  /// The bare payload: the case's fields.
  package var payload: ValueTemplate
  /// The message itself, where its payload is constant.
  package var message: (any DomainMessage)?
  /// Where the message's name stands.
  package var location: SpecLocation

  package init(
    kind: Kind, aggregate: Int, caseIndex: Int, target: StreamTarget, payload: ValueTemplate,
    message: (any DomainMessage)? = nil, location: SpecLocation
  ) {
    self.kind = kind
    self.aggregate = aggregate
    self.caseIndex = caseIndex
    self.target = target
    self.payload = payload
    self.message = message
    self.location = location
  }
}

/// A command to be executed.
package struct CommandTemplate: Sendable {
  package var message: MessageTemplate
  /// How often it decides again after a conflict.
  package var retries: Int
  /// The version that its stream is expected to have.
  package var expectedVersion: Int?

  package init(message: MessageTemplate, retries: Int = 0, expectedVersion: Int? = nil) {
    self.message = message
    self.retries = retries
    self.expectedVersion = expectedVersion
  }
}

/// An event in stored form.
package struct StoredTemplate: Sendable {
  package var type: String
  package var schemaVersion: Int
  package var payload: ValueTemplate
  package var target: StreamTarget
  package var location: SpecLocation

  package init(
    type: String, schemaVersion: Int, payload: ValueTemplate, target: StreamTarget, location: SpecLocation
  ) {
    self.type = type
    self.schemaVersion = schemaVersion
    self.payload = payload
    self.target = target
    self.location = location
  }
}

/// A value whose parts may be known only when the step runs.
package enum ValueTemplate: Sendable {
  /// A value known now, in coded form.
  case constant(DynamicValue)
  /// The value bound to a name.
  case bound(name: String, type: TypeSchema)
  /// The context's time, moved by a length of time.
  case now(offset: Duration)
  /// A list.
  case array([ValueTemplate])
  /// Fields.
  case record([(name: String, value: ValueTemplate)])
}
