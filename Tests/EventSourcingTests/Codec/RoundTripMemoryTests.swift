import EventSourcing
import Synchronization
import Testing

@Suite("Round trips that remember the one before")
struct RoundTripMemoryTests {
  /// Counts how often its values are coded and read.
  struct Counted: Codable, Equatable {
    static let codings = Mutex(0)
    static let readings = Mutex(0)
    var number: Int
    var text: String

    init(_ number: Int, _ text: String = "") {
      self.number = number
      self.text = text
    }
    private enum CodingKeys: CodingKey { case number, text }
    init(from decoder: any Decoder) throws {
      Self.readings.withLock { $0 += 1 }
      let container = try decoder.container(keyedBy: CodingKeys.self)
      number = try container.decode(Int.self, forKey: .number)
      text = try container.decode(String.self, forKey: .text)
    }
    func encode(to encoder: any Encoder) throws {
      Self.codings.withLock { $0 += 1 }
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(number, forKey: .number)
      try container.encode(text, forKey: .text)
    }
    static func counts(_ body: () throws -> Void) rethrows -> [Int] {
      let before = [codings.withLock { $0 }, readings.withLock { $0 }]
      try body()
      return zip([codings.withLock { $0 }, readings.withLock { $0 }], before).map { $0 - $1 }
    }
  }

  struct Basket: Codable, Equatable {
    var owner: Counted?
    var items: [Counted] = []
    var labels: [String] = []
    var places: [String: Counted] = [:]
  }

  static func trip<T: Codable>(_ value: T, _ memory: RoundTripMemory?) throws -> T {
    var coded: DynamicValue?
    let restored = try DynamicEncoder.roundTrip(value, coded: &coded, memory: memory)
    #expect(try coded == DynamicEncoder().encode(value))
    return restored
  }

  @Test("Only what changed since is coded and read again")
  func savings() throws {
    let memory = RoundTripMemory()
    var basket = Basket(owner: Counted(1), items: (0..<50).map { Counted($0) }, places: ["a": Counted(2)])
    func counts() throws -> [Int] {
      var coded: DynamicValue?
      return try Counted.counts {
        let restored = try DynamicEncoder.roundTrip(basket, coded: &coded, memory: memory)
        #expect(restored == basket)
      }
    }
    #expect(try counts() == [52, 52])
    #expect(try counts() == [0, 0])
    basket.labels.append("new")
    #expect(try counts() == [0, 0])
    basket.items.append(Counted(50))
    #expect(try counts() == [1, 1])
    basket.items[7].text = "changed"
    #expect(try counts() == [1, 1])
    basket.items.removeLast(3)
    #expect(try counts() == [0, 0])
    basket.owner = nil
    basket.places["b"] = Counted(3)
    #expect(try counts() == [2, 2])
  }

  @Test("Whatever happens to a value, it comes back as it does without a memory", arguments: 0..<20 as Range<UInt64>)
  func anyChange(_ seed: UInt64) throws {
    var random = SeededRandom(seed)
    let memory = RoundTripMemory()
    var shop = Store()
    for _ in 0..<200 {
      shop.change(&random)
      #expect(try Self.trip(shop, memory) == shop)
    }
  }

  /// A value with all sorts of fields.
  struct Store: Codable, Equatable {
    indirect enum Step: Codable, Equatable { case start, then(String, Step) }
    struct Line: Codable, Equatable {
      var name = "line"
      var price = Decimal(1)
      var tags: [String] = []
      var note: String?
      var step = Step.start
    }
    var lines: [Line] = []
    var other: [Line] = []
    var best: Line?
    var byName: [String: Line] = [:]
    var numbers: [Int] = []
    var nested: [[Int]] = []
    var maybe: [Int?] = []
    var tags: Set<String> = []
    var step = Step.start

    mutating func change(_ random: inout SeededRandom) {
      let number = Int.random(in: 0..<6, using: &random)
      let line = Line(
        name: "line \(number) with a name that takes room of its own", price: Decimal(number),
        tags: Array(repeating: "tag", count: number), note: number > 3 ? "note" : nil,
        step: number > 4 ? .then("a", .start) : .start)
      switch Int.random(in: 0..<14, using: &random) {
      case 0...2: lines.append(line)
      case 3: if !lines.isEmpty { lines.removeFirst() }
      case 4: if !lines.isEmpty { lines[number % lines.count] = line }
      case 5: lines.reverse()
      case 6: swap(&lines, &other)
      case 7: best = number > 2 ? line : nil
      case 8: byName[line.name] = line
      case 9: numbers.append(number)
      case 10: nested.append(numbers)
      case 11: maybe.append(number > 2 ? number : nil)
      case 12: if !tags.insert("\(number)").inserted { tags.remove("\(number)") }
      default: step = .then("\(number)", line.step)
      }
    }
  }

