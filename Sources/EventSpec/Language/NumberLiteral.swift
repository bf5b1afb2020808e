import EventSourcing

/// Numbers as they are written in specs, read without losing anything.
enum NumberLiteral {
  /// Why a text is no number of the type asked for.
  enum Problem: Error, Equatable {
    /// It is no number at all.
    case noNumber
    /// It has a fraction.
    case fraction
    /// It is too large, too small, or has a sign where there is none.
    case outOfRange
    /// It has more digits than the type can hold.
    case lostDigit
  }

  /// A decimal number taken apart: the significant digits and the power of ten of the last one.
  struct Digits: Equatable {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0
  }

  /// Takes a number apart.
  ///
  /// - Parameter text: A sign, digits, a fraction and an exponent, all but the digits optional.
  /// - Returns: The parts without zeros at either end; nil where the text is no number.
  static func digits(_ text: some Collection<UInt8>) -> Digits? {
    var result = Digits()
    var bytes = text[...]
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      result.isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
    }
    var hasPoint = false
    var hasDigit = false
    while let byte = bytes.first {
      if byte == UInt8(ascii: "."), !hasPoint, hasDigit, bytes.dropFirst().first.map(isDigit) == true {
        hasPoint = true
      } else if isDigit(byte) {
        hasDigit = true
        if byte != UInt8(ascii: "0") || !result.digits.isEmpty { result.digits.append(byte - UInt8(ascii: "0")) }
        if hasPoint { result.exponent -= 1 }
      } else {
        break
      }
      bytes = bytes.dropFirst()
    }
    guard hasDigit else { return nil }
    if let byte = bytes.first {
      guard byte | 0x20 == UInt8(ascii: "e"), let power = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)),
        abs(power) < 10_000
      else { return nil }
      result.exponent += power
    }
    while result.digits.last == 0 {
      result.digits.removeLast()
      result.exponent += 1
    }
    if result.digits.isEmpty { result.exponent = 0 }
    return result
  }

  /// Reads a whole number.
  ///
  /// - Parameters:
  ///   - text: The digits with an optional sign.
  ///   - bits: The type's width.
  ///   - isSigned: Whether the type has negative numbers.
  static func integer(
    _ text: ArraySlice<UInt8>, bits: Int, isSigned: Bool
  ) -> Result<DynamicValue, Problem> {
    var magnitude: UInt64 = 0
    var isNegative = false
    var overflows = false
    var rest = text
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty else { return .failure(.noNumber) }
    for byte in rest {
      guard isDigit(byte) else { return .failure(digits(text) == nil ? .noNumber : .fraction) }
      let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, stillTooLarge) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
      overflows = overflows || tooLarge || stillTooLarge
      magnitude = sum
    }
    if overflows { return .failure(.outOfRange) }
    let width = min(max(bits, 8), 64)
    let largest = UInt64.max >> UInt64(64 - width + (isSigned ? 1 : 0))
    if isNegative {
      guard isSigned ? magnitude <= largest + 1 : magnitude == 0 else { return .failure(.outOfRange) }
      return .success(.integer(Int64(truncatingIfNeeded: 0 &- magnitude)))
    }
    guard magnitude <= largest else { return .failure(.outOfRange) }
    return .success(magnitude <= UInt64(Int64.max) ? .integer(Int64(magnitude)) : .unsigned(magnitude))
  }

  /// Reads a binary floating point number whose shortest text has the same digits.
  static func floatingPoint(_ text: ArraySlice<UInt8>, bits: Int) -> Result<DynamicValue, Problem> {
    guard let parts = digits(text) else { return .failure(.noNumber) }
    let string = String(decoding: text, as: UTF8.self)
    let value: Double
    let shortest: String
    if bits == 32 {
      guard let float = Float(string) else { return .failure(.outOfRange) }
      value = Double(float)
      shortest = float.description
    } else {
      guard let double = Double(string) else { return .failure(.outOfRange) }
      value = double
      shortest = double.description
    }
    guard value.isFinite, value != 0 || parts.digits.isEmpty else { return .failure(.outOfRange) }
    guard var kept = digits(shortest.utf8) else { return .failure(.outOfRange) }
    kept.isNegative = parts.isNegative
    return kept == parts ? .success(.double(value)) : .failure(.lostDigit)
  }

  /// Reads a decimal number, which never passes through binary floating point.
  static func decimal(_ text: some Collection<UInt8>) -> Result<Decimal, Problem> {
    if let short = shortDecimal(text) { return .success(short) }
    guard let parts = digits(text) else { return .failure(.noNumber) }
    guard parts.digits.count <= 38 else { return .failure(.lostDigit) }
    guard (-128...127).contains(parts.exponent) || parts.digits.isEmpty else { return .failure(.outOfRange) }
    func number(_ digits: some Sequence<UInt8>) -> Decimal {
      Decimal(digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1) })
    }
    var significand = number(parts.digits.prefix(19))
    if parts.digits.count > 19 {
      let rest = parts.digits.dropFirst(19)
      significand = Decimal(sign: .plus, exponent: rest.count, significand: significand) + number(rest)
    }
    let sign: FloatingPointSign = parts.isNegative && !parts.digits.isEmpty ? .minus : .plus
    let value = Decimal(sign: sign, exponent: parts.exponent, significand: significand)
    return value.isNaN ? .failure(.outOfRange) : .success(value)
  }

  /// A number of few digits and no exponent, as most are written; nil for any other text.
  private static func shortDecimal(_ text: some Collection<UInt8>) -> Decimal? {
    var mantissa: UInt64 = 0
    var count = 0
    var pointCount: Int?
    var isNegative = false
    for (offset, byte) in text.enumerated() {
      if isDigit(byte) {
        mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        count += 1
        guard count <= 18 else { return nil }
      } else if byte == UInt8(ascii: "."), pointCount == nil, count > 0 {
        pointCount = count
      } else if offset == 0, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
        isNegative = byte == UInt8(ascii: "-")
      } else {
        return nil
      }
    }
    guard count > 0, pointCount != count else { return nil }
    let exponent = pointCount.map { $0 - count } ?? 0
    return DecimalParts(isNegative: isNegative, mantissa: UInt128(mantissa), exponent: exponent).decimal
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
