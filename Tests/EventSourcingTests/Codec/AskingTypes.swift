import EventSourcing

/// What was asked of a decoder, and what it answered.
final class RequestLog: @unchecked Sendable {
  static let key = CodingUserInfoKey(rawValue: "requests").unsafelyUnwrapped
  var random: SeededRandom
  var lines: [String] = []
  var left = 60

  init(_ seed: UInt64) { random = SeededRandom(seed) }

  func log<T>(_ request: String, _ answer: () throws -> T) -> T? {
    do {
      let answer = try answer()
      lines.append("\(request): \(describe(answer))")
      return answer
    } catch {
      lines.append("\(request): \(error)")
      return nil
    }
  }

  private func describe(_ value: Any) -> String {
    if let value = value as? any Encodable, let tree = try? DynamicEncoder().encode(value) { return exactText(tree) }
    if value is any KeyedDecodingContainerProtocol { return "fields" }
    if value is any UnkeyedDecodingContainer { return "elements" }
    if value is any Decoder { return "decoder" }
    return "\(value)"
  }

  func roll(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
}

/// Asks its decoder whatever comes to mind.
struct Asking: Codable {
  struct Key: CodingKey {
    var stringValue: String
    var intValue: Int?
    init(stringValue: String) {
      self.stringValue = stringValue
      intValue = Int(stringValue)
    }
    init(intValue: Int) { self.init(stringValue: String(intValue)) }
  }

  init(from decoder: any Decoder) throws {
    guard let log = decoder.userInfo[RequestLog.key] as? RequestLog else { return }
    Self.ask(decoder, log)
    if log.roll(10) == 0 { throw CodecError(.invalidPayload, type: "Asking", "does not like it") }
  }

  func encode(to encoder: any Encoder) throws {}

  static func ask(_ decoder: any Decoder, _ log: RequestLog) {
    for _ in 0...log.roll(3) {
      guard log.left > 0 else { return }
      log.left -= 1
      switch log.roll(3) {
      case 0: if let container = log.log("keyed", { try decoder.container(keyedBy: Key.self) }) { ask(container, log) }
      case 1: if let container = log.log("list", { try decoder.unkeyedContainer() }) { ask(container, log) }
      default:
        guard let container = log.log("single", { try decoder.singleValueContainer() }) else { return }
        _ = log.log("nil") { container.decodeNil() }
        request(log, { try container.decode($0) }, { $0(container) })
      }
    }
  }

  static func ask(_ container: KeyedDecodingContainer<Key>, _ log: RequestLog) {
    lines(log, container)
    for _ in 0...log.roll(6) {
      guard log.left > 0 else { return }
      log.left -= 1
      let names = container.allKeys.map(\.stringValue) + [RandomTree.names[log.roll(RandomTree.names.count)]]
      let key = Key(stringValue: names[log.roll(names.count)])
      switch log.roll(10) {
      case 0: _ = log.log("contains") { container.contains(key) }
      case 1: _ = log.log("nil") { try container.decodeNil(forKey: key) }
      case 2:
        if let nested = log.log("nested", { try container.nestedContainer(keyedBy: Key.self, forKey: key) }) {
          ask(nested, log)
        }
      case 3:
        if let nested = log.log("list", { try container.nestedUnkeyedContainer(forKey: key) }) { ask(nested, log) }
      case 4:
        if let decoder = log.log("super", { try container.superDecoder() }) { ask(decoder, log) }
      case 5:
        if let decoder = log.log("super for", { try container.superDecoder(forKey: key) }) { ask(decoder, log) }
      case 6:
        request(log, { try container.decodeIfPresent($0, forKey: key) }, { _ in })
      default:
        request(
          log, { try container.decode($0, forKey: key) },
          {
            guard let decoder = log.log("single", { try container.superDecoder(forKey: key) }),
              let single = try? decoder.singleValueContainer()
            else { return }
            $0(single)
          })
      }
    }
  }

  private static func lines(_ log: RequestLog, _ container: KeyedDecodingContainer<Key>) {
    _ = log.log("keys") { container.allKeys.map(\.stringValue) }
    _ = log.log("path") { container.codingPath.map(\.stringValue) }
  }

  static func ask(_ elements: any UnkeyedDecodingContainer, _ log: RequestLog) {
    var elements = elements
    _ = log.log("count") { elements.count }
    while log.left > 0, !elements.isAtEnd || log.roll(3) == 0 {
      log.left -= 1
      let index = elements.currentIndex
      switch log.roll(6) {
      case 0: _ = log.log("nil") { try elements.decodeNil() }
      case 1:
        if let nested = log.log("nested", { try elements.nestedContainer(keyedBy: Key.self) }) { ask(nested, log) }
      case 2: if let nested = log.log("list", { try elements.nestedUnkeyedContainer() }) { ask(nested, log) }
      case 3: if let decoder = log.log("super", { try elements.superDecoder() }) { ask(decoder, log) }
      default: request(log, { try elements.decode($0) }, { _ in })
      }
      if elements.currentIndex == index { return }
    }
  }

