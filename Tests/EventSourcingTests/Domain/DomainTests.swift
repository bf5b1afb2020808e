import EventSourcing
import Testing

@Suite("Domains")
struct DomainTests {
  @Test("A domain has its parts in order, each once, also those of other domains")
  func parts() {
    let inner = Domain("Inner") { Sound.self }
    let domain = Domain("Outer") {
      Shop.self
      inner
      Sound.self
      Shelf.self
      if Bool.random() { Shop.self } else { Sound.self }
    }
    #expect(domain.aggregates.map { $0.name } == ["Shop", "Sound"])
    #expect(domain.views.map { $0.name } == ["Shelf"])
    let merged = Domain.merging([
      inner,
      Domain("Shops") {
        Shop.self; Shelf.self
      }, inner,
    ])
    #expect(merged.name == "Inner, Shops, Inner")
    #expect(merged.aggregates.map { $0.name } == ["Sound", "Shop"])
  }

  @Test("Schemas of aggregates and views")
  func schemas() {
    let domain = Domain("Shops") {
      Shop.self; Shelf.self; Tally.self
    }
    let shop = domain.schema(of: 0)
    #expect(shop.name == "Shop")
    #expect(shop.identityField == "shopID")
    #expect(shop.streamCategory == "shop")
    #expect(shop.errors.cases.isEmpty)
    #expect(shop.commands.cases.map(\.name) == ["open", "sell", "close"])
    #expect(domain.schema(ofView: 0).isSingleRow == false)
    #expect(domain.schema(ofView: 0).isOrdered)
    #expect(domain.schema(ofView: 1).isSingleRow)
    #expect(domain.findings == [])
    #expect(throws: Never.self) { try domain.validate() }
  }

  @Test("Everything that is wrong is found at once, with type and field")
  func findsAll() throws {
    let domain = Domain("Faulty") { Faulty.self }
    let found = domain.findings.map { "\($0.severity == .error ? "error" : "warning") \($0)" }
    for wanted in [
      "error Faulty.Event.object.thing: Faulty.Thing is a class",
      "error Faulty.Event.nested.box.thing: Faulty.Thing is a class",
      "warning Faulty.Event.whole.state: carries the aggregate's whole state",
      "warning Faulty.Event.many.states: carries the aggregate's whole state",
      "error Faulty.Event.second: has the stored name 'First', as 'first' has",
      "error Faulty.Event.renamed.new_name: codes itself otherwise than its fields say",
      "error Faulty.Event.odd.odd.text: codes itself otherwise than its fields say",
      "error Faulty.Event.keyed.map: is a dictionary whose keys are no texts",
      "error Faulty.Event.listed.list: Faulty.Listed codes itself as a list",
      "error Faulty.Event.single.value: Faulty.Single codes itself as a single value",
      "error Faulty.Event: storedNames speaks of 'nowhere'",
      "error Faulty.Event.first.nothing: has a default, but there is no such case and field",
      "error Faulty.Command: is no enum",
      "error Faulty.Event: two upcasters take 'Old' version 1",
      "error Faulty.Event.listed: has version 1, which an upcaster of 'Listed' version 1 takes for an older one",
    ] {
      #expect(found.contains { $0.hasPrefix(wanted) }, "\(wanted)\nin\n\(found.joined(separator: "\n"))")
    }
    let error = #expect(throws: InvalidDomainError.self) { try domain.validate() }
    #expect(error?.findings.count == domain.findings.filter { $0.severity == .error }.count)
    #expect(error?.description.contains("Faulty.Event.object.thing") == true)
  }

  @Test("Names that two parts share are found")
  func findsDoubles() {
    let findings = Domain("Doubles") {
      Sound.self; Doubles.Sound.self; Hyphened.self
    }.findings.map(\.description)
    #expect(findings.contains { $0.contains("two aggregates have the name 'Sound'") })
    #expect(findings.contains { $0.contains("two aggregates have the stream category 'sound'") })
    #expect(findings.contains { $0.contains("has the stream category 'a-b'") })
  }

