import EventSourcing
import Foundation

/// What is appended and loaded.
struct Basket: Aggregate {
  enum Command: DomainMessage { case add(product: UUID, name: String, quantity: Int, price: Decimal, note: String) }
  enum Event: DomainMessage { case added(product: UUID, name: String, quantity: Int, price: Decimal, note: String) }

  var count = 0

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .add(let product, let name, let quantity, let price, let note):
      [.added(product: product, name: name, quantity: quantity, price: price, note: note)]
    }
  }

  mutating func apply(_ event: Event) {
    switch event {
    case .added(_, _, let quantity, _, _): count += quantity
    }
  }

  static let codec = EventCodec<Basket>()

  /// An event of about 224 bytes.
  static func event() throws -> NewEvent {
    let event = Event.added(
      product: UUID(), name: "Kettle, brushed steel", quantity: 2, price: Decimal(2995) / 100,
      note: String(repeating: "x", count: 80))
    return try codec.newEvent(event, id: UUID(), occurredAt: .now, metadata: [:])
  }
}
