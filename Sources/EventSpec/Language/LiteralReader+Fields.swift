import EventSourcing

/// Where a field's value lies.
struct FieldPath {
  /// The index of the path's first field.
  var root: Int
  /// The way to the value from there; empty where it is the field's own.
  var rest: [PathComponent]
  var type: TypeSchema
  var isDerived: Bool

  /// The path as a whole.
  func components(in table: FieldTable) -> [PathComponent] {
    guard table.paths.indices.contains(root) else { return rest }
    return rest.isEmpty ? table.paths[root] : table.paths[root] + rest
  }
}

extension LiteralReader {
  /// Reads `field: value` items up to a closing bracket; the cursor stands behind the opening one.
  ///
  /// - Parameters:
  ///   - closer: The closing bracket.
  ///   - opener: Where the opening one stands.
  ///   - value: Reads the value of the field whose name stands in the range; answers whether it could.
  /// - Returns: Where the `...` stands that ends the items, if one does.
  mutating func items(
    until closer: Unicode.Scalar, opener: Int, value: (inout LiteralReader, Range<Int>) -> Bool
  ) -> Int? {
    var rest: Int?
    var comma: Int?
    var isLastBareText = false
    while true {
      skipSpace()
      guard let byte else {
        reading.hasUnknownField = true
        report("the bracket is not closed: a '\(closer)' is missing", at: opener)
        return rest
      }
      if byte == UInt8(ascii: closer) {
        if let comma, rest == nil { wrongItem("a field is expected behind the comma", at: comma) }
        position += 1
        return rest
      }
      if let rest { wrongItem("'...' must be the last", at: rest) }
      let start = position
      if starts(with: "...") || starts(with: "…") {
        rest = position
        position += 3
      } else {
        let name = fieldName()
        if at(":"), !name.isEmpty {
          position += 1
          skipSpace()
          let valueStart = position
          isLastBareText = !at("\"") && !at("[") && !at("{")
          if !value(&self, name) { skipValue(from: valueStart) }
        } else {
          if let comma, isLastBareText {
            wrongItem("a field and its value are expected behind the comma; quote a text that has one in it", at: comma)
          } else {
            wrongItem("expected 'field: value'", at: start)
          }
          skipValue(from: start)
        }
      }
      skipSpace()
      comma = nil
      if at(",") {
        comma = position
        position += 1
      } else if let stray = self.byte, stray != UInt8(ascii: closer) {
        strayCharacter(behind: start, isText: isLastBareText)
        skipValue(from: position)
        while !isAtEnd, !at(","), self.byte != UInt8(ascii: closer) { skipValue(from: position + 1) }
        if at(",") { position += 1 }
      }
    }
  }

  private func wrongItem(_ message: String, at offset: Int) {
    reading.hasUnknownField = true
    report(message, at: offset)
  }

  /// Says that something stands behind a value that does not belong there.
  func strayCharacter(behind start: Int, isText: Bool) {
    let character = String(decoding: bytes[min(position, bytes.count)...].prefix(4), as: UTF8.self).prefix(1)
    let advice = isText ? "quote a text that has one in it" : "expected a comma or the closing bracket"
    wrongItem("'\(character)' does not belong here: \(advice)", at: position)
  }

  /// The field's name or path at the cursor, which is left at the colon behind it.
  private mutating func fieldName() -> Range<Int> {
    let start = position
    var level = 0
    while let byte {
      if byte == UInt8(ascii: "[") { level += 1 }
      if byte == UInt8(ascii: "]") {
        if level == 0 { break }
        level -= 1
      }
      if level == 0, byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") { break }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "(") { break }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") { break }
      position += 1
    }
    return trimmed(start..<position)
  }

  /// Whether a text is a field or a path of the fields given, saying nothing.
  func isField(_ range: Range<Int>, of table: FieldTable) -> Bool {
    let (path, _) = find(range, in: table)
    return path != nil
  }

  /// Finds the field or path in the range; nil where there is none, which is reported.
  func fieldPath(_ range: Range<Int>, in table: FieldTable, of owner: String) -> FieldPath? {
    let (path, problem) = find(range, in: table)
    guard let problem else { return path }
    reading.hasUnknownField = true
    let name = text(problem.segment)
    switch problem.reason {
    case .unknown(let known, let container):
      let shown = container.map { "'\($0)'" } ?? owner
      report(
        "\(shown) has no field '\(name)'" + (known.isEmpty ? "" : "; it has \(known.joined(separator: ", "))"),
        at: problem.segment.lowerBound, suggestion: NearestName.nearest(to: name, among: known))
    case .list(let container):
      report(
        "'\(container)' is a list: ask for \(container).count, or an element's part, as in \(container)[0].\(name)",
        at: problem.segment.lowerBound)
    case .noPath(let container):
      report("'\(container)' is no collection or record, so it has no '\(name)'", at: problem.segment.lowerBound)
    case .index(let container):
      report("'[\(name)]' is no place in '\(container)': places count from 0", at: problem.segment.lowerBound)
    case .broken: report("'\(text(range))' is no path", at: problem.segment.lowerBound)
    }
    return nil
  }

