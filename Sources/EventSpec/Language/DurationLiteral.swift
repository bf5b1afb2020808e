/// Lengths of time as they are written in specs: `3 days`, `2 h 30 min`, `90s`, `PT2H30M`.
package enum DurationLiteral {
  private static let second: Int128 = 1_000_000_000_000_000_000
  /// The units from the largest to the smallest: the name that is written, and all names that are read.
  private static let units: [(name: String, plural: String, attoseconds: Int128, names: [String])] = [
    ("week", "weeks", 604_800 * second, ["week", "weeks", "w"]),
    ("day", "days", 86_400 * second, ["day", "days", "d"]),
    ("h", "h", 3_600 * second, ["h", "hr", "hrs", "hour", "hours"]),
    ("min", "min", 60 * second, ["min", "mins", "minute", "minutes", "m"]),
    ("s", "s", second, ["s", "sec", "secs", "second", "seconds"]),
    ("ms", "ms", second / 1_000, ["ms", "millisecond", "milliseconds"]),
    ("µs", "µs", second / 1_000_000, ["µs", "μs", "us", "microsecond", "microseconds"]),
    ("ns", "ns", second / 1_000_000_000, ["ns", "nanosecond", "nanoseconds"]),
  ]

  /// Reads a length of time.
  ///
  /// - Parameter text: Amounts with their units, or the form of ISO 8601 without years and months.
  /// - Returns: The length; nil where the text is none, or it overflows.
  package static func read(_ text: some Collection<UInt8>) -> Duration? {
    var bytes = Array(text)[...]
    trim(&bytes)
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
      trim(&bytes)
    }
    guard let total = bytes.first == UInt8(ascii: "P") ? iso(bytes.dropFirst()) : amounts(bytes) else { return nil }
    // A duration holds seconds in 64 bits.
    guard total / second < Int128(Int64.max) else { return nil }
    return Duration(attoseconds: isNegative ? -total : total)
  }

  /// Writes a length of time in the largest units that fit.
  ///
  /// - Parameter duration: Any length.
  /// - Returns: A text that reads back as the same length, to the nanosecond.
  package static func write(_ duration: Duration) -> String {
    var rest = duration.attoseconds.magnitude
    if rest == 0 { return "0 s" }
    var parts: [String] = []
    for (index, unit) in units.enumerated() where index > 0 {
      let size = unit.attoseconds.magnitude
      let count = rest / size
      guard count > 0 else { continue }
      rest -= count * size
      parts.append("\(count) \(count == 1 ? unit.name : unit.plural)")
    }
    if parts.isEmpty { return "0 s" }
    return (duration < .zero ? "-" : "") + parts.joined(separator: " ")
  }

  private static func amounts(_ text: ArraySlice<UInt8>) -> Int128? {
    var bytes = text
    var total: Int128 = 0
    var last = Int128.max
    guard !bytes.isEmpty else { return nil }
    while !bytes.isEmpty {
      let number = bytes.prefix { NumberLiteral.isDigit($0) || $0 == UInt8(ascii: ".") }
      bytes = bytes.dropFirst(number.count)
      bytes = bytes.drop { $0 == UInt8(ascii: " ") }
      let name = bytes.prefix { !NumberLiteral.isDigit($0) && $0 != UInt8(ascii: " ") }
      bytes = bytes.dropFirst(name.count)
      bytes = bytes.drop { $0 == UInt8(ascii: " ") }
      let unitName = String(decoding: name, as: UTF8.self).lowercased()
      guard let unit = units.first(where: { $0.names.contains(unitName) }), unit.attoseconds < last,
        let amount = scale(number, by: unit.attoseconds)
      else { return nil }
      last = unit.attoseconds
      let (sum, overflows) = total.addingReportingOverflow(amount)
      if overflows { return nil }
      total = sum
    }
    return total
  }

  private static func iso(_ text: ArraySlice<UInt8>) -> Int128? {
    var bytes = text
    var total: Int128 = 0
    var isTime = false
    var isEmpty = true
    var last = Int128.max
    while let byte = bytes.first {
      if byte == UInt8(ascii: "T"), !isTime {
        isTime = true
        isEmpty = true
        bytes = bytes.dropFirst()
        continue
      }
      let number = bytes.prefix { NumberLiteral.isDigit($0) || $0 == UInt8(ascii: ".") }
      bytes = bytes.dropFirst(number.count)
      let unit: Int128
      switch (bytes.first, isTime) {
      case (UInt8(ascii: "W"), false): unit = 604_800 * second
      case (UInt8(ascii: "D"), false): unit = 86_400 * second
      case (UInt8(ascii: "H"), true): unit = 3_600 * second
      case (UInt8(ascii: "M"), true): unit = 60 * second
      case (UInt8(ascii: "S"), true): unit = second
      default: return nil
      }
      guard unit < last, let amount = scale(number, by: unit) else { return nil }
      bytes = bytes.dropFirst()
      last = unit
      isEmpty = false
      let (sum, overflows) = total.addingReportingOverflow(amount)
      if overflows { return nil }
      total = sum
    }
    return isEmpty ? nil : total
  }

  private static func scale(_ number: ArraySlice<UInt8>, by unit: Int128) -> Int128? {
    guard let parts = NumberLiteral.digits(number), parts.digits.count <= 30 else { return nil }
    var value = parts.digits.reduce(0 as Int128) { $0 * 10 + Int128($1) }
    let (product, overflows) = value.multipliedReportingOverflow(by: unit)
    if overflows { return nil }
    value = product
    guard abs(parts.exponent) <= 30 else { return nil }
    for _ in 0..<abs(parts.exponent) {
      if parts.exponent > 0 {
        let (larger, overflows) = value.multipliedReportingOverflow(by: 10)
        if overflows { return nil }
        value = larger
      } else {
        guard value % 10 == 0 else { return nil }
        value /= 10
      }
    }
    return value
  }

  private static func trim(_ bytes: inout ArraySlice<UInt8>) {
    bytes = bytes.drop { $0 == UInt8(ascii: " ") }
    while bytes.last == UInt8(ascii: " ") { bytes = bytes.dropLast() }
  }
}
