import EventSourcing

/// Trees of values that are hard on JSON.
enum RandomTree {
  static let scalars: [DynamicValue] = [
    .null, .bool(true), .bool(false), .integer(0), .integer(1), .integer(-1), .integer(.min), .integer(.max),
    .unsigned(.max), .unsigned(7), .double(0), .double(-0.0), .double(1), .double(0.1), .double(-1.5), .double(1e300),
    .double(.nan), .double(Double(bitPattern: 0xFFF8_0000_0000_0001)), .double(.infinity), .double(-.infinity),
    .double(.leastNonzeroMagnitude), .double(9_007_199_254_740_992), .double(3.5e38), .double(1e22),
    .decimal(0), .decimal(10), .decimal(Decimal(string: "9.99") ?? 0), .decimal(.nan),
    .decimal(Decimal(string: "-0.10") ?? 0), .decimal(Decimal(string: "1e127") ?? 0),
    .decimal(Decimal(string: "1e-127") ?? 0), .decimal(Decimal(string: "340282366920938463463374607431768211455") ?? 0),
    .decimal(Decimal(string: "18446744073709551616") ?? 0),
    .decimal(Decimal(string: "123456789012345678901.234567890123456789") ?? 0),
    .string(""), .string("a"), .string("cash"), .string("is open"), .string("NaN"), .string("-Infinity"), .string("5"),
    .string("5 EUR"), .string("PT1M"), .string("2026-01-31"), .string("\0\"\\\u{2028}e\u{301}🎉"),
    .string("c56a4180-65aa-42ec-a945-5fd21dec0538"),
    .uuid(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))),
    .date(Date(timeIntervalSinceReferenceDate: 0)), .date(Date(timeIntervalSinceReferenceDate: -0.0)),
    .date(Date(timeIntervalSinceReferenceDate: .nan)), .date(Date(timeIntervalSinceReferenceDate: .infinity)),
    .date(Date(timeIntervalSinceReferenceDate: 812_345_678.125)), .date(Date(timeIntervalSinceReferenceDate: 1e9 / 3)),
    .date(Date(timeIntervalSinceReferenceDate: -6e10 / 7)), .date(Date(timeIntervalSinceReferenceDate: 1e17)),
    .date(Date(timeIntervalSinceReferenceDate: 1e300)),
    .date(Date(timeIntervalSinceReferenceDate: .leastNonzeroMagnitude)),
    .duration(.zero), .duration(.seconds(90)), .duration(.nanoseconds(-1)),
    .duration(Duration(secondsComponent: 1, attosecondsComponent: 1)),
    .duration(Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999)),
    .duration(Duration(secondsComponent: .min, attosecondsComponent: 0)),
    .array([]), .record(.init()),
  ]

  static let names = ["a", "b", "x", "super", "5", "name", "value", "street", "cash", "e\u{301}", "\u{E9}", ""]

  static func make(_ random: inout SeededRandom, depth: Int) -> DynamicValue {
    switch UInt8.random(in: 0..<10, using: &random) {
    case 0...1 where depth > 0:
      return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in make(&random, depth: depth - 1) })
    case 2...6 where depth > 0:
      return .record(
        DynamicRecord(
          names.shuffled(using: &random).prefix(Int.random(in: 0...6, using: &random)).map {
            .init($0, make(&random, depth: depth - 1), isDerived: UInt8.random(in: 0..<20, using: &random) == 0)
          }))
    case 7: return .decimal(decimal(&random))
    case 8: return .double(Double(bitPattern: random.next()))
    default: return scalars.randomElement(using: &random) ?? .null
    }
  }

  static func decimal(_ random: inout SeededRandom) -> Decimal {
    let mantissa = UInt128(random.next()) << 64 | UInt128(random.next())
    let parts = DecimalParts(
      isNegative: Bool.random(using: &random), mantissa: mantissa >> UInt128.random(in: 0...127, using: &random),
      exponent: Int.random(in: -60...20, using: &random) / Int.random(in: 1...10, using: &random))
    let decimal = parts.decimal ?? 0
    // A number with zeros behind its last digit, which arithmetic leaves there.
    return Bool.random(using: &random) ? decimal : decimal * (Decimal(string: "0.5") ?? 0) + decimal
  }
}
