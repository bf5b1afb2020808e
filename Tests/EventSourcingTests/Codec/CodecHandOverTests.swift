import EventSourcing
import Testing

/// What values got hold of while they were decoded or encoded, to be used when that is over.
final class Kept: @unchecked Sendable {
  /// What a value keeps of its coder.
  enum Part: CaseIterable, CustomTestStringConvertible {
    case coder, fields, list, single, nestedFields, nestedList, superCoder, superCoderOfField
    var testDescription: String { "\(self)" }
  }

  enum Key: String, CodingKey, CaseIterable { case number, inner, list }

  /// Set where values keep something, for the task that codes them.
  @TaskLocal static var here: Kept?

  let part: Part
  /// Asks again what was asked while the value was decoded, for its number.
  var questions: [() throws -> Int] = []
  /// Puts something in again where the value was encoded to.
  var writes: [() throws -> Void] = []
  /// The coders themselves, to see whether they go.
  var coders: [WeakReference] = []

  struct WeakReference { weak var object: AnyObject? }

  init(_ part: Part) { self.part = part }

  static let codersStay = "a coder that nobody holds is still there"
}

/// A value that keeps something of its coders where it is told to.
private struct Keeper: Codable, Equatable {
  var number: Int
  var fails = false

  init(_ number: Int, fails: Bool = false) {
    self.number = number
    self.fails = fails
  }

  static func == (left: Keeper, right: Keeper) -> Bool { left.number == right.number }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Kept.Key.self)
    if let kept = Kept.here { try Self.keep(kept, decoder, fields) }
    number = try fields.decode(Int.self, forKey: .number)
    if number < 0 { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "below zero")) }
  }

  private static func keep(
    _ kept: Kept, _ decoder: any Decoder, _ fields: KeyedDecodingContainer<Kept.Key>
  ) throws {
    kept.coders.append(.init(object: decoder as AnyObject))
    switch kept.part {
    case .coder:
      kept.questions.append {
        try decoder.container(keyedBy: Kept.Key.self).decode(Keeper.self, forKey: .inner).number
      }
    case .fields:
      kept.questions.append { try fields.decode(Int.self, forKey: .number) }
    case .list:
      let list = try fields.superDecoder(forKey: .list)
      kept.questions.append {
        var elements = try list.unkeyedContainer()
        return try elements.decode(Int.self)
      }
    case .single:
      let single = try fields.superDecoder(forKey: .number).singleValueContainer()
      kept.questions.append { try single.decode(Int.self) }
    case .nestedFields:
      let nested = try fields.nestedContainer(keyedBy: Kept.Key.self, forKey: .inner)
      kept.questions.append { try nested.decode(Int.self, forKey: .number) }
    case .nestedList:
      let nested = try fields.nestedUnkeyedContainer(forKey: .list)
      kept.questions.append {
        var copy = nested
        return try copy.decode(Int.self)
      }
    case .superCoder:
      let above = try fields.superDecoder()
      kept.questions.append { try above.container(keyedBy: Kept.Key.self).decode(Int.self, forKey: .number) }
    case .superCoderOfField:
      let above = try fields.superDecoder(forKey: .inner)
      kept.questions.append { try Keeper(from: above).number }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Kept.Key.self)
    try fields.encode(number, forKey: .number)
    if let kept = Kept.here { try keep(kept, encoder, fields) }
    if fails { throw EncodingError.invalidValue(self, .init(codingPath: [], debugDescription: "told to")) }
  }

  private func keep(
    _ kept: Kept, _ encoder: any Encoder, _ fields: KeyedEncodingContainer<Kept.Key>
  ) throws {
    var fields = fields
    kept.coders.append(.init(object: encoder as AnyObject))
    switch kept.part {
    case .coder:
      kept.writes.append {
        var fields = encoder.container(keyedBy: Kept.Key.self)
        try fields.encode(Keeper(-1), forKey: .inner)
      }
    case .fields: kept.writes.append { try fields.encode(-1, forKey: .inner) }
    case .list:
      let above = fields.superEncoder(forKey: .list)
      var list = above.unkeyedContainer()
      kept.writes.append { try list.encode(Keeper(-1)) }
    case .single:
      let above = fields.superEncoder(forKey: .list)
      kept.writes.append {
        var single = above.singleValueContainer()
        try single.encode(-1)
      }
    case .nestedFields:
      var nested = fields.nestedContainer(keyedBy: Kept.Key.self, forKey: .inner)
      kept.writes.append { try nested.encode(-1, forKey: .number) }
    case .nestedList:
      var nested = fields.nestedUnkeyedContainer(forKey: .list)
      kept.writes.append {
        try nested.encode(-1)
        var deeper = nested.nestedUnkeyedContainer()
        try deeper.encode(-1)
      }
    case .superCoder:
      let above = fields.superEncoder()
      kept.writes.append { try Keeper(-1).encode(to: above) }
    case .superCoderOfField:
      let above = fields.superEncoder(forKey: .inner)
      kept.writes.append { try [-1].encode(to: above) }
    }
  }

  /// A coded form of which every part answers with the number.
  static func form(_ number: Int) -> DynamicValue {
    let value = DynamicValue.integer(Int64(number))
    let inner = DynamicValue.record(.init([.init("number", value)]))
    return .record(
      .init([.init("number", value), .init("inner", inner), .init("list", .array([value])), .init("super", inner)]))
  }

  /// A number's form as it is encoded where nothing is kept.
  static func plainForm(_ number: Int) -> DynamicValue {
    .record(.init([.init("number", .integer(Int64(number)))]))
  }
}

