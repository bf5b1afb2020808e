import EventSourcing
import Testing

@Suite("Coding that is entered again while it is at work")
struct CodecReentryTests {
  private enum Key: String, CodingKey { case number, other, list }

  /// Where a value leaves the container that it was encoded to.
  private final class Place: @unchecked Sendable {
    @TaskLocal static var here: Place?
    var fields: KeyedEncodingContainer<Key>?
  }

  /// Its derived value writes into the container that it was encoded to.
  private struct Derives: Encodable, DerivedValues {
    var number: Int
    static var derivedValues: [DerivedValue<Derives>] { [DerivedValue("derived", \.derived)] }
    var derived: Int {
      try? Place.here?.fields?.encode(-1, forKey: .other)
      Place.here?.fields = nil
      return number
    }
    func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: Key.self)
      try fields.encode(number, forKey: .number)
      Place.here?.fields = fields
    }
  }

  @Test("A derived value that writes where its record was encoded to changes no other record")
  func derivedValues() throws {
    let encoder = DynamicEncoder(includesDerivedValues: true)
    for number in 0..<4 {
      let tree = try Place.$here.withValue(Place()) { try encoder.encode(Derives(number: number)) }
      #expect(
        tree
          == .record(
            .init([
              .init("number", .integer(Int64(number))), .init("derived", .integer(Int64(number)), isDerived: true),
            ])))
    }
    #expect(
      try DynamicEncoder().encode(Derives(number: 7)) == .record(.init([.init("number", .integer(7))])))
  }

  /// Nests containers in a loop, without a value in between.
  private struct Deep: Encodable {
    var depth: Int
    var kind: Int
    func encode(to encoder: any Encoder) throws {
      switch kind {
      case 0:
        var list = encoder.unkeyedContainer()
        for _ in 0..<depth { list = list.nestedUnkeyedContainer() }
        try list.encode(1)
      case 1:
        var fields = encoder.container(keyedBy: Key.self)
        for _ in 0..<depth { fields = fields.nestedContainer(keyedBy: Key.self, forKey: .other) }
        try fields.encode(1, forKey: .number)
      default:
        var encoder = encoder
        for _ in 0..<depth {
          var fields = encoder.container(keyedBy: Key.self)
          encoder = fields.superEncoder()
        }
        try Derives(number: 1).encode(to: encoder)
      }
    }
  }

  @Test("Containers nested without end are refused", arguments: 0..<3)
  func nestedContainers(_ kind: Int) throws {
    for _ in 0..<2 {
      let error = #expect(throws: EncodingError.self) {
        try DynamicEncoder().encode(Deep(depth: 300_000, kind: kind))
      }
      #expect("\(String(describing: error))".contains("nested deeper than 256 levels"))
      #expect(throws: Never.self) { try DynamicEncoder().encode(Deep(depth: 200, kind: kind)) }
    }
  }

  /// A message that holds others of its own type, each coded by the codec of the type.
  private enum Batch: DomainMessage, Equatable {
    case one(number: Int)
    indirect case many(list: [Batch])

    private struct Coded: Codable {
      var index: Int
      var fields: DynamicFields
    }
    private struct DynamicFields: Codable { var text: String }

    private enum CodingKeys: CodingKey { case one, many }
    private enum OneKeys: CodingKey { case number }
    private enum ManyKeys: CodingKey { case list }

    init(from decoder: any Decoder) throws {
      let cases = try decoder.container(keyedBy: CodingKeys.self)
      if cases.contains(.one) {
        let fields = try cases.nestedContainer(keyedBy: OneKeys.self, forKey: .one)
        self = .one(number: try fields.decode(Int.self, forKey: .number))
        return
      }
      let fields = try cases.nestedContainer(keyedBy: ManyKeys.self, forKey: .many)
      let codec = MessageCodec<Batch>()
      self = .many(
        list: try fields.decode([Coded].self, forKey: .list).map { coded in
          guard case .record(let record) = try JSONText.read(Array(coded.fields.text.utf8)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no record"))
          }
          return try codec.decode(caseIndex: coded.index, record)
        })
    }

    func encode(to encoder: any Encoder) throws {
      var cases = encoder.container(keyedBy: CodingKeys.self)
      switch self {
      case .one(let number):
        // Needs the codec of the type, though nothing that it gives.
        _ = MessageCodec<Batch>().schema
        var fields = cases.nestedContainer(keyedBy: OneKeys.self, forKey: .one)
        try fields.encode(number, forKey: .number)
      case .many(let list):
        let codec = MessageCodec<Batch>()
        var fields = cases.nestedContainer(keyedBy: ManyKeys.self, forKey: .many)
        let coded = try list.map { message in
          let index = codec.caseIndex(of: message)
          let text = try JSONText.write(.record(codec.encode(message)))
          return Coded(index: index, fields: DynamicFields(text: String(decoding: text, as: UTF8.self)))
        }
        try fields.encode(coded, forKey: .list)
      }
    }
  }

  @Test("A message is coded whose own coding uses the codec of its type")
  func messagesOfTheirOwnType() throws {
    let codec = MessageCodec<Batch>()
    let message = Batch.many(list: [.one(number: 1), .many(list: [.one(number: 2)])])
    for _ in 0..<3 {
      let index = codec.caseIndex(of: message)
      #expect(try codec.decode(caseIndex: index, codec.encode(message)) == message)
    }
  }

  /// An enum without payloads, a case of which is coded by way of another one.
  private enum Level: Codable, Equatable {
    case low, high

    init(from decoder: any Decoder) throws {
      let text = try decoder.singleValueContainer().decode(String.self)
      if text == "low" {
        self = .low
      } else {
        self = try DynamicDecoder().decode(Level.self, from: .string("low")) == .low ? .high : .low
      }
    }

    func encode(to encoder: any Encoder) throws {
      var single = encoder.singleValueContainer()
      guard self == .high else { return try single.encode("low") }
      guard case .string(let low) = try DynamicEncoder().encode(Level.low) else { return }
      try single.encode("not " + low)
    }
  }

  @Test("An enum is coded one case of which is coded by way of another")
  func casesByWayOfOthers() throws {
    for _ in 0..<3 {
      #expect(try DynamicEncoder().encode([Level.high, .low]) == .array([.string("not low"), .string("low")]))
      #expect(
        try DynamicDecoder().decode([Level].self, from: .array([.string("not low"), .string("low")])) == [.high, .low])
    }
  }
}
