import EventSourcing
import Testing

@testable import EventSpec

/// The macros of Swift Testing take no mutating calls as arguments.
private final class Looker {
  var matcher: PatternMatcher
  var bindings: [String: DynamicValue] { matcher.bindings }

  init(model: DomainModel, now: Date) { matcher = PatternMatcher(model: model, now: now) }

  func looks(_ pattern: MessagePattern, _ payload: DynamicRecord) -> Bool { matcher.matches(pattern, payload) }
  func looks(_ pattern: StatePattern, _ state: DynamicValue) -> Bool { matcher.matches(pattern, state) }
  func looks(rows: [[FieldPattern]], _ values: [DynamicValue], isOrdered: Bool) -> Bool {
    matcher.matches(rows: rows, values, isOrdered: isOrdered)
  }
}

@Suite("What came beside what is asked for")
struct LanguagePatternTests {
  private static let start = Date(timeIntervalSince1970: 1_769_851_800)

  /// Whether an event is what a Then says of it, and the lines that set the two side by side.
  private func look(_ expected: String, _ actual: String, _ model: DomainModel = sampleModel) throws -> (Bool, [String])
  {
    let then = SpecReading(model, "When Close\nThen " + expected)
    #expect(then.errors == [])
    let given = SpecReading(model, "Given " + actual)
    #expect(given.errors == [])
    guard case .expectEvents(let patterns)? = then.steps.last?.action, let pattern = patterns.first,
      case .record(let events)? = given.steps.first?.action, let event = events.first
    else { throw CancellationError() }
    var matcher = PatternMatcher(model: model, now: Self.start)
    guard case .record(let payload)? = matcher.value(of: event.payload) else { throw CancellationError() }
    let isMatch = matcher.matches(pattern, payload)
    let lines = matcher.lines(pattern, payload).dropFirst().filter { $0.mark != .same }.map { line in
      "\(line.mark.rawValue) \(line.label): \(line.expected ?? "-") | \(line.actual ?? "-")"
    }
    #expect(isMatch == lines.isEmpty)
    return (isMatch, lines)
  }

  @Test(
    "Matchers hold or do not hold",
    arguments: [
      ("Weighed(grams: any)", true), ("Weighed(grams: > 99)", true), ("Weighed(grams: > 100)", false),
      ("Weighed(grams: >= 100)", true),
      ("Weighed(grams: < 100)", false), ("Weighed(grams: <= 100)", true), ("Weighed(grams: 100..100)", true),
      ("Weighed(grams: 1..99)", false), ("Weighed(grams: 99 ± 1)", true), ("Weighed(grams: 98 ± 1)", false),
      ("Weighed(grams: not 100)", false),
      ("Weighed(grams: not > 100)", true), ("Weighed(grams: $n)", true), ("Weighed(grams: 100)", true),
      ("Weighed()", true),
      ("Weighed(...)", true), ("Weighed(grams: not not 100)", true),
    ])
  func numbers(_ expected: String, _ holds: Bool) throws {
    #expect(try look(expected, "Weighed(grams: 100)").0 == holds)
  }

