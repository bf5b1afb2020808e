import EventSourcing
import Testing

@Suite("Coders that are used again")
struct CoderReuseTests {
  /// Keeps what it was decoded from, to look at later.
  struct Lazy: Codable {
    let decoder: any Decoder
    let container: KeyedDecodingContainer<Key>?
    enum Key: CodingKey { case a, b }
    init(from decoder: any Decoder) throws {
      self.decoder = decoder
      container = try? decoder.container(keyedBy: Key.self)
    }
    func encode(to encoder: any Encoder) throws {}
  }

  static func record(_ number: Int) -> DynamicValue {
    .record(.init([.init("a", .integer(Int64(number))), .init("b", .string("b\(number)"))]))
  }

  @Test("A decoder or container that somebody keeps answers later what it answered then")
  func keptDecoders() throws {
    let kept = try (0..<20).map { try DynamicDecoder().decode(Lazy.self, from: .array([Self.record($0)]).first) }
    let list = try DynamicDecoder().decode([Lazy].self, from: .array((0..<20).map { Self.record($0) }))
    for values in [kept, list] {
      for (number, value) in values.enumerated() {
        let container = try value.decoder.container(keyedBy: Lazy.Key.self)
        #expect(try container.decode(Int.self, forKey: .a) == number)
        #expect(try value.container?.decode(String.self, forKey: .b) == "b\(number)")
      }
    }
    #expect(list[3].decoder.codingPath.map(\.stringValue) == ["3"])
  }

