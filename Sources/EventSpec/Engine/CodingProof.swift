import EventSourcing
import Synchronization

/// Whether a type's Codable conformance carries any value through, so that no single value need be tried any more.
///
/// The conformance that the compiler writes does; one written by hand may round a number or leave a field out. The first
/// values of a type are tried one by one. After those the type itself is: values that are hard to carry — extremes,
/// fractions, odd texts, nothing, long lists, every case — go through the stored form and must come back as they were,
/// each in its field. A type that drops, rounds, trims or refuses any of them goes on being tried value by value.
final class CodingProof: Sendable {
  private enum Verdict { static let unknown = 0, proven = 1, refuted = 2 }

  private let tried = Atomic(0)
  private let verdict = Atomic(Verdict.unknown)
  private let fields: [FieldSchema]
  private let areAllListed: @Sendable () -> Bool
  private let roundTrip: @Sendable (DynamicRecord) throws -> DynamicRecord
  private static let triedOneByOne = 64
  private static let rounds: UInt64 = 32

  /// Makes the proof of a type of which nothing has been seen.
  ///
  /// - Parameters:
  ///   - fields: The type's fields.
  ///   - areAllListed: Tells whether these are all fields that the type stores.
  ///   - roundTrip: Decodes a coded form and encodes what came of it.
  init(
    fields: [FieldSchema], areAllListed: @escaping @Sendable () -> Bool,
    roundTrip: @escaping @Sendable (DynamicRecord) throws -> DynamicRecord
  ) {
    self.fields = fields.filter { !$0.isDerived }
    self.areAllListed = areAllListed
    self.roundTrip = roundTrip
  }

  /// Whether values need not be tried one by one any more.
  var isProven: Bool { verdict.load(ordering: .relaxed) == Verdict.proven }

  /// Notes that a value was tried and came through.
  func note() {
    guard tried.add(1, ordering: .relaxed).newValue == Self.triedOneByOne else { return }
    verdict.store(carriesHardValues() ? Verdict.proven : Verdict.refuted, ordering: .relaxed)
  }

  private func carriesHardValues() -> Bool {
    guard areAllListed() else { return false }
    for round in 0..<Self.rounds {
      var values = HardValues(round: round)
      guard let sample = values.record(fields),
        case .record(let stored)? = try? JSONText.read(JSONText.write(.record(sample))),
        let result = try? roundTrip(stored), result.isIdentical(to: sample)
      else { return false }
    }
    return true
  }
}

/// Values of a type that are hard to carry through a stored form.
private struct HardValues {
  private let round: UInt64
  private var state: UInt64
  private var depth = 0

  init(round: UInt64) {
    self.round = round
    state = round &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  private mutating func one<Element>(of elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[Int(next() % UInt64(elements.count))]
  }

  /// A record; nil where a field's type has no values that can be made.
  mutating func record(_ fields: [FieldSchema]) -> DynamicRecord? {
    var result = DynamicRecord()
    for field in fields where !field.isDerived {
      guard let value = value(field.type) else { return nil }
      result.fields.append(.init(field.name, value))
    }
    return result
  }

  private mutating func value(_ type: TypeSchema) -> DynamicValue? {
    guard depth < 12 else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch type {
    case .string:
      return one(of: [
        "", " a  b ", "ÜPPER ß 😀", "x\n\t\"\\\u{0}/", "null", "12", String(repeating: "long ", count: 40),
      ])
      .map { .string($0) }
    case .bool: return .bool(next() % 2 == 0)
    case .integer(let bits, let isSigned): return integer(bits: bits, isSigned: isSigned)
    case .floatingPoint(let bits):
      guard let number = one(of: [0.1, -1.0 / 3, 123_456.789, 1e-7, -2.5e20, 0.375]) else { return nil }
      return .double(bits == 32 ? Double(Float(number)) : number)
    case .decimal:
      return one(of: ["0", "-0.001", "19.99", "12345678901234567890.123456789", "-7", "1e-20"])
        .flatMap { Decimal(string: $0) }.map { .decimal($0) }
    case .date:
      return one(of: [-63_114_076_800.125, 0, 712_345_678.625, 4_102_444_799.875])
        .map { .date(Date(timeIntervalSinceReferenceDate: $0)) }
    case .duration:
      return one(of: [.zero, .milliseconds(1_234_567), .seconds(-86_400), .nanoseconds(17)] as [Duration])
        .map { .duration($0) }
    case .uuid:
      let bytes = (next(), next())
      return .uuid(withUnsafeBytes(of: bytes) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) })
    case .data: return one(of: ["", "AQID", "//79+w=="]).map { .string($0) }
    case .optional(let wrapped):
      guard let value = value(wrapped) else { return nil }
      return next() % 3 == 0 ? .null : value
    case .array(let element):
      let count = one(of: depth <= 2 ? [0, 1, 2, 40] : [0, 1, 3]) ?? 0
      return elements(element, count: count).map { .array($0) }
    case .set(let element): return elements(element, count: Int(next() % 2)).map { .array($0) }
    case .dictionary(let key, let element):
      guard let value = value(element) else { return nil }
      if next() % 4 == 0 { return .record(DynamicRecord()) }
      switch key {
      case .string: return .record(DynamicRecord([.init("a key", value)]))
      case .integer: return .record(DynamicRecord([.init("17", value)]))
      default: return nil
      }
    case .record(let schema): return record(schema.fields).map { .record($0) }
    case .enumeration(let schema): return enumeration(schema)
    case .text, .recursive, .unreadable: return nil
    }
  }

  private mutating func elements(_ type: TypeSchema, count: Int) -> [DynamicValue]? {
    // One is made in any case, so that a type without values is found.
    guard let first = value(type) else { return nil }
    var result = count > 0 ? [first] : []
    while result.count < count {
      guard let value = value(type) else { return nil }
      result.append(value)
    }
    return result
  }

  private mutating func integer(bits: Int, isSigned: Bool) -> DynamicValue? {
    guard bits > 0, bits <= 64 else { return nil }
    if isSigned {
      let largest = bits == 64 ? Int64.max : (1 << (bits - 1)) - 1
      return one(of: [0, 1, -1, 42, largest, -largest - 1]).map { .integer($0) }
    }
    let largest = bits == 64 ? UInt64.max : (1 << bits) - 1
    guard let number = one(of: [0, 1, 42, largest]) else { return nil }
    return Int64(exactly: number).map { .integer($0) } ?? .unsigned(number)
  }

  private mutating func enumeration(_ schema: EnumerationSchema) -> DynamicValue? {
    // Every case has its turn in one of the rounds.
    guard !schema.cases.isEmpty, schema.cases.count <= 32 else { return nil }
    let found = schema.cases[Int((round + (depth <= 1 ? 0 : next() % 3)) % UInt64(schema.cases.count))]
    if let rawValue = found.rawValue { return rawValue }
    if found.fields.isEmpty { return .string(found.name) }
    return record(found.fields).map { .record(DynamicRecord([.init(found.name, .record($0))])) }
  }
}