  @Test(
    "Texts and optionals match",
    arguments: [
      (#"Noted(text: "a b", ...)"#, true), ("Noted(text: a b, ...)", true), ("Noted(text: /b$/, ...)", true),
      ("Noted(text: /^b/, ...)", false),
      (#"Noted(text: contains "a ", ...)"#, true), (#"Noted(text: not contains "x", ...)"#, true),
      (#"Noted(text: not "a b", ...)"#, false),
      ("Noted(text: empty, ...)", false), ("Noted(text: not empty, ...)", true), ("Noted(text: not null, ...)", true),
      ("Noted(text: null, ...)", false),
      ("Noted(size: null, ...)", true), ("Noted(size: not null, ...)", false), ("Noted(text: a b, pattern: p)", false),
      ("Noted(text: a b, pattern: p, stop: {place: Kyiv, position: 3})", true),
      ("Noted(text: any, pattern: any, stop: any)", true),
      ("Noted(text: any, pattern: any, stop: {place: Kyiv, ...})", true),
      ("Noted(text: any, pattern: any, stop: {place: Kyiv})", false),
      ("Noted(text: any, pattern: any, stop.place: Kyiv)", false),
      ("Noted(text: any, pattern: any, stop.place: Kyiv, stop.position: 3)", true),
      ("Noted(stop.place: Kyiv, ...)", true), ("Noted(stop.place: Lviv, ...)", false), ("Noted(size: > 3, ...)", false),
    ])
  func texts(_ expected: String, _ holds: Bool) throws {
    #expect(try look(expected, "Noted(text: a b, pattern: p, stop: {place: Kyiv, position: 3})").0 == holds)
  }

  @Test(
    "Collections match, sets without order",
    arguments: [
      ("tags: [a, b], labels: [y, x]", true), ("tags: [b, a], labels: [y, x]", false),
      ("tags: [a], labels: [y, x]", false),
      ("tags: contains \"b\", labels: contains \"x\"", true), ("tags: contains \"c\", ...", false),
      ("tags.count: 2, ...", true),
      ("tags: [any, any], ...", true), ("tags: [a, /b/], labels: [/[xy]/, any]", true),
      ("prices: {gold: > 2, silver: 4}, ...", true),
      ("prices: {gold: 3}, ...", false), ("prices: {gold: 3, ...}, ...", true),
      ("prices: contains \"gold\", ...", true), ("prices.gold: 3, ...", true),
      ("owners: {alice: 1}, ...", true), ("owners.alice: 1, ...", true), ("stops[0].place: Kyiv, ...", true),
      ("stops[1].place: Kyiv, ...", false),
      ("stops: [{place: Kyiv, position: 1}], ...", true), ("stops: contains {place: Kyiv, ...}, ...", true),
      ("stops: not empty, ...", true),
      ("labels: empty, ...", false),
    ])
  func collections(_ fields: String, _ holds: Bool) throws {
    let rest =
      fields.contains("...") && fields.hasSuffix("...")
      ? "" : ", prices: any, owners: any, stops: any"
    #expect(
      try look(
        "Collected(\(fields)\(rest))",
        "Collected(tags: [a, b], labels: [x, y], prices: {gold: 3, silver: 4}, owners: {alice: 1}, stops: [{place: Kyiv, position: 1}])"
      ).0 == holds)
  }

  @Test(
    "Dates, durations, identities and cases match",
    arguments: [
      ("day: now", true), ("day: now - 1 s", false), ("day: now ± 1 min", true), ("day: > 2026-01-01", true),
      ("day: 2026-01-31..now", true),
      ("day: 2026-01-31T09:30:00Z", true), ("day: now + 1 h", false), ("span: 1h..2h", true), ("span: 90 min", true),
      ("span: < 1 h", false),
      ("payer: alice", true), ("payer: bob", false), ("payer: /^ali/", true), ("payer: not bob", true),
      ("payment: card(number: \"1\", expires: any)", true),
      ("payment: card(number: \"1\")", false), ("payment: card(number: \"1\", ...)", true), ("payment: cash", false),
      ("color: red", true),
      ("color: g", false), ("level: high", true), ("level: 9", true), ("level: not low", true),
    ])
  func structured(_ field: String, _ holds: Bool) throws {
    #expect(
      try look(
        "Dated(\(field), ...)",
        #"Dated(day: 2026-01-31T11:30:00+02:00, span: 1 h 30 min, payer: alice, payment: card(number: "1", expires: 2027-01-01), color: red, level: 9)"#
      ).0 == holds)
  }

  @Test("Exact decimals and floating point numbers compare by value")
  func exactNumbers() throws {
    let actual = "Packed(text: a, flag: true, small: 1, count: 1, large: 1, ratio: 0.1, price: 9.90)"
    #expect(try look("Packed(price: 9.9, ratio: 0.10, ...)", actual).0)
    #expect(try look("Packed(price: 9.91, ...)", actual).0 == false)
    #expect(try look("Packed(price: 9.99 ± 0.1, ...)", actual).0)
  }

  @Test("A field that is left out is shown, ready to paste, and so is what differs")
  func lines() throws {
    #expect(
      try look("Noted(text: b)", "Noted(text: a, pattern: p q, size: 3)").1
        == ["differs text: b | a", "surplus size: - | 3", "surplus pattern: - | p q"])
    #expect(
      try look("Noted(pattern: p, stop: {place: Lviv})", "Noted(pattern: p, stop: {place: Kyiv, position: 3})").1
        == [
          "differs stop: {place: Lviv} | {place: Kyiv, position: 3}", "differs place: Lviv | Kyiv",
          "surplus position: - | 3",
        ])
    #expect(
      try look("Noted(pattern: p, stop.place: Kyiv)", "Noted(pattern: p, stop: {place: Kyiv, position: 3})").1
        == ["surplus stop.position: - | 3"])
    #expect(
      try look(
        "Dated(payer: bob, day: now + 1 h, ...)",
        "Dated(day: now, span: 1s, payer: alice, payment: cash, color: red, level: 1)"
      ).1
        == ["differs payer: bob | alice", "differs day: now + 1 h = 2026-01-31T10:30:00Z | 2026-01-31T09:30:00Z"])
  }

  @Test("A name binds the first value it meets and must equal it from then on; a failed match binds nothing")
  func bindings() throws {
    let then = SpecReading(
      sampleModel, "When Close\nThen Collected(tags: [$a, $a], ...)\nAnd Collected(tags: [$a, x], ...)")
    #expect(then.errors == [])
    let patterns: [MessagePattern] = then.steps.compactMap { step in
      if case .expectEvents(let patterns) = step.action { patterns.first } else { nil }
    }
    let matcher = Looker(model: sampleModel, now: Self.start)
    func payload(_ tags: String...) -> DynamicRecord {
      DynamicRecord([.init("tags", .array(tags.map { .string($0) }))])
    }
    #expect(matcher.looks(patterns[0], payload("p", "q")) == false)
    #expect(matcher.bindings.isEmpty)
    #expect(matcher.looks(patterns[0], payload("p", "p")))
    #expect(matcher.looks(patterns[1], payload("q", "x")) == false)
    #expect(matcher.looks(patterns[1], payload("p", "x")))
  }

  @Test("Rows match in any order unless an order is declared")
  func rows() throws {
    let then = SpecReading(sampleModel, "Then Crate: state stops\n  | place | position |\n  | a | > 1 |\n  | b | any |")
    #expect(then.errors == [])
    guard case .expectState(_, .rows(_, let rows))? = then.steps.first?.action else { throw CancellationError() }
    func stop(_ place: String, _ position: Int64) -> DynamicValue {
      .record(
        DynamicRecord([.init("place", .string(place)), .init("position", .integer(position)), .init("hint", .null)]))
    }
    let matcher = Looker(model: sampleModel, now: Self.start)
    #expect(matcher.looks(rows: rows, [stop("a", 2), stop("b", 1)], isOrdered: true))
    #expect(matcher.looks(rows: rows, [stop("b", 1), stop("a", 2)], isOrdered: true) == false)
    #expect(matcher.looks(rows: rows, [stop("b", 1), stop("a", 2)], isOrdered: false))
    #expect(matcher.looks(rows: rows, [stop("b", 1), stop("b", 2)], isOrdered: false) == false)
    #expect(matcher.looks(rows: rows, [stop("a", 2)], isOrdered: false) == false)
  }

  @Test("An empty cell of a state table asks for null or an empty text")
  func blank() throws {
    let then = SpecReading(sampleModel, "Then Crate: state\n  | text |  |\n  | note |  |")
    #expect(then.errors == [])
    guard case .expectState(_, let pattern)? = then.steps.first?.action else { throw CancellationError() }
    let matcher = Looker(model: sampleModel, now: Self.start)
    func state(_ text: String, _ note: DynamicValue) -> DynamicValue {
      .record(DynamicRecord([.init("text", .string(text)), .init("note", note), .init("grams", .integer(1))]))
    }
    #expect(matcher.looks(pattern, state("", .null)))
    #expect(matcher.looks(pattern, state("", .string(""))))
    #expect(matcher.looks(pattern, state("a", .null)) == false)
    #expect(matcher.looks(pattern, state("", .string("a"))) == false)
  }

  @Test("Pairs are found where a greedy search would miss them")
  func pairs() {
    let fits = [[true, true, true], [true, false, false], [true, true, false]]
    #expect(Assignment.find(3, 3) { fits[$0][$1] } == [2, 0, 1])
    #expect(Assignment.find(2, 2) { one, other in other == 0 } == nil)
  }

  @Test("What is written of a value reads back as the value")
  func written() throws {
    let text = SpecText(sampleModel)
    for event in [
      #"Packed(text: "a, b", flag: true, small: -1, count: 3, large: 18446744073709551615, ratio: 0.1, price: 9.99)"#,
      #"Packed(text: "null", flag: false, small: 1, count: 1, large: 1, ratio: 1e-07, price: 0)"#,
      #"Dated(day: 2026-01-31T09:30:00.25Z, span: 1 h 30 min, payer: alice, payment: card(number: "4111", expires: 2027-01-01), color: red, level: high)"#,
      #"Dated(day: 2026-01-31, span: -1 s, payer: "a longer name than fits", payment: voucher("x(y)"), color: green, level: low)"#,
      #"Collected(tags: ["", "a b", "/x/", "$y", any one], labels: ["1", "..", "> 3"], prices: {"a:b": 1, gold: 2}, owners: {alice: 1}, stops: [{place: Kyiv, position: 1, hint: "null"}])"#,
      #"Noted(text: "line\nbreak \u{1B}", pattern: "not x")"#,
    ] {
      let given = SpecReading(sampleModel, "Given " + event)
      #expect(given.errors == [])
      guard case .record(let events)? = given.steps.first?.action, let one = events.first,
        case .constant(.record(let payload)) = one.payload
      else { throw CancellationError() }
      let name = MessageName(kind: .event, aggregate: one.aggregate, caseIndex: one.caseIndex)
      let written = text.message(name, payload)
      let again = SpecReading(sampleModel, "Given " + written)
      #expect(again.errors == [], "\(written)")
      guard case .record(let read)? = again.steps.first?.action,
        case .constant(.record(let value))? = read.first?.payload
      else { throw CancellationError() }
      #expect(value == payload, "\(written)")
      // The same in a Then: nothing that is written looks like a matcher.
      #expect(SpecReading(sampleModel, "When Close\nThen " + written).errors == [], "\(written)")
    }
  }
}
