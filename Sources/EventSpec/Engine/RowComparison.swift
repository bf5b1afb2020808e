import EventSourcing

extension ScenarioEngine {
  /// A view's rows beside what is stated.
  mutating func compare(
    _ expectation: ViewPattern.Expectation, with rows: [DynamicValue], of view: Int
  ) -> Comparison {
    matcher.now = act?.now ?? clock
    let isOrdered = runtime.views[view].isOrdered
    switch expectation {
    case .none:
      if rows.isEmpty { return .match }
      return Comparison(
        isMatch: false, lines: matcher.lines(rows: [], rows, fields(of: view), isOrdered: isOrdered))
    case .fields(let fields):
      if rows.count == 1, matcher.matches(rows: [fields], rows, isOrdered: true) { return .match }
      return Comparison(
        isMatch: false, lines: matcher.lines(rows: [fields], rows, self.fields(of: view), isOrdered: false))
    case .rows(let patterns):
      if matcher.matches(rows: patterns, rows, isOrdered: isOrdered) { return .match }
      return Comparison(
        isMatch: false, lines: matcher.lines(rows: patterns, rows, fields(of: view), isOrdered: isOrdered))
    }
  }

  private func fields(of view: Int) -> [FieldSchema] {
    guard case .record(let record) = runtime.views[view].schema.rowType else { return [] }
    return record.fields
  }
}
