import EventSourcing
import Testing

@testable import EventSpec

@Suite("Values by the schema's types")
struct LanguageValueTests {
  /// The payload of the only event of the only step.
  private func payload(_ text: String) throws -> DynamicRecord {
    let reading = SpecReading(sampleModel, text)
    #expect(reading.errors == [])
    guard case .record(let events)? = reading.steps.first?.action,
      case .constant(.record(let record))? = events.first?.payload
    else { throw Unexpected() }
    return record
  }

  private struct Unexpected: Error {}

  @Test("Simple types read exactly")
  func simple() throws {
    let record = try payload(
      #"Given Packed(text: some words, flag: true, small: -128, count: 007, large: 18446744073709551615, ratio: 0.1, price: 123456789012345678901234567890.12345678)"#
    )
    #expect(record["text"] == .string("some words"))
    #expect(record["flag"] == .bool(true))
    #expect(record["small"] == .integer(-128))
    #expect(record["count"] == .integer(7))
    #expect(record["large"] == .unsigned(.max))
    #expect(record["ratio"] == .double(0.1))
    #expect(record["price"]?.decimalValue?.description == "123456789012345678901234567890.12345678")
  }

  @Test("Dates, durations, identities and enumerations read by their types")
  func structured() throws {
    let record = try payload(
      #"Given Dated(day: 2026-01-31T09:30:00+02:00, span: 2 h 30 min, payer: alice, payment: card(number: "4111", expires: 2027-01-31), color: green, level: 9)"#
    )
    #expect(record["day"] == .date(Date(timeIntervalSince1970: 1_769_844_600)))
    #expect(record["span"] == .duration(.seconds(9000)))
    #expect(record["payer"] == .uuid(sampleModel.names.identity(named: "alice")))
    #expect(record["color"] == .string("g"))
    #expect(record["level"] == .integer(9))
    guard case .record(let payment)? = record["payment"], case .record(let card)? = payment["card"] else {
      throw Unexpected()
    }
    #expect(card["number"] == .string("4111"))
    let other = try payload(
      #"Given dated(day: 2026-01-31, span: PT2H30M, payer: 6f9619ff-8b86-d011-b42d-00c04fc964ff, payment: voucher(x y), color: r, level: low)"#
    )
    #expect(other["color"] == .string("r"))
    #expect(other["level"] == .integer(1))
    #expect(other["payer"] == UUID(uuidString: "6F9619FF-8B86-D011-B42D-00C04FC964FF").map { .uuid($0) })
  }

  @Test("Collections nest")
  func collections() throws {
    let record = try payload(
      #"Given Collected(tags: [a, "b, c", d e], labels: [], prices: {gold: 3, "a:b": 4}, owners: {alice: 1}, stops: [{place: Kyiv, position: 1}, {place: "x", position: 2, hint: h}])"#
    )
    #expect(record["tags"] == .array([.string("a"), .string("b, c"), .string("d e")]))
    #expect(record["labels"] == .array([]))
    guard case .record(let prices)? = record["prices"], case .record(let owners)? = record["owners"] else {
      throw Unexpected()
    }
    #expect(prices["a:b"] == .integer(4))
    #expect(owners.fields.first?.name == sampleModel.names.identity(named: "alice").uuidString.lowercased())
    guard case .array(let stops)? = record["stops"], case .record(let first)? = stops.first else { throw Unexpected() }
    #expect(first["hint"] == .null)
  }

  @Test("What may be left out is filled in")
  func leftOut() throws {
    #expect(try payload("Given Weighed")["grams"] == .integer(100))
    let noted = try payload("Given Noted(pattern: a)")
    #expect(noted["text"] == .null && noted["size"] == .null && noted["stop"] == .null)
    #expect(try payload("Given LogBook b7: Opened")["logBookID"] == .string("b7"))
    #expect(try payload("Given Opened")["logBookID"] == .string("logBook"))
  }

  @Test("Null is special for an Optional only; quotes make it a text")
  func null() throws {
    #expect(try payload("Given Noted(text: null, pattern: a)")["text"] == .null)
    #expect(try payload(#"Given Noted(text: "null", pattern: a)"#)["text"] == .string("null"))
    let packed = "Given Packed(text: null, flag: true, small: 1, count: 1, large: 1, ratio: 1, price: 1)"
    #expect(try payload(packed)["text"] == .string("null"))
  }