@Suite("Coders that outlive their values")
struct CodecHandOverTests {
  private static func decodeOthers(_ count: Int = 50) throws {
    let others = (1000..<1000 + count).map { Keeper($0) }
    #expect(try DynamicDecoder().decode([Keeper].self, from: .array(others.map { Keeper.form($0.number) })) == others)
  }

  private static func encodeOthers(_ count: Int = 50) throws {
    let numbers = 1000..<1000 + count
    #expect(try DynamicEncoder().encode(numbers.map { Keeper($0) }) == .array(numbers.map(Keeper.plainForm)))
  }

  /// Decodes values that keep something, one by one and in a list.
  private static func decodeKeeping(_ part: Kept.Part, _ count: Int = 20) throws -> Kept {
    let kept = Kept(part)
    try Kept.$here.withValue(kept) {
      for number in 0..<count {
        #expect(try DynamicDecoder().decode(Keeper.self, from: Keeper.form(number)) == Keeper(number))
      }
      let list = try DynamicDecoder().decode([Keeper].self, from: .array((count..<2 * count).map(Keeper.form)))
      #expect(list == (count..<2 * count).map { Keeper($0) })
    }
    return kept
  }

  private static func encodeKeeping(_ part: Kept.Part, _ count: Int = 20) throws -> Kept {
    let kept = Kept(part)
    try Kept.$here.withValue(kept) {
      for number in 0..<count { _ = try DynamicEncoder().encode(Keeper(number)) }
      _ = try DynamicEncoder().encode((count..<2 * count).map { Keeper($0) })
    }
    return kept
  }

