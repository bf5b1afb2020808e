import EventSourcing
import Testing

@testable import EventSpec

@Suite("Types that carry every value")
struct CodingProofTests {
  @Test("a type coded by the compiler is proven, and only after its first values")
  func proven() {
    let proof = proof(of: Plain.self)
    for _ in 0..<63 { proof.note() }
    #expect(!proof.isProven)
    proof.note()
    #expect(proof.isProven)
  }

  @Test("a type that rounds, drops, trims, clamps, cuts off or checks is not")
  func refuted() {
    let proofs: [(String, CodingProof)] = [
      ("rounding", proof(of: Rounding.self)), ("dropping", proof(of: Dropping.self)),
      ("dropping inside", proof(of: Outer.self)), ("trimming", proof(of: Trimming.self)),
      ("clamping", proof(of: Clamping.self)), ("cutting", proof(of: Cutting.self)),
      ("checking", proof(of: Checking.self)), ("whole", proof(of: Whole.self)),
    ]
    for (name, proof) in proofs {
      for _ in 0..<200 { proof.note() }
      #expect(!proof.isProven, "\(name)")
    }
  }

  @Test("a value that is lost is found however many went well before")
  func longRuns() async throws {
    for number in 0..<100 {
      #expect(await Scenario(of: Lossy.self).when(.setPrice(Double(number))).then(version: 1).kinds == [])
    }
    #expect(await Scenario(of: Lossy.self).when(.setPrice(0.125)).then(version: 1).kinds == [.codecLoss])
  }

  @Test("scenarios go on passing and failing as before once their types are proven")
  func provenScenarios() async throws {
    for number in 0..<200 {
      let start = Scenario(of: Parcel.self).given(.packed(contents: ["\(number)"])).given(.weighed(grams: number))
      try await start.when(.split).then(.packed(contents: ["\(number)"])).then(version: 3)
        .thenState(\.grams, number).check()
      #expect(await start.when(.weigh(grams: number)).then(.weighed(grams: number + 1)).kinds == [.eventsDiffer])
    }
    #expect(await Scenario(of: Impure.self).when(.makeID).then(version: 1).kinds == [.notDeterministic])
  }

  private func proof<Value: Codable & SendableMetatype>(of type: Value.Type) -> CodingProof {
    let fields =
      if case .record(let record) = TypeSchema.reflecting(type) { record.fields } else { [FieldSchema]() }
    return CodingProof(fields: fields, areAllListed: { StoredFields.areListed(of: type, in: fields) }) { stored in
      let value = try DynamicDecoder().decode(Value.self, from: .record(stored))
      guard case .record(let record) = try DynamicEncoder().encode(value) else { return DynamicRecord() }
      return record
    }
  }

  enum Kind: String, Codable { case small, large }
  enum Payment: Codable {
    case cash
    case card(number: String, expires: Date)
  }

  struct Plain: Codable {
    var name: String
    var count: Int
    var small: UInt8
    var huge: UInt64
    var share: Double
    var price: Decimal?
    var at: Date?
    var lasts: Duration
    var id: UUID
    var tags: [String]
    var kind: Kind
    var payment: Payment?
    var inner: [Inner]
    var notes: [String: Int]
    struct Inner: Codable { var flag: Bool; var value: Float? }
  }

  struct Rounding: Codable {
    var at: Date
    init(from decoder: any Decoder) throws {
      at = try decoder.container(keyedBy: Keys.self).decode(Date.self, forKey: .at)
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      let seconds = at.timeIntervalSinceReferenceDate.rounded()
      try container.encode(Date(timeIntervalSinceReferenceDate: seconds), forKey: .at)
    }
    enum Keys: String, CodingKey { case at }
  }

  struct Dropping: Codable {
    var kept = 0
    var dropped = 0
    enum CodingKeys: CodingKey { case kept }
  }

  struct Outer: Codable {
    var list: [String: [Dropping?]]
  }

  struct Trimming: Codable {
    var text: String
    init(from decoder: any Decoder) throws {
      let text = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .text)
      self.text = String(text.drop { $0 == " " })
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(text, forKey: .text)
    }
    enum Keys: String, CodingKey { case text }
  }

  struct Clamping: Codable {
    var count: Int
    init(from decoder: any Decoder) throws {
      count = min(100, max(0, try decoder.container(keyedBy: Keys.self).decode(Int.self, forKey: .count)))
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(count, forKey: .count)
    }
    enum Keys: String, CodingKey { case count }
  }

  struct Cutting: Codable {
    var items: [Int]
    init(from decoder: any Decoder) throws {
      items = try decoder.container(keyedBy: Keys.self).decode([Int].self, forKey: .items)
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(Array(items.prefix(10)), forKey: .items)
    }
    enum Keys: String, CodingKey { case items }
  }

  struct Checking: Codable {
    var count: Int
    struct Negative: Error {}
    init(from decoder: any Decoder) throws {
      count = try decoder.container(keyedBy: Keys.self).decode(Int.self, forKey: .count)
      if count < 0 { throw Negative() }
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(count, forKey: .count)
    }
    enum Keys: String, CodingKey { case count }
  }

  struct Whole: Codable {
    var amount: Double
    init(from decoder: any Decoder) throws { amount = Double(try Int(from: decoder)) }
    func encode(to encoder: any Encoder) throws { try Int(amount).encode(to: encoder) }
  }
}
