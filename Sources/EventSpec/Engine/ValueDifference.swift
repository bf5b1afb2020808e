import EventSourcing

/// What differs between two values of one type, for the reports of the checks that are always on.
struct ValueDifference: Sendable {
  private let text: SpecText

  init(_ model: DomainModel) { text = SpecText(model) }

  /// The lines of the fields that differ.
  ///
  /// - Parameters:
  ///   - before: The value that went in.
  ///   - codedBefore: Its coded form.
  ///   - after: The value that came out.
  ///   - codedAfter: Its coded form.
  func lines(
    before: Any, codedBefore: DynamicValue, after: Any, codedAfter: DynamicValue
  ) -> [ComparisonLine] {
    let coded = fieldLines(codedBefore, codedAfter)
    if coded.contains(where: { $0.mark != .same }) { return coded.filter { $0.mark != .same } }
    // What is lost does not even show in the coded form: look at the values themselves.
    let left = Dictionary(properties(before), uniquingKeysWith: { first, _ in first })
    let right = properties(after)
    return right.compactMap { name, actual in
      guard let expected = left[name], expected != actual else { return nil }
      return ComparisonLine(.differs, depth: 1, label: name, expected: expected, actual: actual)
    }
  }

  /// The lines of two events, either of which may be missing.
  func eventLines(
    _ first: (name: String, payload: DynamicRecord)?, _ second: (name: String, payload: DynamicRecord)?
  ) -> [ComparisonLine] {
    switch (first, second) {
    case (let first?, let second?) where first.name == second.name:
      let fields = fieldLines(.record(first.payload), .record(second.payload))
      let mark: ComparisonLine.Mark = fields.contains { $0.mark != .same } ? .differs : .same
      return [ComparisonLine(mark, label: first.name, expected: first.name, actual: second.name)] + fields
    case (let first?, let second?):
      return [ComparisonLine(.differs, label: first.name, expected: first.name, actual: second.name)]
    case (let first?, nil): return [ComparisonLine(.missing, label: first.name, expected: first.name)]
    case (nil, let second?): return [ComparisonLine(.surplus, label: second.name, actual: second.name)]
    case (nil, nil): return []
    }
  }

  private func fieldLines(_ first: DynamicValue, _ second: DynamicValue) -> [ComparisonLine] {
    guard case .record(let left) = first, case .record(let right) = second else {
      if first.isIdentical(to: second) { return [] }
      return [ComparisonLine(.differs, depth: 1, label: "value", expected: text(first), actual: text(second))]
    }
    var lines: [ComparisonLine] = []
    for field in left.fields {
      guard let value = right[field.name] else {
        lines.append(ComparisonLine(.missing, depth: 1, label: field.name, expected: text(field.value)))
        continue
      }
      let mark: ComparisonLine.Mark = field.value.isIdentical(to: value) ? .same : .differs
      lines.append(
        ComparisonLine(mark, depth: 1, label: field.name, expected: text(field.value), actual: text(value)))
    }
    for field in right.fields where left[field.name] == nil {
      lines.append(ComparisonLine(.surplus, depth: 1, label: field.name, actual: text(field.value)))
    }
    return lines
  }

  private func text(_ value: DynamicValue) -> String { text.untyped(value) }

  /// The stored properties of a value, or of what an enum's case carries, as text.
  private func properties(_ value: Any) -> [(String, String)] {
    var result: [(String, String)] = []
    for child in Mirror(reflecting: value).children {
      let mirror = Mirror(reflecting: child.value)
      if mirror.displayStyle == .tuple || mirror.displayStyle == .struct,
        Mirror(reflecting: value).displayStyle == .enum
      {
        result += mirror.children.map { ($0.label ?? "value", String(describing: $0.value)) }
      } else {
        result.append((child.label ?? "value", String(describing: child.value)))
      }
    }
    return result
  }
}
