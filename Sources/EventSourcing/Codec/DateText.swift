/// Dates as ISO 8601 text in UTC, with as many digits of the second as it takes to get exactly the same date back.
package enum DateText {
  /// Seconds from 1970 to 2001, the start of a Date's own count.
  private static let reference: Int64 = 978_307_200
  /// Above this a whole second of a Date is no 64-bit number any more.
  private static let largest = 9.0e18

  /// Writes a date.
  ///
  /// - Parameter date: Any date; one beyond ISO 8601, such as an infinite one, is written as `@` and its seconds since 2001.
  package static func write(_ date: Date) -> String {
    var bytes = ByteBuffer(capacity: 64)
    write(date, to: &bytes)
    return bytes.text
  }

  static func write(_ date: Date, to bytes: inout ByteBuffer) {
    let interval = date.timeIntervalSinceReferenceDate
    guard interval.isFinite, abs(interval) < largest else {
      bytes.append(contentsOf: "@\(interval)")
      return
    }
    let whole = interval.rounded(.down)
    if whole == interval {
      write(seconds: Int64(whole), to: &bytes)
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    if write(interval, digits: 3, power: 1e3, to: &bytes) || write(interval, digits: 6, power: 1e6, to: &bytes) {
      return
    }
    writeExactly(interval, whole: Int64(whole), to: &bytes)
  }

  /// Writes a date whose seconds have no more than a few decimals.
  ///
  /// - Returns: Whether it is one.
  private static func write(_ interval: Double, digits: Int, power: Double, to bytes: inout ByteBuffer) -> Bool {
    let scaled = (interval * power).rounded()
    guard abs(scaled) < 9_007_199_254_740_992, scaled / power == interval else { return false }
    let count = Int64(scaled)
    let unit = Int64(power)
    var rest = count % unit
    if rest < 0 { rest += unit }
    write(seconds: (count - rest) / unit, to: &bytes)
    var width = digits
    while width > 0, rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    if width > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(Int(rest), width: width)
    }
    bytes.append(UInt8(ascii: "Z"))
    return true
  }

  /// Writes the digits of the shortest decimal number that is nearest to the interval and to no other Double.
  private static func writeExactly(_ interval: Double, whole: Int64, to bytes: inout ByteBuffer) {
    guard let parts = DecimalParts(text: interval.magnitude.description), parts.exponent < 0 else {
      write(seconds: whole, to: &bytes)
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    let count = -parts.exponent
    var fraction = [UInt8](repeating: 48, count: count)
    var rest = parts.mantissa
    for index in stride(from: count - 1, through: 0, by: -1) where rest > 0 {
      fraction[index] = 48 + UInt8(rest % 10)
      rest /= 10
    }
    if interval < 0 { complement(&fraction) }
    write(seconds: whole, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    fraction.withUnsafeBufferPointer { bytes.append($0) }
    bytes.append(UInt8(ascii: "Z"))
  }

  /// One minus a fraction that is not zero.
  private static func complement(_ fraction: inout [UInt8]) {
    guard let last = fraction.lastIndex(where: { $0 != 48 }) else { return }
    for index in 0..<last { fraction[index] = 105 - fraction[index] }
    fraction[last] = 106 - fraction[last]
  }

  private static func write(seconds: Int64, to bytes: inout ByteBuffer) {
    var (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    if second < 0 {
      second += 86_400
      days -= 1
    }
    let (year, month, day) = civil(days: days + reference / 86_400)
    if year >= 0, year <= 9999 {
      bytes.append(Int(year), width: 4)
    } else {
      bytes.append(year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
      let digits = String(abs(year))
      for _ in digits.utf8.count..<max(6, digits.utf8.count) { bytes.append(48) }
      bytes.append(contentsOf: digits)
    }
    bytes.append(UInt8(ascii: "-"))
    bytes.append(month, width: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(day, width: 2)
    bytes.append(UInt8(ascii: "T"))
    bytes.append(Int(second) / 3600, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(Int(second) / 60 % 60, width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(Int(second) % 60, width: 2)
  }

  // MARK: Reading

  /// Reads a date: a day (its midnight in UTC), or a day and a time with `Z` or an offset; nil for anything else.
  package static func read(_ text: String) -> Date? {
    var text = text
    return text.withUTF8 { utf8 in
      var reader = Reader(text: utf8)
      return reader.date()
    }
  }

  private struct Reader {
    let text: UnsafeBufferPointer<UInt8>
    var index = 0

    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func date() -> Date? {
      if take("@") {
        let rest = String(decoding: text[index...], as: UTF8.self)
        return Double(rest).map { Date(timeIntervalSinceReferenceDate: $0) }
      }
      let isSigned = peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-")
      let isNegative = peek == UInt8(ascii: "-")
      if isSigned { index += 1 }
      guard let year = number(isSigned ? 4...13 : 4...4), take("-"), let month = number(2...2), take("-"),
        let day = number(2...2), month >= 1, month <= 12, day >= 1
      else { return nil }
      let signedYear = isNegative ? -year : year
      guard day <= DateText.days(in: Int(month), year: signedYear) else { return nil }
      var seconds = DateText.days(year: signedYear, month: Int(month), day: Int(day)) * 86_400 - DateText.reference
      if index == text.count { return Date(timeIntervalSinceReferenceDate: Double(seconds)) }
      guard take("T"), let hour = number(2...2), hour < 24, take(":"), let minute = number(2...2), minute < 60
      else { return nil }
      seconds += hour * 3600 + minute * 60
      var fraction: Range<Int> = 0..<0
      if take(":") {
        guard let second = number(2...2), second < 60 else { return nil }
        seconds += second
        if take(".") {
          let start = index
          while let digit = peek, digit >= 48, digit <= 57 { index += 1 }
          guard index > start, index - start <= 1100 else { return nil }
          fraction = start..<index
        }
      }
      guard let offset = offset() else { return nil }
      seconds -= offset
      return index == text.count ? date(seconds, UnsafeBufferPointer(rebasing: text[fraction])) : nil
    }

    private func date(_ seconds: Int64, _ fraction: UnsafeBufferPointer<UInt8>) -> Date {
      if fraction.isEmpty { return Date(timeIntervalSinceReferenceDate: Double(seconds)) }
      if fraction.count <= 9, abs(seconds) < 1 << 32 {
        var total = Int128(seconds)
        for digit in fraction { total = total * 10 + Int128(digit - 48) }
        // Up to 2^53 both operands are exact and the division rounds correctly.
        if abs(total) < 1 << 53 {
          return Date(timeIntervalSinceReferenceDate: Double(Int64(total)) / DecimalParts.powers[fraction.count])
        }
      }
      var digits = Array(fraction)
      var text: String
      if seconds >= 0 || digits.allSatisfy({ $0 == 48 }) {
        text = "\(seconds)."
      } else {
        DateText.complement(&digits)
        text = "-\(-(seconds + 1))."
      }
      text += String(decoding: digits, as: UTF8.self)
      return Date(timeIntervalSinceReferenceDate: Double(text) ?? Double(seconds))
    }

    private mutating func offset() -> Int64? {
      if take("Z") { return 0 }
      let isNegative = peek == UInt8(ascii: "-")
      guard take("+") || take("-"), let hours = number(2...2), hours < 24 else { return nil }
      var minutes: Int64 = 0
      if index < text.count {
        _ = take(":")
        guard let read = number(2...2), read < 60 else { return nil }
        minutes = read
      }
      let offset = hours * 3600 + minutes * 60
      return isNegative ? -offset : offset
    }

    private var peek: UInt8? { index < text.count ? text[index] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard peek == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    private mutating func number(_ width: ClosedRange<Int>) -> Int64? {
      var number: Int64 = 0
      let start = index
      while index - start < width.upperBound, let digit = peek, digit >= 48, digit <= 57 {
        number = number * 10 + Int64(digit - 48)
        index += 1
      }
      return index - start >= width.lowerBound && number < 300_000_000_000 ? number : nil
    }
  }

  // MARK: The calendar

  package static func days(in month: Int, year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days since 1970 of a day in the Gregorian calendar, also before its time.
  package static func days(year: Int64, month: Int, day: Int) -> Int64 {
    // The year starts in March here, so that the leap day is its last.
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day in the Gregorian calendar that is so many days after the start of 1970.
  package static func civil(days: Int64) -> (year: Int64, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
  }
}