  /// Keeps the encoder and container that it was encoded with.
  struct Keeping: Codable {
    final class Place: @unchecked Sendable {
      var encoder: (any Encoder)?
      var container: KeyedEncodingContainer<Lazy.Key>?
    }
    static let place = CodingUserInfoKey(rawValue: "place").unsafelyUnwrapped
    var keepsEncoder: Bool
    init(keepsEncoder: Bool) { self.keepsEncoder = keepsEncoder }
    init(from decoder: any Decoder) throws { keepsEncoder = false }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Lazy.Key.self)
      try container.encode(1, forKey: .a)
      guard let place = encoder.userInfo[Self.place] as? Place else { return }
      if keepsEncoder { place.encoder = encoder } else { place.container = container }
    }
  }

  @Test("What is put into an encoder or container after its value is done goes nowhere", arguments: [true, false])
  func keptEncoders(_ keepsEncoder: Bool) throws {
    let place = Keeping.Place()
    var encoder = DynamicEncoder()
    encoder.userInfo = [Keeping.place: place]
    let expected = DynamicValue.record(.init([.init("a", .integer(1))]))
    let value = Keeping(keepsEncoder: keepsEncoder)
    #expect(try encoder.encode(value) == expected)
    var first = place.container ?? place.encoder?.container(keyedBy: Lazy.Key.self)
    #expect(try encoder.encode(value) == expected)
    var second = place.container ?? place.encoder?.container(keyedBy: Lazy.Key.self)
    try first?.encode(2, forKey: .b)
    try second?.encode(3, forKey: .b)
    #expect(try encoder.encode(value) == expected)
    #expect(try DynamicEncoder().encode([value, value]) == .array([expected, expected]))
  }

  /// Has two sets of keys, as a class and its subclass have.
  struct TwoKeys: Codable, Equatable {
    var x = 1, y = 2
    enum First: CodingKey { case x }
    enum Second: CodingKey { case y }
    init() {}
    init(from decoder: any Decoder) throws {
      let first = try decoder.container(keyedBy: First.self)
      let second = try decoder.container(keyedBy: Second.self)
      y = try second.decode(Int.self, forKey: .y)
      x = try first.decode(Int.self, forKey: .x)
    }
    func encode(to encoder: any Encoder) throws {
      var first = encoder.container(keyedBy: First.self)
      var second = encoder.container(keyedBy: Second.self)
      try first.encode(x, forKey: .x)
      try second.encode(y, forKey: .y)
      var again = encoder.container(keyedBy: First.self)
      try again.encode(x, forKey: .x)
    }
  }

  @Test("Containers of several sets of keys share a record")
  func severalKeys() throws {
    for _ in 0..<3 {
      let tree = try DynamicEncoder().encode([TwoKeys(), TwoKeys()])
      let one = DynamicValue.record(.init([.init("x", .integer(1)), .init("y", .integer(2))]))
      #expect(tree == .array([one, one]))
      #expect(try DynamicDecoder().decode([TwoKeys].self, from: tree) == [TwoKeys(), TwoKeys()])
    }
  }

  /// Is coded with whatever names it is told.
  struct Named: Encodable {
    var names: [String]
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Asking.Key.self)
      for (number, name) in names.enumerated() {
        if name == "fail" { throw EncodingError.invalidValue(self, .init(codingPath: [], debugDescription: "told to")) }
        try container.encode(number, forKey: Asking.Key(stringValue: name))
      }
    }
  }

  @Test("A name never stands twice, the last value wins, whatever records of the type had before")
  func names() throws {
    var random = SeededRandom(3)
    let all = ["a", "b", "c", "d", "e", "\u{E9}", "e\u{301}", "a name that is longer than sixteen bytes"]
    for round in 0..<500 {
      let count = round % 50 == 0 ? 100 : Int.random(in: 0...12, using: &random)
      let names = (0..<count).map { index in
        index > 40 ? "n\(index % 47)" : all[Int.random(in: 0..<all.count, using: &random)]
      }
      var expected: [DynamicRecord.Field] = []
      for (number, name) in names.enumerated() {
        if let index = expected.firstIndex(where: { $0.name == name }) {
          expected[index].value = .integer(Int64(number))
        } else {
          expected.append(.init(name, .integer(Int64(number))))
        }
      }
      if round % 7 == 0 {
        #expect(throws: EncodingError.self) { try DynamicEncoder().encode(Named(names: names + ["fail"])) }
      }
      #expect(try DynamicEncoder().encode(Named(names: names)) == .record(.init(expected)))
    }
  }

  @Test("A failure leaves nothing behind for the next value of the type")
  func failures() throws {
    let good = DynamicValue.record(.init([.init("street", .string("s")), .init("city", .null)]))
    let bad = DynamicValue.record(.init([.init("street", .integer(1)), .init("city", .null)]))
    for _ in 0..<5 {
      let error = #expect(throws: DecodingError.self) {
        try DynamicDecoder().decode([Shop.Address].self, from: .array([good, bad]))
      }
      guard case .typeMismatch(_, let context)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(context.codingPath.map(\.stringValue) == ["1", "street"])
      #expect(try DynamicDecoder().decode(Shop.Address.self, from: good) == Shop.Address(street: "s", city: nil))
      #expect(throws: EncodingError.self) {
        try DynamicEncoder().encode([Named(names: ["a"]), Named(names: ["b", "fail"])])
      }
      #expect(
        try DynamicEncoder().encode([Named(names: ["a"])]) == .array([.record(.init([.init("a", .integer(0))]))]))
    }
  }

  @Test("Values inside values of their own type, and coding within coding")
  func nesting() throws {
    var item = Shop.Item(name: "0", quantity: 0, price: 1)
    for depth in 1...20 {
      item = Shop.Item(name: "\(depth)", quantity: depth, price: 1, parts: [item])
    }
    for _ in 0..<3 {
      let trip = try DynamicEncoder.roundTrip([item, item])
      #expect(try trip.restored.get() == [item, item])
    }
    struct Inner: Codable, Equatable {
      var address: Shop.Address
      init(_ address: Shop.Address) { self.address = address }
      init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        address = try DynamicDecoder().decode(Shop.Address.self, from: JSONText.read(Array(text.utf8)))
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let tree = try DynamicEncoder().encode(["inner": address, "outer": address])
        guard case .record(let record) = tree, let inner = record["inner"] else { return }
        try container.encode(String(decoding: JSONText.write(inner), as: UTF8.self))
      }
    }
    let values = (0..<5).map { Inner(Shop.Address(street: "s\($0)", city: nil)) }
    #expect(try DynamicEncoder.roundTrip(values).restored.get() == values)
  }

  @Test("Many tasks code values of the same types at once")
  func concurrency() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<200 {
            let items = (0..<(round % 4)).map {
              Shop.Item(
                name: "\(task) \(round) \($0)", quantity: $0, price: 5,
                parts: [.init(name: "p", quantity: task, price: 1)])
            }
            let trip = try DynamicEncoder.roundTrip(items)
            let restored = try trip.restored.get()
            #expect(restored == items)
            let codec = MessageCodec<Shop.Event>()
            for event in MessageCodecTests.events {
              let trip = try codec.roundTrip(event, caseIndex: codec.caseIndex(of: event))
              #expect(try trip.restored.get() == event)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Keys that are told apart but have one text.
  struct Loud: Codable, Hashable {
    var text: String
    var volume = 0
    init(_ text: String, _ volume: Int) {
      self.text = text
      self.volume = volume
    }
    init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  /// Has a stored form that JSON cannot have.
  struct Doubled: Codable, CustomCoded {
    static var typeSchema: TypeSchema { .string }
    static func encode(_ value: Doubled) throws -> DynamicValue {
      .record(.init([.init("a", .null), .init("a", .null)]))
    }
    static func decode(_ value: DynamicValue) throws -> Doubled { Doubled() }
  }

  @Test("A round trip fails where JSON would")
  func refusedTrips() throws {
    let doubled = try DynamicEncoder.roundTrip(["x": [Doubled()]])
    #expect(throws: JSONError.self) { try doubled.restored.get() }
    let loud = try DynamicEncoder.roundTrip([[Loud("a", 1): 1, Loud("a", 2): 2]])
    #expect(throws: JSONError.self) { try loud.restored.get() }
    let quiet = try DynamicEncoder.roundTrip([[Loud("a", 1): 1, Loud("b", 2): 2]])
    #expect(try quiet.restored.get().count == 1)
  }
}

extension DynamicValue {
  fileprivate var first: DynamicValue {
    if case .array(let elements) = self { elements.first ?? .null } else { self }
  }
}