  @Test("A type's case and field that nobody can read is named with the reason")
  func unreadable() {
    func reason(_ type: Any.Type) -> String {
      if case .unreadable(_, let reason) = TypeSchema.reflecting(type) { reason } else { "readable" }
    }
    #expect(reason((() -> Void).self).hasPrefix("is a function"))
    #expect(reason(Any.self).hasPrefix("is a protocol or Any"))
    #expect(reason((any Equatable).self).hasPrefix("is a protocol or Any"))
    #expect(reason((Int, Int).self).hasPrefix("is a tuple"))
    #expect(reason(Int.Type.self).hasPrefix("is a type of types"))
    #expect(reason(Faulty.Thing.self).hasPrefix("is a class"))
    #expect(reason(Substring.self) != "readable")
    #expect(reason(Range<Int>.self) != "readable")
  }

  @Test("Many threads may ask a domain at once")
  func threads() async {
    let domain = Domain("Shops") {
      Shop.self; Shelf.self
    }
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<50 {
        group.addTask { domain.schema(of: 0).events.cases.count + domain.findings.count }
      }
      for await count in group { #expect(count == 7) }
    }
  }
}

struct Sound: Aggregate {
  enum Command: DomainMessage { case play }
  enum Event: DomainMessage { case played }
  func handle(_ command: Command, in context: Context) throws -> [Event] { [.played] }
  mutating func apply(_ event: Event) {}
}

enum Doubles {
  struct Sound: Aggregate {
    enum Command: DomainMessage { case play }
    enum Event: DomainMessage { case played }
    func handle(_ command: Command, in context: Context) throws -> [Event] { [.played] }
    mutating func apply(_ event: Event) {}
  }
}

struct Hyphened: Aggregate {
  static let streamCategory = "a-b"
  enum Command: DomainMessage { case play }
  enum Event: DomainMessage { case played }
  func handle(_ command: Command, in context: Context) throws -> [Event] { [.played] }
  mutating func apply(_ event: Event) {}
}

struct Shelf: View {
  var name: String
  static var rowOrder: (@Sendable (Shelf, Shelf) -> Bool)? { { $0.name < $1.name } }
  static var projection: Projection<Shelf> { On(Shop.self) { _, _, _ in } }
}

struct Tally: View {
  typealias Key = OnlyRow
  var count: Int
  static var projection: Projection<Tally> { On(Shop.self) { _, _, _ in } }
}

struct Faulty: Aggregate {
  final class Thing: Codable, Sendable {}
  struct Box: Codable { var thing: Thing }
  struct Odd: Codable {
    var text: Int
    enum CodingKeys: CodingKey { case text }
    init(from decoder: any Decoder) throws {
      text = try Int(decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .text)) ?? 0
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(String(text), forKey: .text)
    }
  }
  struct Listed: Codable {
    var value: Int
    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      value = try list.decode(Int.self)
    }
    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(value)
    }
  }
  struct Single: Codable {
    var value: Int
    init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Int.self) }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(value)
    }
  }
  struct Pair: Codable, Hashable { var x: Int, y: Int }
  struct Command: DomainMessage { var x = 1 }
  static var upcasters: [Upcaster] {
    ["Old", "Old", "Listed"].map { Upcaster($0, schemaVersion: 1) { [$0] } }
  }
  indirect enum Event: DomainMessage {
    case object(thing: Thing)
    case nested(box: Box)
    case whole(state: Faulty)
    case many(states: [Faulty?])
    case first
    case second
    case renamed(name: String)
    case odd(odd: Odd)
    case keyed(map: [Pair: Int])
    case listed(list: Listed)
    case single(value: Single)

    enum RenamedCodingKeys: String, CodingKey { case name = "new_name" }
    static var storedNames: [String: String] { ["second": "First", "nowhere": "X"] }
    static var defaults: [String: any Codable & Sendable] { ["first.nothing": 1] }
  }
  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) {}
}
