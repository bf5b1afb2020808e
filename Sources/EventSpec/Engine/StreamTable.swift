import EventSourcing

/// A stream that a scenario has touched, with all that is known of it.
package struct StreamSlot: Sendable {
  /// The stream.
  package let reference: StreamReference
  /// The identity in the stream's name.
  let identity: any StreamIdentity
  /// The state behind the stream's events.
  package internal(set) var node: StateNode
  /// The number of the stream's events.
  package internal(set) var version = 0
  /// The number of them that a store holds, as far as they have been read.
  var storedVersion = 0
  /// Why the stream cannot be loaded.
  var loadFailure: (any Error)?
}

/// The identity of an aggregate's instance without its type.
package protocol StreamIdentity: AnyObject, Sendable {}

/// The streams of a scenario, of which there are few.
struct StreamTable: Sendable {
  var slots: [StreamSlot] = []
  private var indices: [StreamName: Int] = [:]
  private static let fewest = 8

  /// Where a stream stands; nil where it has not been touched.
  ///
  /// - Complexity: O(1).
  func index(of stream: StreamName) -> Int? {
    if slots.count > Self.fewest { return indices[stream] }
    for index in slots.indices where slots[index].reference.stream.text.hasSameBytes(as: stream.text) { return index }
    return nil
  }

  /// Whether a stream that has been touched is the one that a step speaks of.
  func isStream(_ index: Int, _ reference: StreamReference) -> Bool {
    slots[index].reference.stream.text.hasSameBytes(as: reference.stream.text)
  }

  /// Adds a stream that is not there yet.
  mutating func insert(_ slot: StreamSlot) -> Int {
    slots.append(slot)
    if slots.count > Self.fewest {
      if indices.isEmpty {
        for (index, slot) in slots.enumerated() { indices[slot.reference.stream] = index }
      } else {
        indices[slot.reference.stream] = slots.count - 1
      }
    }
    return slots.count - 1
  }
}