  /// Asks for one of many types.
  private static func request(
    _ log: RequestLog, _ decode: (any Codable.Type) throws -> (any Codable)?,
    _ plain: ((any SingleValueDecodingContainer) -> Void) -> Void
  ) {
    let types: [any Codable.Type] = [
      Bool.self, String.self, Int.self, Int8.self, UInt16.self, UInt64.self, Int128.self, UInt128.self, Double.self,
      Float.self, Decimal.self, UUID.self, Date.self, Duration.self, Data.self, URL.self, String?.self, Decimal?.self,
      [Int].self, [String].self, [String: Decimal].self, [Int: String].self, [UUID: Int].self, [Double: Int].self,
      [Shop.Status: String].self, Set<Int>.self, Shop.Payment.self, Shop.Address.self, Shop.CustomerID.self,
      Shop.SKU.self, Shop.Cents.self, Shop.Status.self, Price.self, ShowingCustom.self, TextFirst.self,
      WholeFirst.self, DecimalFirst.self, TruthFirst.self, Asking.self, [Asking].self, [String: Asking].self,
      Wrapped.self,
    ]
    switch log.roll(6) {
    case 0:
      plain { container in
        // The requests that no generic call takes.
        _ = log.log("Int32") { try container.decode(Int32.self) }
        _ = log.log("UInt") { try container.decode(UInt.self) }
        _ = log.log("plain String") { try container.decode(String.self) }
        _ = log.log("plain Double") { try container.decode(Double.self) }
        _ = log.log("plain Bool") { try container.decode(Bool.self) }
        _ = log.log("plain Float") { try container.decode(Float.self) }
      }
    default:
      let type = types[log.roll(types.count)]
      _ = log.log("\(type)") { try decode(type) as Any }
    }
  }
}

/// Takes the first that fits, and says which it was.
protocol FirstFitting: Codable {
  var fitting: String { get }
  init(fitting: String)
  static var order: [any Codable.Type] { get }
}

extension FirstFitting {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    for type in Self.order {
      guard let value = try? container.decode(type), let tree = try? DynamicEncoder().encode(value) else { continue }
      self.init(fitting: "\(type) \(exactText(tree))")
      return
    }
    self.init(fitting: container.decodeNil() ? "nil" : "nothing")
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(fitting)
  }
}

struct TextFirst: FirstFitting {
  var fitting: String
  static var order: [any Codable.Type] { [String.self, UUID.self, Date.self, Duration.self, Double.self] }
}

struct WholeFirst: FirstFitting {
  var fitting: String
  static var order: [any Codable.Type] { [Int.self, Double.self, Decimal.self, Date.self, UUID.self, String.self] }
}

struct DecimalFirst: FirstFitting {
  var fitting: String
  static var order: [any Codable.Type] { [Decimal.self, Int.self, Double.self, Bool.self, String.self] }
}

struct TruthFirst: FirstFitting {
  var fitting: String
  static var order: [any Codable.Type] { [Bool.self, UInt8.self, Double.self, Int.self, Duration.self, Date.self] }
}

/// An enum whose raw values are no texts.
enum Half: Double, Codable {
  case none = 0
  case half = 0.5
  case one = 1
  init?(value: UUID) { self = .one }
}

/// A value around one of a type that decodes itself.
struct Wrapped: Codable {
  var value: TextFirst
}

/// Shows the tree that a type with a stored form of its own is given.
struct ShowingCustom: Codable, CustomCoded {
  var text: String
  static var typeSchema: TypeSchema { .string }
  static func encode(_ value: ShowingCustom) -> DynamicValue { .string(value.text) }
  static func decode(_ value: DynamicValue) throws -> ShowingCustom { ShowingCustom(text: exactText(value)) }
}

/// A list of itself.
struct Deep: Codable {
  var inner: [Deep] = []
  init(from decoder: any Decoder) throws {
    guard var list = try? decoder.unkeyedContainer() else { return }
    while !list.isAtEnd { inner.append(try list.decode(Deep.self)) }
  }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(inner.count)
  }
}

/// Forgets one of its fields.
struct Lossy: Codable, Equatable {
  var kept: Int
  var lost = 0
  enum CodingKeys: CodingKey { case kept }
}

/// Does not take what it gives.
struct Mute: Codable {
  init() {}
  init(from decoder: any Decoder) throws { _ = try decoder.singleValueContainer().decode(Bool.self) }
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(1)
  }
}

/// Gives nothing.
struct Speechless: Codable {
  init() {}
  init(from decoder: any Decoder) throws {}
  func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(self, EncodingError.Context(codingPath: [], debugDescription: "nothing to say"))
  }
}
