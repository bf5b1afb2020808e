package import EventSourcing

/// An event that a scenario recorded.
package struct LoggedEvent: Sendable {
  /// Where its stream stands among the scenario's.
  package let slot: Int
  /// Its number in the stream.
  package let version: Int
  /// Its place among all that the scenario recorded, from 0.
  package let index: Int
  /// The event; nil where its stored form stands for none or several.
  package let event: CodedMessage?
  /// The events that its stored form stands for today, where that is not one.
  let upcast: [CodedMessage]
  /// Its stored form, where the scenario gave that.
  let stored: NewEvent?
  /// Its id.
  package let id: UUID
  /// When it happened.
  package let occurredAt: Date
  /// What travels with it.
  package let metadata: Metadata
  /// Its place in a store, where one holds it.
  let position: Checkpoint?

  init(
    slot: Int, version: Int, index: Int, event: CodedMessage? = nil, upcast: [CodedMessage] = [], stored: NewEvent?,
    id: UUID, occurredAt: Date, metadata: Metadata, position: Checkpoint?
  ) {
    self.slot = slot
    self.version = version
    self.index = index
    self.event = event
    self.upcast = upcast
    self.stored = stored
    self.id = id
    self.occurredAt = occurredAt
    self.metadata = metadata
    self.position = position
  }

  /// The events that it stands for today: itself, or what upcasters made of it.
  package var events: [CodedMessage] { event.map { [$0] } ?? upcast }
}
