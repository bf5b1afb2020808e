/// A decimal number taken apart: mantissa times a power of ten.
///
/// `Decimal` gives its parts only through slow arithmetic, so its bits are read where they lie as this file knows them;
/// that is checked once, and another layout is read through the type's text.
package struct DecimalParts: Hashable, Sendable {
  package var isNegative: Bool
  package var mantissa: UInt128
  package var exponent: Int

  package init(isNegative: Bool = false, mantissa: UInt128, exponent: Int = 0) {
    self.isNegative = isNegative
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// Takes a number apart; nil for what is no number.
  package init?(_ decimal: Decimal) {
    guard let layout = Self.layout else {
      guard let parts = Self(text: decimal.description) else { return nil }
      self = parts
      return
    }
    let bits = unsafeBitCast(decimal, to: Bits.self)
    let flags = bits.flags
    let length = (flags >> layout.lengthShift) & 15
    isNegative = flags & layout.negative != 0
    if length == 0 {
      guard !isNegative else { return nil }
      mantissa = 0
      exponent = 0
      return
    }
    let low = bits.low
    mantissa = length <= 4 ? UInt128(low) : UInt128(bits.high) << 64 | UInt128(low)
    exponent = Int(bits.exponent)
  }

  /// The number put together; nil where it has more digits or a larger exponent than a `Decimal` can have.
  package var decimal: Decimal? {
    var mantissa = mantissa
    var exponent = exponent
    if mantissa == 0 { return Decimal(0) }
    if let small = UInt64(exactly: mantissa) {
      var small = small
      while small % 10 == 0 {
        small /= 10
        exponent += 1
      }
      mantissa = UInt128(small)
    } else {
      while mantissa % 10 == 0 {
        mantissa /= 10
        exponent += 1
      }
    }
    while exponent > 127 {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      mantissa = product
      exponent -= 1
    }
    guard exponent >= -128 else { return nil }
    guard let layout = Self.layout else { return Decimal(string: text) }
    let length = UInt8((128 - mantissa.leadingZeroBitCount + 15) / 16)
    return unsafeBitCast(
      Bits(
        exponent: Int8(exponent),
        flags: length << layout.lengthShift | (isNegative ? layout.negative : 0) | layout.compact,
        low: UInt64(truncatingIfNeeded: mantissa), high: UInt64(truncatingIfNeeded: mantissa >> 64)),
      to: Decimal.self)
  }

  // MARK: Layout

  private struct Bits {
    var exponent: Int8
    var flags: UInt8
    var reserved: UInt16 = 0
    var words: (UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, UInt16)

    init(exponent: Int8, flags: UInt8, low: UInt64, high: UInt64) {
      self.exponent = exponent
      self.flags = flags
      func word(_ value: UInt64, _ index: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: value >> (16 * index)) }
      words = (
        word(low, 0), word(low, 1), word(low, 2), word(low, 3), word(high, 0), word(high, 1), word(high, 2),
        word(high, 3)
      )
    }

    var low: UInt64 {
      UInt64(words.0) | UInt64(words.1) << 16 | UInt64(words.2) << 32 | UInt64(words.3) << 48
    }
    var high: UInt64 {
      UInt64(words.4) | UInt64(words.5) << 16 | UInt64(words.6) << 32 | UInt64(words.7) << 48
    }
  }

  private struct Layout {
    let lengthShift: UInt8
    let negative: UInt8
    let compact: UInt8
  }

  /// The layout of this Foundation's Decimal; nil where it is none of those known.
  private static let layout: Layout? = {
    guard MemoryLayout<Decimal>.size == MemoryLayout<Bits>.size,
      let probe = Decimal(string: "-1234567890123456789012.345")
    else { return nil }
    let known = [
      Layout(lengthShift: 4, negative: 8, compact: 4),  // FoundationEssentials
      Layout(lengthShift: 0, negative: 16, compact: 32),  // the C structure NSDecimal
    ]
    return known.first { layout in
      let mantissa: UInt128 = 1_234_567_890_123_456_789_012_345
      let expected = Bits(
        exponent: -3, flags: 6 << layout.lengthShift | layout.negative | layout.compact,
        low: UInt64(truncatingIfNeeded: mantissa), high: UInt64(truncatingIfNeeded: mantissa >> 64))
      let found = unsafeBitCast(probe, to: Bits.self)
      return found.exponent == expected.exponent && found.flags == expected.flags && found.low == expected.low
        && found.high == expected.high
    }
  }()

  // MARK: Text

  /// Reads a number as JSON writes it, without leading plus or spaces; nil for other text or more than 128 bits.
  package init?(text: String) {
    var text = text
    let parts = text.withUTF8 { Self(digits: $0) }
    guard let parts else { return nil }
    self = parts
  }

  private init?(digits text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    isNegative = false
    mantissa = 0
    exponent = 0
    if index < text.count, text[index] == UInt8(ascii: "-") {
      isNegative = true
      index += 1
    }
    var hasDigits = false
    var isFraction = false
    var zeros = 0
    reading: while index < text.count {
      switch text[index] {
      case UInt8(ascii: "."):
        guard !isFraction, hasDigits else { return nil }
        isFraction = true
      case let byte where byte >= 48 && byte <= 57:
        hasDigits = true
        if isFraction { exponent -= 1 }
        // Zeros count only once a further digit follows, so that trailing ones cost no bits.
        zeros += 1
        if byte != 48 {
          if mantissa == 0 { zeros = 1 }
          while zeros > 0 {
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            mantissa = product
            zeros -= 1
          }
          let (sum, overflow) = mantissa.addingReportingOverflow(UInt128(byte - 48))
          guard !overflow else { return nil }
          mantissa = sum
        }
      case UInt8(ascii: "e"), UInt8(ascii: "E"): break reading
      default: return nil
      }
      index += 1
    }
    guard hasDigits, text[index - 1] != UInt8(ascii: ".") else { return nil }
    exponent += mantissa == 0 ? 0 : zeros
    if index < text.count {
      index += 1
      var isBelow = false
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        isBelow = text[index] == UInt8(ascii: "-")
        index += 1
      }
      guard index < text.count else { return nil }
      var power = 0
      while index < text.count {
        guard text[index] >= 48, text[index] <= 57 else { return nil }
        if power < 1_000_000 { power = power * 10 + Int(text[index] - 48) }
        index += 1
      }
      exponent += isBelow ? -power : power
    }
    if mantissa == 0 { exponent = 0 }
  }

  /// The number as JSON writes it.
  package var text: String {
    var bytes = ByteBuffer(capacity: 64)
    write(to: &bytes)
    return bytes.text
  }

  /// Writes the number as JSON does.
  func write(to bytes: inout ByteBuffer) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    if let small = UInt64(exactly: mantissa) {
      if exponent == 0 {
        bytes.append(number: small)
        return
      }
      if exponent < 0, exponent >= -9 {
        // Most numbers have a few digits on both sides of the point.
        let (whole, fraction) = small.quotientAndRemainder(dividingBy: Self.power(-exponent))
        if whole > 0 {
          bytes.append(number: whole)
          bytes.append(UInt8(ascii: "."))
          bytes.append(Int(truncatingIfNeeded: fraction), width: -exponent)
          return
        }
      }
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
      // 128 bits have 39 digits at the most.
      var start = 40
      var rest = mantissa
      repeat {
        start -= 1
        buffer[start] = 48 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      write(UnsafeBufferPointer(rebasing: buffer[start...]), to: &bytes)
    }
  }

  /// Ten to the power of one to nine.
  private static func power(_ exponent: Int) -> UInt64 {
    switch exponent {
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    default: 1_000_000_000
    }
  }

  private func write(_ digits: UnsafeBufferPointer<UInt8>, to bytes: inout ByteBuffer) {
    if exponent >= 0, exponent <= 20 {
      bytes.append(digits)
      if mantissa != 0 { for _ in 0..<exponent { bytes.append(48) } }
    } else if exponent < 0, exponent > -digits.count {
      bytes.append(UnsafeBufferPointer(rebasing: digits.dropLast(-exponent)))
      bytes.append(UInt8(ascii: "."))
      bytes.append(UnsafeBufferPointer(rebasing: digits.suffix(-exponent)))
    } else if exponent < 0, -exponent - digits.count <= 20 {
      bytes.append(48)
      bytes.append(UInt8(ascii: "."))
      for _ in 0..<(-exponent - digits.count) { bytes.append(48) }
      bytes.append(digits)
    } else {
      bytes.append(digits)
      bytes.append(UInt8(ascii: "e"))
      bytes.append(contentsOf: String(exponent))
    }
  }

  // MARK: Other numbers

  /// The nearest Double of a decimal; nil where it is no number.
  package static func double(_ decimal: Decimal) -> Double? { DecimalParts(decimal)?.double }

  /// The nearest Double.
  package var double: Double? {
    if mantissa < 1 << 53, exponent >= -22, exponent <= 22 {
      // Both are exact, so the one operation rounds correctly.
      let magnitude =
        exponent < 0
        ? Double(UInt64(mantissa)) / Self.powers[-exponent] : Double(UInt64(mantissa)) * Self.powers[exponent]
      return isNegative ? -magnitude : magnitude
    }
    return Double(text)
  }

  static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The number as a whole one; nil where it has a fraction or does not fit.
  package func integer<T: FixedWidthInteger>(as type: T.Type) -> T? {
    var magnitude = mantissa
    var power = exponent
    guard magnitude != 0 else { return 0 }
    guard power <= 40, power >= -40 else { return nil }
    while power < 0 {
      guard magnitude % 10 == 0 else { return nil }
      magnitude /= 10
      power += 1
    }
    while power > 0 {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      magnitude = product
      power -= 1
    }
    guard isNegative else { return T(exactly: magnitude) }
    guard T.isSigned else { return nil }
    if magnitude == UInt128(1) << 127 { return T(exactly: Int128.min) }
    return Int128(exactly: magnitude).flatMap { T(exactly: -$0) }
  }

  /// The number as a length of time in seconds; nil where it does not fit or is finer than an attosecond.
  package var duration: Duration? {
    let attoseconds = DecimalParts(isNegative: isNegative, mantissa: mantissa, exponent: exponent + 18)
    return attoseconds.integer(as: Int128.self).flatMap(Duration.init(exactAttoseconds:))
  }
}

extension Duration {
  /// A length of time from attoseconds; nil where its seconds do not fit 64 bits.
  package init?(exactAttoseconds attoseconds: Int128) {
    let (seconds, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
    guard let seconds = Int64(exactly: seconds) else { return nil }
    self.init(secondsComponent: seconds, attosecondsComponent: Int64(rest))
  }
}