  @Test("Escapes of quoted texts are replaced")
  func escapes() throws {
    #expect(try payload(#"Given Noted(text: "a\n\t\"\\\u{3C}é", pattern: a)"#)["text"] == .string("a\n\t\"\\<é"))
  }

  @Test("A field may be a path, in parentheses and in tables")
  func paths() throws {
    let record = try payload("Given Noted(stop.place: Kyiv, stop.position: 3, pattern: p)")
    guard case .record(let stop)? = record["stop"] else { throw Unexpected() }
    #expect(stop["place"] == .string("Kyiv") && stop["position"] == .integer(3))
    let table = try payload("Given Noted\n  | stop.place | stop.position | pattern |\n  | Kyiv | 3 | p |")
    #expect(table == record)
  }

  @Test("A cell of a String field is its text as it stands, or a quoted text")
  func cells() throws {
    let record = try payload("Given Noted\n  | text | a, (b) \"c\" [d |\n  | pattern | \"q\\n\" |")
    #expect(record["text"] == .string("a, (b) \"c\" [d"))
    #expect(record["pattern"] == .string("q\n"))
    #expect(try payload("Given Noted\n  | text | pattern |\n  |  | p |")["text"] == .null)
  }

  @Test("A header of two columns is one message a row, other tables of two columns one field a row")
  func tableForms() {
    let header = SpecReading(sampleModel, "Given Noted\n  | pattern | size |\n  | a | 1 |\n  | b | 2 |")
    #expect(header.errors == [])
    if case .record(let events)? = header.steps.first?.action { #expect(events.count == 2) } else { Issue.record() }
    let pairs = SpecReading(sampleModel, "Given Noted\n  | pattern | a |\n  | size | 1 |")
    if case .record(let events)? = pairs.steps.first?.action { #expect(events.count == 1) } else { Issue.record() }
  }

  @Test("A doc string is the payload as JSON, in which names work")
  func docString() throws {
    let record = try payload(
      """
      Given Dated
        \"""json
        {"day": "2026-01-31", "span": "3 days", "payer": "alice",
         "payment": {"card": {"number": "1", "expires": "2027-01-01"}}, "color": "red", "level": 1}
        \"""
      """)
    #expect(record["payer"] == .uuid(sampleModel.names.identity(named: "alice")))
    #expect(record["span"] == .duration(.seconds(3 * 86_400)))
  }

  @Test("A bound literal is read by the type of each field it is used for")
  func bindings() throws {
    let reading = SpecReading(
      sampleModel,
      """
      Given $home = {place: Kyiv, position: 1}
      And $size = 3
      And Noted(stop: $home, size: $size, text: $size, pattern: a)
      """)
    #expect(reading.errors == [])
    guard case .record(let events)? = reading.steps.last?.action,
      case .constant(.record(let record))? = events.first?.payload
    else { throw Unexpected() }
    #expect(record["size"] == .integer(3) && record["text"] == .string("3"))
  }

  @Test("now stands for the context's time")
  func now() throws {
    let reading = SpecReading(
      sampleModel, "Given Dated(day: now + 3 days, span: 1s, payer: a, payment: cash, color: r, level: 1)")
    guard case .record(let events)? = reading.steps.first?.action, case .record(let fields)? = events.first?.payload,
      case .now(let offset)? = fields.first?.value
    else { throw Unexpected() }
    #expect(offset == .seconds(3 * 86_400))
  }

  @Test("Values of the wrong kind are reported where they stand", arguments: mistakes)
  func mistake(_ mistake: LanguageOrderingTests.Mistake) {
    #expect(SpecReading(sampleModel, mistake.text).errors == mistake.errors)
  }

  static let mistakes: [LanguageOrderingTests.Mistake] = [
    .init(
      "Given Packed(text: a, flag: yes, small: 128, count: 1, large: -1, ratio: 0.12345678901234567890, price: 1.2.3)",
      "1:29 flag expects true or false; found 'yes'",
      "1:41 small expects a whole number from -128 to 127; found '128', which is out of range",
      "1:63 large expects a whole number from 0; found '-1', which is out of range",
      "1:74 ratio expects a number; found '0.12345678901234567890', which has more digits than the type can hold",
      "1:105 price expects a decimal number; found '1.2.3'"),
    .init(
      "Given Packed(text: a, flag: \"true\", small: \"1\", count: , large: 1, ratio: inf, price: 123456789012345678901234567890123456789)",
      "1:29 flag expects true or false; found \"true\"",
      "1:44 small expects a whole number from -128 to 127; found \"1\"",
      "1:56 count expects a whole number; found nothing",
      "1:75 ratio expects a number; found 'inf'",
      "1:87 price expects a decimal number; found '123456789012345678901234567890123456789', which has more digits than the type can hold"
    ),
    .init(
      "Given Packed(text: a, flag: true, small: 1, count: 1 000, large: 1, ratio: 1e999, price: 1e200)",
      "1:52 count expects a whole number; found '1 000'",
      "1:76 ratio expects a number; found '1e999', which is out of range",
      "1:90 price expects a decimal number; found '1e200', which is out of range"),
    .init(
      "Given Dated(day: 31.1.2026, span: 3, payer: , payment: card, color: blue, level: 5)",
      "1:18 day expects a date such as 2026-01-31 or 2026-01-31T09:30:00Z; found '31.1.2026'",
      "1:35 span expects a length of time such as 3 days or 2 h 30 min; found '3'",
      "1:45 payer expects a UUID or a name for one; found nothing",
      "1:56 payment expects the payload of card(number: …, expires: …)",
      "1:69 color expects one of red, green; found 'blue'",
      "1:82 level expects one of low, high; found '5'"),
    .init(
      "Given Dated(day: 2026-13-01, span: 3 days 4 days, payer: \"\", payment: card(number: 1), color: Red, level: 1)",
      "1:18 day expects a date such as 2026-01-31 or 2026-01-31T09:30:00Z; found '2026-13-01', which is no day or time that exists",
      "1:36 span expects a length of time such as 3 days or 2 h 30 min; found '3 days 4 days'",
      "1:58 payer expects a UUID or a name for one; found \"\"",
      "1:7 Dated needs payment.expires"),
    .init(
      "Given Dated(day: 2026-01-31, span: 1s, payer: a, payment: card(numbr: 1), color: red(1), level: 1)",
      "1:64 card has no field 'numbr'; it has number, expires (number)",
      "1:85 color expects red without parentheses: it has no values"),
    .init(
      "Given Dated(day: 2026-01-31, span: 1s, payer: a, payment: crad(number: 1), color: red, level: 1)",
      "1:59 payment expects one of card, voucher, cash; found 'crad(…)' (card)"),
    .init(
      "Given Collected(tags: a, labels: [a, prices: {gold: x}, owners: {alice}, stops: [{place: a}])",
      "1:23 tags expects a list such as [a, a]; found 'a'",
      "1:46 '{' does not belong here: quote a text that has one in it",
      "1:65 '{' does not belong here: quote a text that has one in it",
      "1:81 '[' does not belong here: quote a text that has one in it",
      "1:93 ')' does not belong here: expected a comma or the closing bracket",
      "1:16 the bracket is not closed: a ')' is missing"),
    .init(
      "Given Collected(tags: [a], labels: [a], prices: {gold: x}, owners: {alice}, stops: [{place: a}])",
      "1:56 prices.gold expects a whole number; found 'x'",
      "1:69 expected 'key: value'",
      "1:7 Collected needs stops[0].position"),
    .init(
      "Given Collected(tags: [a], labels: [a], prices: {gold: 1, gold: 2}, owners: {}, stops: [1, {place: a, position: b}])",
      "1:59 'gold' is given twice",
      "1:89 stops[0] expects a record {place, position, hint}; found '1'",
      "1:113 stops[1].position expects a whole number; found 'b'"),
    .init(
      "Given Noted(stop: {place: a, position: 1, place: b}, pattern: p)",
      "1:43 'place' is given twice"),
    .init(
      "Given Noted(stop.place: a, stop: null, pattern: p)",
      "1:28 'stop' is given twice"),
    .init(
      "Given Noted(stop.place: a, stop.place: b, stop.position: 1, pattern: p)",
      "1:28 'stop.place' is given twice"),
    .init(
      "Given Noted(pattern: a]b)",
      "1:23 ']' does not belong here: quote a text that has one in it"),
    .init(
      "Given Noted(pattern: \"\\u{110000}\")",
      "1:23 a code point is written \\u{3C}: 1 to 8 hexadecimal digits of a Unicode scalar in braces"),
    .init(
      "Given Closed",
      "1:7 'Closed' could be Crate.Closed or Ticket.Closed; say which"),
    .init(
      "Given Stamp(by: x)",
      "1:7 'Stamp' could be LogBook.event.Stamp or LogBook.command.Stamp; say which"),
    .init(
      "Given Sold(seat: 1A)",
      "1:7 say which Ticket: its identity is a whole number, so it has no name of its own"),
    .init(
      "Given Ticket seven: Sold(seat: 1A)",
      "1:14 Ticket expects a whole number; found 'seven'"),
    .init(
      "Given Crate.Sold(seat: 1A)",
      "1:13 the domain has no event or command of Crate called 'Sold'"),
    .init(
      "Given Ticket 7: Crate.Closed",
      "1:17 the step names the aggregate Ticket, but the message is one of Crate"),
    .init(
      "Given Packed(text: a, flag: true, small: 1, count: 1, large: 1, ratio: 1, price: 1,)",
      "1:83 a field is expected behind the comma"),
    .init(
      "Given Stacked(stack: {name: a, above: [{name: b, above: [{name: c}]}]})",
      "1:7 Stacked needs stack.above[0].above[0].above"),
    .init(
      "When Weigh(grams: 1)\nThen error TooHeavy(gram: 1)",
      "2:21 TooHeavy has no field 'gram'; it has grams (grams)"),
    .init(
      "When Weigh(grams: 1)\nThen Weighed(grams: not)",
      "2:21 grams expects a whole number; found 'not'"),
    .init(
      "When Weigh(grams: 1)\nThen Weighed(grams: 3..x)",
      "2:24 grams expects a whole number; found 'x'"),
    .init(
      "When Weigh(grams: 1)\nThen Weighed(grams: >)",
      "2:22 grams expects a whole number; found nothing"),
    .init(
      "When Weigh(grams: 1)\nThen Weighed(grams: /a/)",
      "2:21 regular expressions are for texts; grams expects a whole number"),
    .init(
      "When Weigh(grams: 1)\nThen Weighed(grams: empty)",
      "2:21 'empty' is for texts and collections; grams expects a whole number"),
    .init(
      "When Weigh(grams: 1)\nThen Noted(text: >= 3, size: now, pattern: contains x, ...)",
      "2:18 text is a text: quote '>= 3', which looks like a matcher",
      "2:30 size expects a whole number; found 'now'",
      "2:53 pattern is a text: quote the text behind the operator"),
    .init(
      "When Weigh(grams: 1)\nThen Noted(text: empty, pattern: any, ..., size: 1)",
      "2:39 '...' must be the last"),
    .init(
      "Given Noted\n  | pattern | pattern |\n  | a | b |",
      "2:15 'pattern' is given twice"),
    .init(
      "Given Noted\n  | pattern | a |\n  | pattern | b |",
      "3:5 'pattern' is given twice"),
    .init(
      "Given Noted\n  | ... | pattern |\n  | | b |",
      "2:5 '...' can only stand in a Then"),
    .init(
      "When Close\nThen Noted\n  | pattern | ... |\n  | b | c |",
      "4:9 nothing may stand beside '...'"),
    .init(
      "When Close\nThen Crate crate: version is 3 or more",
      "2:30 version expects a whole number; found '3 or more'"),
    .init(
      "When Close\nThen state is {open: true, text: a, nte: b}",
      "2:37 Crate has no field 'nte'; it has open, text, note, stops, labels, grams, since (note)"),
    .init(
      "When Close\nThen state stops\n  | place | positon |\n  | a | 1 |",
      "3:13 'positon' is no field of stops; the first row of a table of rows names fields (position)"),
    .init(
      "When Close\nThen state stops\n  | place | x | y |\n  | a | 1 | 2 |",
      "3:13 'x' is no field of stops; a table's first row names fields, or a table of two columns has one field a row"),
    .init(
      "When Close\nThen state labels\n  | a | b |",
      "3:9 'labels' has plain values: one a row is expected"),
  ]
}