  @Test("What was kept of a decoder answers as it did, whatever was decoded since", arguments: Kept.Part.allCases)
  func decoders(_ part: Kept.Part) throws {
    let kept = try Self.decodeKeeping(part)
    for _ in 0..<2 {
      try Self.decodeOthers()
      for (number, ask) in kept.questions.enumerated() { #expect(try ask() == number) }
    }
    #expect(kept.questions.count == 40)
    kept.questions = []
    try Self.decodeOthers()
    #expect(kept.coders.allSatisfy { $0.object == nil }, "\(Kept.codersStay)")
  }

  @Test("What is written to what was kept of an encoder goes nowhere", arguments: Kept.Part.allCases)
  func encoders(_ part: Kept.Part) throws {
    let kept = try Self.encodeKeeping(part)
    for _ in 0..<2 {
      try Self.encodeOthers()
      for write in kept.writes { try write() }
    }
    try Self.encodeOthers()
    #expect(kept.writes.count == 40)
    kept.writes = []
    #expect(kept.coders.allSatisfy { $0.object == nil }, "\(Kept.codersStay)")
  }

  @Test("Values that fail half-way leave nothing behind but what they keep", arguments: Kept.Part.allCases)
  func failures(_ part: Kept.Part) throws {
    let kept = Kept(part)
    Kept.$here.withValue(kept) {
      for _ in 0..<10 {
        #expect(throws: DecodingError.self) {
          try DynamicDecoder().decode([Keeper].self, from: .array([Keeper.form(-1)]))
        }
        #expect(throws: EncodingError.self) { try DynamicEncoder().encode([Keeper(1), Keeper(2, fails: true)]) }
      }
    }
    for _ in 0..<2 {
      try Self.decodeOthers()
      try Self.encodeOthers()
      // The decoders of a field that is a Keeper again say so; the others give the number.
      for ask in kept.questions { #expect((try? ask()) ?? -1 == -1) }
      for write in kept.writes { try write() }
    }
    kept.questions = []
    kept.writes = []
    #expect(kept.coders.allSatisfy { $0.object == nil }, "\(Kept.codersStay)")
  }

  @Test("Other threads use what was kept while values of the type are coded", arguments: Kept.Part.allCases)
  func threads(_ part: Kept.Part) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let decoding = try Self.decodeKeeping(part, 5)
          let encoding = try Self.encodeKeeping(part, 5)
          // The task that made them lets go of them while this one is at work with them.
          async let answers: Void = {
            for (number, ask) in decoding.questions.enumerated() { #expect(try ask() == number) }
            decoding.questions = []
            for write in encoding.writes { try write() }
            encoding.writes = []
          }()
          for _ in 0..<10 {
            try Self.decodeOthers(5)
            try Self.encodeOthers(5)
          }
          try await answers
        }
      }
      try await group.waitForAll()
    }
  }

  /// A key that looks at the decoder again while it is made.
  private struct Meddling: CodingKey {
    @TaskLocal static var decoder: Kept?
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) {
      self.stringValue = stringValue
      // Asked within the asking only once.
      let questions = Self.decoder?.questions ?? []
      Self.decoder?.questions = []
      for ask in questions { _ = try? ask() }
      Self.decoder?.questions = questions
    }
    init?(intValue: Int) { nil }
  }

  /// An enum that looks at all of its keys.
  private enum Looked: Codable, Equatable {
    case none
    case some(Int)
    init(from decoder: any Decoder) throws {
      let kept = Kept(.coder)
      kept.questions = [
        {
          try decoder.container(keyedBy: Meddling.self).allKeys.count
            + decoder.container(keyedBy: Kept.Key.self)
            .allKeys.count
        }
      ]
      let fields = try decoder.container(keyedBy: Meddling.self)
      let keys = Meddling.$decoder.withValue(kept) {
        fields.allKeys.map(\.stringValue)
      }
      kept.questions = []
      self = keys == ["none"] ? .none : .some(try fields.decode(Int.self, forKey: Meddling(stringValue: "some")))
    }
    func encode(to encoder: any Encoder) throws {}
  }

  @Test("A key that asks the decoder while its keys are listed changes nothing")
  func meddlingKeys() throws {
    let trees: [DynamicValue] = [
      .string("none"), .record(.init([.init("some", .integer(1))])), .string("none"),
    ]
    for _ in 0..<3 {
      #expect(try DynamicDecoder().decode([Looked].self, from: .array(trees)) == [.none, .some(1), .none])
    }
  }
}
