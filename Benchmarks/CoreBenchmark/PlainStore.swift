import EventSourcing

/// The in-memory store without typed events: what any other store that holds values gives.
struct PlainStore: ForwardingStore {
  let base: MemoryEventStore
}
