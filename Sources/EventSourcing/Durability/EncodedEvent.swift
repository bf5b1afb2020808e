/// An event in the form in which a durable store writes it.
package struct EncodedEvent: Sendable, Equatable {
  /// The event's own id.
  package var id: UUID
  /// The stored type name.
  package var type: String
  /// The version of the payload's form.
  package var schemaVersion: Int
  /// When it happened, in microseconds since 1970.
  package var occurredAt: Int64
  /// The metadata as JSON in UTF-8.
  package var metadata: [UInt8]
  /// The payload as JSON in UTF-8.
  package var payload: [UInt8]

  /// Encodes an event.
  ///
  /// - Parameter event: The event.
  /// - Throws: `invalidArgument` where its time or schema version cannot be stored; what the codec throws.
  package init(_ event: NewEvent) throws {
    id = event.id
    type = event.type
    guard let schemaVersion = Int32(exactly: event.schemaVersion), schemaVersion > 0 else {
      throw EventStoreError(
        .invalidArgument, "event \(event.id) has schema version \(event.schemaVersion), expected was 1 to \(Int32.max)")
    }
    guard let occurredAt = StoredTime.microseconds(of: event.occurredAt) else {
      throw EventStoreError(
        .invalidArgument, "event \(event.id) has a time that cannot be stored, expected was one in the years 1 to 9999")
    }
    self.schemaVersion = Int(schemaVersion)
    self.occurredAt = occurredAt
    metadata = MetadataText.write(event.metadata)
    payload = try event.payload.jsonBytes()
  }

  /// Takes an event as a store holds it.
  package init(
    id: UUID, type: String, schemaVersion: Int, occurredAt: Int64, metadata: [UInt8], payload: [UInt8]
  ) {
    self.id = id
    self.type = type
    self.schemaVersion = schemaVersion
    self.occurredAt = occurredAt
    self.metadata = metadata
    self.payload = payload
  }
}

/// Times as stores keep them: whole microseconds.
package enum StoredTime {
  /// Microseconds between the epochs 1970 and 2001.
  private static let referenceDate: Int64 = 978_307_200_000_000

  /// The nearest microsecond since 1970.
  ///
  /// - Parameter date: The time.
  /// - Returns: Nil where it lies outside the years 1 to 9999 or is no time at all.
  package static func microseconds(of date: Date) -> Int64? {
    let seconds = date.timeIntervalSinceReferenceDate
    guard seconds >= -63_114_076_800, seconds < 252_423_993_600 else { return nil }
    return Int64((seconds * 1e6).rounded()) + referenceDate
  }

  /// The time of microseconds since 1970.
  ///
  /// - Parameter microseconds: What ``microseconds(of:)`` gave.
  package static func date(microseconds: Int64) -> Date {
    Date(timeIntervalSinceReferenceDate: Double(microseconds &- referenceDate) / 1e6)
  }
}