  @Test("A field in which an object lies is coded each time")
  func objects() throws {
    final class Box: Codable, @unchecked Sendable { var number = 1 }
    struct Holder: Codable {
      var boxes = [Box()]
      var box: Box? = Box()
    }
    let memory = RoundTripMemory()
    let holder = Holder()
    for number in 1...3 {
      holder.boxes[0].number = number
      holder.box?.number = number * 10
      let restored = try Self.trip(holder, memory)
      #expect(restored.boxes.map(\.number) == [number])
      #expect(restored.box?.number == number * 10)
    }
  }

  @Test("What gets lost on the way gets lost each time")
  func losses() throws {
    struct Lossy: Codable, Equatable {
      var kept = 0
      var lost = 0
      private enum CodingKeys: CodingKey { case kept }
    }
    struct Holder: Codable, Equatable {
      var lossy: [Lossy] = []
      var count = 0
    }
    let memory = RoundTripMemory()
    var holder = Holder(lossy: [Lossy(kept: 1, lost: 2)])
    for count in 0..<3 {
      holder.count = count
      #expect(try Self.trip(holder, memory) == Holder(lossy: [Lossy(kept: 1)], count: count))
    }
  }

  @Test("What JSON cannot hold is refused each time, and what comes behind it is not mixed up with it")
  func unusual() throws {
    struct Holder: Codable, Equatable {
      var values: [CoderReuseTests.Loud: Int] = [:]
    }
    let memory = RoundTripMemory()
    let clash = Holder(values: [.init("a", 1): 1, .init("a", 2): 2])
    for _ in 0..<2 { #expect(throws: JSONError.self) { try Self.trip(clash, memory) } }
    #expect(try Self.trip(Holder(values: [.init("a", 0): 1]), memory) == Holder(values: [.init("a", 0): 1]))
  }

  /// Keeps the encoder that it was encoded with.
  struct Keeping: Codable {
    final class Kept: @unchecked Sendable { var encoders: [any Encoder] = [] }
    static let place = Kept()
    var items: [Store.Line] = []
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(items, forKey: .items)
      Self.place.encoders.append(encoder)
    }
    enum CodingKeys: CodingKey { case items }
  }

  @Test("What is put into an encoder that somebody keeps changes nothing that is known")
  func keptEncoder() throws {
    let memory = RoundTripMemory()
    var value = Keeping(items: [Store.Line(name: "1"), Store.Line(name: "2")])
    for round in 0..<4 {
      #expect(try Self.trip(value, memory).items == value.items)
      for encoder in Keeping.place.encoders {
        var container = encoder.container(keyedBy: Keeping.CodingKeys.self)
        try container.encode([Store.Line(name: "7")], forKey: .items)
      }
      value.items.append(Store.Line(name: "\(round)"))
    }
    Keeping.place.encoders = []
  }

  @Test("A decoder that somebody keeps outlives the memory")
  func keptDecoder() throws {
    struct Holder: Codable {
      var lazies: [CoderReuseTests.Lazy]
      init() { lazies = [] }
      init(from decoder: any Decoder) throws {
        lazies = try decoder.container(keyedBy: Key.self).decode([CoderReuseTests.Lazy].self, forKey: .lazies)
        lazies.append(try CoderReuseTests.Lazy(from: decoder))
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode([["a": 1], ["a": 2]], forKey: .lazies)
      }
      enum Key: CodingKey { case lazies }
    }
    var memory: RoundTripMemory? = RoundTripMemory()
    let restored = try [Self.trip(Holder(), memory), Self.trip(Holder(), memory)]
    memory = nil
    for holder in restored {
      #expect(try holder.lazies[1].container?.decode(Int.self, forKey: .a) == 2)
      let top = try holder.lazies[2].decoder.container(keyedBy: Holder.Key.self)
      #expect(try top.decode([[String: Int]].self, forKey: .lazies) == [["a": 1], ["a": 2]])
    }
  }
}
