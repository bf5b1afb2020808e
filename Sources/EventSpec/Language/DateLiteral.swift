package import EventSourcing

/// Points in time as they are written in specs: ISO 8601.
package enum DateLiteral {
  /// Why a text is no point in time.
  package enum Problem: Error, Equatable {
    case noDate
    /// There is a time of day without an offset from UTC.
    case noOffset
    /// There is no such day or time of day.
    case outOfRange
  }

  /// Reads a date (midnight UTC), or a date with time and offset.
  ///
  /// - Parameter text: Such as `2026-01-31`, `2026-01-31T09:30:00Z` or `2026-01-31T09:30:00.25+02:00`.
  package static func read(_ text: some Collection<UInt8>) -> Result<Date, Problem> {
    var bytes = Array(text)[...]
    guard let year = number(&bytes, 4), skip(&bytes, "-"), let month = number(&bytes, 2), skip(&bytes, "-"),
      let day = number(&bytes, 2)
    else { return .failure(.noDate) }
    guard (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year) else {
      return .failure(.outOfRange)
    }
    let midnight = Double(days(year: year, month: month, day: day) * 86_400 - 978_307_200)
    if bytes.isEmpty { return .success(Date(timeIntervalSinceReferenceDate: midnight)) }
    guard skip(&bytes, "T") || skip(&bytes, "t") || skip(&bytes, " "), let hour = number(&bytes, 2),
      skip(&bytes, ":"), let minute = number(&bytes, 2)
    else { return .failure(.noDate) }
    var second = 0
    var fraction = 0.0
    if skip(&bytes, ":") {
      guard let written = number(&bytes, 2) else { return .failure(.noDate) }
      second = written
      if skip(&bytes, ".") {
        let digits = bytes.prefix(while: NumberLiteral.isDigit)
        guard !digits.isEmpty, let value = Double("0." + String(decoding: digits, as: UTF8.self)) else {
          return .failure(.noDate)
        }
        fraction = value
        bytes = bytes.dropFirst(digits.count)
      }
    }
    guard hour < 24, minute < 60, second < 60 else { return .failure(.outOfRange) }
    if bytes.isEmpty { return .failure(.noOffset) }
    guard let offset = offset(&bytes), bytes.isEmpty else { return .failure(.noDate) }
    guard abs(offset) < 86_400 else { return .failure(.outOfRange) }
    let whole = midnight + Double(hour * 3_600 + minute * 60 + second - offset)
    return .success(Date(timeIntervalSinceReferenceDate: whole + fraction))
  }

  /// Writes a point in time.
  ///
  /// - Parameter date: Any date.
  /// - Returns: The shortest text that reads back as the same date, a date alone where it is midnight UTC; for dates
  ///   outside the years 0 to 9999 a text that does not read back.
  package static func write(_ date: Date) -> String {
    let interval = date.timeIntervalSinceReferenceDate
    guard interval.isFinite, abs(interval) < 1e15 else { return "\(interval) s after 2001-01-01" }
    var whole = Int(interval.rounded(.down))
    let fraction = interval - interval.rounded(.down)
    if fraction == 0 { return text(seconds: whole, fraction: "") }
    for digits in [3, 6, 7, 8, 9] {
      let scale = (0..<digits).reduce(1) { value, _ in value * 10 }
      var scaled = Int((fraction * Double(scale)).rounded())
      whole = Int(interval.rounded(.down))
      if scaled >= scale {
        scaled -= scale
        whole += 1
      }
      let padded = String(scaled)
      let text = text(seconds: whole, fraction: "." + String(repeating: "0", count: digits - padded.count) + padded)
      if digits == 9 || (try? read(text.utf8).get()) == date { return text }
    }
    return text(seconds: whole, fraction: "")
  }

  private static func text(seconds: Int, fraction: String) -> String {
    let sinceEpoch = seconds + 978_307_200
    let day = (sinceEpoch < 0 ? sinceEpoch - 86_399 : sinceEpoch) / 86_400
    let second = sinceEpoch - day * 86_400
    let (year, month, dayOfMonth) = civil(days: day)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let written = String(abs(year))
    let padded = String(repeating: "0", count: max(0, 4 - written.count)) + written
    let date = (year < 0 ? "-" : "") + padded + "-" + two(month) + "-" + two(dayOfMonth)
    if second == 0, fraction.isEmpty { return date }
    return date + "T" + two(second / 3_600) + ":" + two(second / 60 % 60) + ":" + two(second % 60) + fraction + "Z"
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> Int? {
    let digits = bytes.prefix(count)
    guard digits.count == count, digits.allSatisfy(NumberLiteral.isDigit) else { return nil }
    bytes = bytes.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func skip(_ bytes: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes = bytes.dropFirst()
    return true
  }

  private static func offset(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    if skip(&bytes, "Z") || skip(&bytes, "z") { return 0 }
    let sign: Int
    if skip(&bytes, "+") { sign = 1 } else if skip(&bytes, "-") { sign = -1 } else { return nil }
    guard let hours = number(&bytes, 2) else { return nil }
    if bytes.isEmpty { return sign * hours * 3_600 }
    _ = skip(&bytes, ":")
    guard let minutes = number(&bytes, 2), minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
