import EventSourcing
import Testing

@Suite("Dates, durations, decimals and UUIDs as text")
struct ExactTextTests {
  @Test("Dates are written in UTC with the digits they need")
  func writesDates() {
    func text(_ interval: Double) -> String { DateText.write(Date(timeIntervalSinceReferenceDate: interval)) }
    #expect(text(0) == "2001-01-01T00:00:00Z")
    #expect(text(-0.5) == "2000-12-31T23:59:59.5Z")
    #expect(text(790_000_000.125) == "2026-01-13T12:26:40.125Z")
    #expect(text(-63_113_904_000) == "0001-01-01T00:00:00Z")
    #expect(text(0.1) == "2001-01-01T00:00:00.1Z")
    #expect(text(-0.1) == "2000-12-31T23:59:59.9Z")
    #expect(text(.infinity) == "@inf")
    #expect(DateText.write(.distantFuture) == "4001-01-01T00:00:00Z")
    #expect(text(1e12) == "+033689-09-27T01:46:40Z")
  }

  @Test("Random dates come back exactly")
  func exactDates() {
    var random = SeededRandom(3)
    for round in 0..<5000 {
      let interval: Double =
        switch round % 4 {
        case 0: Double(bitPattern: random.next())
        case 1: Double(Int64(bitPattern: random.next()) >> 20) / 1000
        case 2: Double(Int64(bitPattern: random.next()) >> 28) + Double(random.next() >> 11) / 9_007_199_254_740_992
        default: Double(Int64(bitPattern: random.next()) >> 12) / 1_000_000
        }
      guard !interval.isNaN else { continue }
      let text = DateText.write(Date(timeIntervalSinceReferenceDate: interval))
      let read = DateText.read(text)?.timeIntervalSinceReferenceDate
      #expect(read == interval, "\(interval) as \(text)")
    }
  }

  @Test("Days of the calendar are right over centuries")
  func calendar() {
    var days: Int64 = -1_000_000
    while days < 1_000_000 {
      let (year, month, day) = DateText.civil(days: days)
      #expect(DateText.days(year: year, month: month, day: day) == days)
      days += 97
    }
    #expect(DateText.read("2024-02-29") != nil)
    #expect(DateText.read("1970-01-01")?.timeIntervalSince1970 == 0)
    #expect(DateText.read("2000-02-29T12:00:00+02:00") == DateText.read("2000-02-29T10:00:00Z"))
    #expect(DateText.read("2026-01-31T09:30Z") == DateText.read("2026-01-31T09:30:00.000Z"))
  }

  @Test(
    "What is no date is refused",
    arguments: [
      "", "2026", "2026-1-1", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-00", "2026-01-31T",
      "2026-01-31T09:30:00",
      "2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z", "2026-01-31T09:30:60Z", "2026-01-31 09:30:00Z",
      "2026-01-31T09:30:00.Z", "2026-01-31T09:30:00+25:00", "2026-01-31T09:30:00Zx", "2026-01-31Z", "today", "@", "@x",
      "+99999999999999-01-01",
    ])
  func refusesDates(_ text: String) {
    #expect(DateText.read(text) == nil)
  }

  @Test("Durations are written as ISO 8601 and come back exactly")
  func durations() {
    #expect(DurationText.write(.seconds(9000)) == "PT2H30M")
    #expect(DurationText.write(.seconds(259_200)) == "P3D")
    #expect(DurationText.write(.zero) == "PT0S")
    #expect(DurationText.write(.milliseconds(-1500)) == "-PT1.5S")
    #expect(DurationText.write(Duration(secondsComponent: 0, attosecondsComponent: 1)) == "PT0.000000000000000001S")
    var random = SeededRandom(4)
    for _ in 0..<5000 {
      let seconds = Int64(bitPattern: random.next()) >> Int64(random.next() % 60)
      let attoseconds = Int64(random.next() % 1_000_000_000_000_000_000) * (seconds < 0 ? -1 : 1)
      let duration = Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
      #expect(DurationText.read(DurationText.write(duration)) == duration)
    }
    let least = Duration(secondsComponent: .min, attosecondsComponent: 0)
    #expect(DurationText.read(DurationText.write(least)) == least)
  }

  @Test("Other ISO 8601 durations are read")
  func readsDurations() {
    #expect(DurationText.read("P1W") == .seconds(604_800))
    #expect(DurationText.read("P1DT12H") == .seconds(129_600))
    #expect(DurationText.read("PT0.5H") == .seconds(1800))
    #expect(DurationText.read("+PT1S") == .seconds(1))
  }

  @Test(
    "What is no duration is refused",
    arguments: [
      "", "P", "PT", "1D", "P1Y", "P1M", "PT1", "PTS", "PT1S1M", "PT1.5M1S", "P1DT", "PT1..5S", "PT1e3S", "PT-1S",
      "P1D1H",
      "PT0.0000000000000000001S", "PT99999999999999999999S", "PT1S ", "--PT1S",
    ])
  func refusesDurations(_ text: String) {
    #expect(DurationText.read(text) == nil)
  }

  @Test("A decimal's parts are the decimal")
  func decimals() throws {
    var random = SeededRandom(5)
    for _ in 0..<5000 {
      let mantissa = UInt128(random.next()) << UInt128(random.next() % 65) | UInt128(random.next())
      let parts = DecimalParts(
        isNegative: random.next() % 2 == 0, mantissa: mantissa, exponent: Int(random.next() % 200) - 100)
      let decimal = try #require(parts.decimal)
      #expect(decimal == Decimal(string: parts.text), "\(parts.text)")
      let again = try #require(DecimalParts(decimal))
      #expect(again.decimal == decimal)
      #expect(DecimalParts(text: again.text) == again, "\(again.text)")
    }
    #expect(DecimalParts(Decimal.nan) == nil)
    #expect(DecimalParts(mantissa: 1, exponent: 200).decimal == nil)
    #expect(DecimalParts(mantissa: 1, exponent: -129).decimal == nil)
    #expect(DecimalParts(mantissa: 0, exponent: 500).decimal == 0)
    #expect(DecimalParts(text: "0.1")?.double == 0.1)
    #expect(DecimalParts(text: "1" + String(repeating: "0", count: 60))?.exponent == 60)
  }

  @Test("UUIDs are read strictly and written in small letters")
  func uuids() throws {
    let id = UUID()
    #expect(id.lowercaseText == id.uuidString.lowercased())
    #expect(UUID(exactText: id.uuidString) == id)
    for text in ["", "x", String(id.uuidString.dropLast()), id.uuidString + "0", "{\(id.uuidString)}"] {
      #expect(UUID(exactText: text) == nil)
    }
    #expect(UUID(exactText: "0000000000000-000-0000-0000-00000000") == nil)
  }
}