  private enum PathProblem {
    case unknown(known: [String], container: String?)
    case list(container: String)
    case noPath(container: String)
    case index(container: String)
    case broken
  }

  private func find(
    _ range: Range<Int>, in table: FieldTable
  ) -> (FieldPath?, (segment: Range<Int>, reason: PathProblem)?) {
    if let index = table.index(of: range, in: bytes) {
      return (
        FieldPath(root: index, rest: [], type: table.fields[index].type, isDerived: table.fields[index].isDerived), nil
      )
    }
    var rest: [PathComponent] = []
    var type: TypeSchema?
    var root = 0
    var isDerived = false
    var start = range.lowerBound
    while start < range.upperBound {
      let isIndex = bytes[start] == UInt8(ascii: "[")
      var end = start
      if isIndex {
        while end < range.upperBound, bytes[end] != UInt8(ascii: "]") { end += 1 }
      } else {
        while end < range.upperBound, bytes[end] != UInt8(ascii: "."), bytes[end] != UInt8(ascii: "[") { end += 1 }
      }
      let segment = trimmed((isIndex ? start + 1 : start)..<end)
      guard !segment.isEmpty, !isIndex || (end < range.upperBound && type != nil) else {
        return (nil, (start..<max(end, start + 1), .broken))
      }
      let shownSoFar = text(range.lowerBound..<max(range.lowerBound, isIndex ? start : start - 1))
      if let container = type.map({ reading.model.resolve($0.unwrapped) }) {
        switch inside(container, segment, isIndex: isIndex) {
        case .success(let found):
          rest.append(found.component)
          type = found.type
          isDerived = found.isDerived
        case .failure(let problem):
          let reason: PathProblem =
            switch problem {
            case .unknown(let known): .unknown(known: known, container: shownSoFar)
            case .list: .list(container: shownSoFar)
            case .noPath: .noPath(container: shownSoFar)
            case .index: .index(container: shownSoFar)
            }
          return (nil, (segment, reason))
        }
      } else if let index = table.index(of: segment, in: bytes) {
        root = index
        type = table.fields[index].type
        isDerived = table.fields[index].isDerived
      } else {
        return (nil, (segment, .unknown(known: table.fields.map(\.name), container: nil)))
      }
      start = isIndex ? end + 1 : end
      if start < range.upperBound, bytes[start] == UInt8(ascii: ".") {
        start += 1
        if start == range.upperBound { return (nil, (start - 1..<start, .broken)) }
      } else if start < range.upperBound, bytes[start] != UInt8(ascii: "[") {
        return (nil, (start..<range.upperBound, .broken))
      }
    }
    guard let type else { return (nil, (range, .unknown(known: table.fields.map(\.name), container: nil))) }
    return (FieldPath(root: root, rest: rest, type: type, isDerived: isDerived), nil)
  }

  private enum StepProblem: Error {
    case unknown([String])
    case list
    case noPath
    case index
  }

  private func inside(
    _ type: TypeSchema, _ segment: Range<Int>, isIndex: Bool
  ) -> Result<(component: PathComponent, type: TypeSchema, isDerived: Bool), StepProblem> {
    let isCount = !isIndex && isWord(segment, "count")
    let count: (PathComponent, TypeSchema, Bool) = (.count, .integer(bits: 64, isSigned: true), true)
    switch type {
    case .record(let schema) where !isIndex:
      for field in schema.fields where NormalizedName.areEqual(field.name.utf8, bytes[segment]) {
        return .success((.field(field.name), field.type, field.isDerived))
      }
      return .failure(.unknown(schema.fields.map(\.name)))
    case .array(let element):
      if isCount { return .success(count) }
      guard isIndex else { return .failure(.list) }
      guard let index = Int(text(segment)), index >= 0 else { return .failure(.index) }
      return .success((.index(index), element, false))
    case .set:
      return isCount ? .success(count) : .failure(.unknown(["count"]))
    case .dictionary(let keyType, let value):
      if isCount { return .success(count) }
      let quiet = Reading(reading.source, model: reading.model, isOutcome: false)
      let reader = LiteralReader(source, quiet)
      guard let key = reader.scalar(keyType, bytes[segment], isQuoted: false, at: segment.lowerBound)?.keyText else {
        return .failure(.index)
      }
      return .success((.key(key), value, false))
    default: return .failure(.noPath)
    }
  }
}
