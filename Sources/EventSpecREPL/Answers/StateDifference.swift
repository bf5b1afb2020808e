package import EventSourcing
package import EventSpec

/// What differs between two states, path by path.
package struct StateDifference: Sendable {
  /// One place that differs.
  package struct Change: Sendable, Hashable {
    /// How it differs.
    package enum Kind: String, Sendable, Hashable { case changed, added, removed }

    package var kind: Kind
    /// The way to the place, as in `items[0].quantity`.
    package var path: String
    /// The value before, as one writes it in a spec.
    package var before: String?
    /// The value after.
    package var after: String?
  }

  private let text: SpecText
  private static let deepest = 50

  package init(_ text: SpecText) { self.text = text }

  /// The places that differ, in the order of the fields.
  ///
  /// - Parameters:
  ///   - before: A state in coded form.
  ///   - after: Another one of the same type.
  ///   - type: Its type.
  /// - Complexity: O(*n*) in the size of the states.
  package func changes(from before: DynamicValue, to after: DynamicValue, type: TypeSchema) -> [Change] {
    var changes: [Change] = []
    compare(before, after, type, path: "", depth: 0, into: &changes)
    return changes
  }

  private func compare(
    _ before: DynamicValue, _ after: DynamicValue, _ type: TypeSchema, path: String, depth: Int,
    into changes: inout [Change]
  ) {
    if before == after { return }
    let wrapped = type.withoutOptional
    if depth < Self.deepest {
      switch (before, after) {
      case (.record(let left), .record(let right)):
        if Self.isRecord(wrapped) || path.isEmpty {
          compareRecords(left, right, wrapped, path: path, depth: depth, into: &changes)
          return
        }
      case (.array(let left), .array(let right)):
        compareLists(left, right, wrapped, path: path, depth: depth, into: &changes)
        return
      default: break
      }
    }
    changes.append(
      Change(kind: .changed, path: path, before: text.render(before, type), after: text.render(after, type)))
  }

  private static func isRecord(_ type: TypeSchema) -> Bool {
    switch type {
    case .record, .dictionary: true
    default: false
    }
  }

  private func compareRecords(
    _ left: DynamicRecord, _ right: DynamicRecord, _ type: TypeSchema, path: String, depth: Int,
    into changes: inout [Change]
  ) {
    let isAligned = left.fields.count == right.fields.count
    for (index, field) in right.fields.enumerated() {
      let fieldType = Self.type(of: field.name, in: type)
      let name = path.isEmpty ? field.name : path + "." + field.name
      // Records of one type mostly list their fields in one order.
      let earlier: DynamicValue?
      if isAligned, left.fields[index].name == field.name {
        earlier = left.fields[index].value
      } else {
        earlier = left[field.name]
      }
      guard let earlier else {
        changes.append(Change(kind: .added, path: name, before: nil, after: text.render(field.value, fieldType)))
        continue
      }
      compare(earlier, field.value, fieldType, path: name, depth: depth + 1, into: &changes)
    }
    for field in left.fields where right[field.name] == nil {
      let name = path.isEmpty ? field.name : path + "." + field.name
      let before = text.render(field.value, Self.type(of: field.name, in: type))
      changes.append(Change(kind: .removed, path: name, before: before, after: nil))
    }
  }

  private func compareLists(
    _ left: [DynamicValue], _ right: [DynamicValue], _ type: TypeSchema, path: String, depth: Int,
    into changes: inout [Change]
  ) {
    let element = Self.element(of: type)
    if case .set = type {
      for value in left where !right.contains(value) {
        changes.append(Change(kind: .removed, path: path, before: text.render(value, element), after: nil))
      }
      for value in right where !left.contains(value) {
        changes.append(Change(kind: .added, path: path, before: nil, after: text.render(value, element)))
      }
      return
    }
    var start = 0
    while start < left.count, start < right.count, left[start] == right[start] { start += 1 }
    var end = 0
    while end < left.count - start, end < right.count - start,
      left[left.count - 1 - end] == right[right.count - 1 - end]
    {
      end += 1
    }
    let removed = left[start..<(left.count - end)]
    let added = right[start..<(right.count - end)]
    let common = min(removed.count, added.count)
    for offset in 0..<common {
      compare(
        left[start + offset], right[start + offset], element, path: "\(path)[\(start + offset)]", depth: depth + 1,
        into: &changes)
    }
    for index in (start + common)..<max(start + common, left.count - end) {
      changes.append(
        Change(kind: .removed, path: "\(path)[\(index)]", before: text.render(left[index], element), after: nil))
    }
    for index in (start + common)..<max(start + common, right.count - end) {
      changes.append(
        Change(kind: .added, path: "\(path)[\(index)]", before: nil, after: text.render(right[index], element)))
    }
  }

  private static func type(of field: String, in type: TypeSchema) -> TypeSchema {
    switch type {
    case .record(let schema): schema.fields.first { $0.name == field }?.type ?? .string
    case .dictionary(_, let value): value
    default: .string
    }
  }

  private static func element(of type: TypeSchema) -> TypeSchema {
    switch type {
    case .array(let element), .set(let element): element
    default: .string
    }
  }
}

extension StateDifference.Change {
  /// The change as people read it.
  var line: StyledText {
    var line = StyledText()
    line.append("    ")
    line.append(path, .cyan)
    line.append(": ")
    switch kind {
    case .changed:
      line.append(before ?? "", .dim)
      line.append(" → ")
      line.append(after ?? "", .bold)
    case .added:
      line.append("+ ", .green)
      line.append(after ?? "")
    case .removed:
      line.append("- ", .red)
      line.append(before ?? "")
    }
    return line
  }

  /// The change as programs read it.
  var record: DynamicValue {
    var record = DynamicRecord([.init("path", .string(path)), .init("kind", .string(kind.rawValue))])
    if let before { record["before"] = .string(before) }
    if let after { record["after"] = .string(after) }
    return .record(record)
  }
}

extension TypeSchema {
  /// The type without the possibility of null.
  var withoutOptional: TypeSchema {
    var type = self
    while case .optional(let wrapped) = type { type = wrapped }
    return type
  }
}
