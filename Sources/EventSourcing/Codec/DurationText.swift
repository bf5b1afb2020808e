/// Lengths of time as ISO 8601 text, exact to the attosecond.
package enum DurationText {
  private static let second: Int128 = 1_000_000_000_000_000_000

  /// Writes a length of time in days of 24 hours, hours, minutes and seconds, as in `PT2H30M`.
  package static func write(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let total = Int128(seconds) * second + Int128(attoseconds)
    let magnitude = total.magnitude
    var whole = UInt64(magnitude / UInt128(second))
    let fraction = UInt64(magnitude % UInt128(second))
    var text = total < 0 ? "-P" : "P"
    if whole >= 86_400 { text += "\(whole / 86_400)D" }
    whole %= 86_400
    if whole == 0, fraction == 0 { return text == "P" ? "PT0S" : text }
    text += "T"
    if whole >= 3600 { text += "\(whole / 3600)H" }
    if whole / 60 % 60 > 0 { text += "\(whole / 60 % 60)M" }
    if whole % 60 > 0 || fraction > 0 {
      text += "\(whole % 60)"
      if fraction > 0 {
        let digits = String(fraction)
        var decimals = String(repeating: "0", count: 18 - digits.count) + digits
        while decimals.last == "0" { decimals.removeLast() }
        text += "." + decimals
      }
      text += "S"
    }
    return text
  }

  /// Reads a length of time: weeks, days, hours, minutes and seconds, the last of them with a fraction where there is
  /// one; nil for other text, for years and months, which have no fixed length, and for what does not fit exactly.
  package static func read(_ text: String) -> Duration? {
    var rest = Substring(text)
    var isNegative = false
    if rest.first == "-" || rest.first == "+" { isNegative = rest.removeFirst() == "-" }
    guard rest.popFirst() == "P" else { return nil }
    var units: [(name: Character, seconds: Int128)] = [("W", 604_800), ("D", 86_400)]
    var total: Int128 = 0
    var isTime = false
    var hasPart = false
    var hasFraction = false
    while !rest.isEmpty {
      if rest.first == "T" {
        guard !isTime, rest.count > 1 else { return nil }
        rest.removeFirst()
        isTime = true
        units = [("H", 3600), ("M", 60), ("S", 1)]
      }
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[digits.endIndex...]
      guard !hasFraction, let name = rest.popFirst(), let place = units.firstIndex(where: { $0.name == name }),
        let number = DecimalParts(text: String(digits)),
        let part = attoseconds(number, of: units[place].seconds)
      else { return nil }
      hasFraction = digits.contains(".")
      units.removeSubrange(...place)
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
      hasPart = true
    }
    return hasPart ? Duration(exactAttoseconds: isNegative ? -total : total) : nil
  }

  private static func attoseconds(_ number: DecimalParts, of unit: Int128) -> Int128? {
    let (scaled, overflow) = number.mantissa.multipliedReportingOverflow(by: UInt128(unit))
    guard !overflow else { return nil }
    return DecimalParts(mantissa: scaled, exponent: number.exponent + 18).integer(as: Int128.self)
  }
}
