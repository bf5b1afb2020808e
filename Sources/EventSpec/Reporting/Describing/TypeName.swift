package import EventSourcing

extension TypeSchema {
  /// The type as one writes it in Swift, such as `[Item]` or `String?`.
  package var swiftName: String {
    switch self {
    case .string: "String"
    case .bool: "Bool"
    case .integer(let bits, let isSigned):
      bits == 64 ? (isSigned ? "Int" : "UInt") : (isSigned ? "Int\(bits)" : "UInt\(bits)")
    case .floatingPoint(let bits): bits == 32 ? "Float" : "Double"
    case .decimal: "Decimal"
    case .date: "Date"
    case .duration: "Duration"
    case .uuid(let name): name
    case .data: "Data"
    case .optional(let wrapped): wrapped.swiftName + "?"
    case .array(let element): "[\(element.swiftName)]"
    case .set(let element): "Set<\(element.swiftName)>"
    case .dictionary(let key, let value): "[\(key.swiftName): \(value.swiftName)]"
    case .record(let schema): schema.name
    case .enumeration(let schema): schema.name
    case .text(let schema): schema.name
    case .recursive(let name): name
    case .unreadable(let name, _): name
    }
  }

  /// Collects the records and enumerations that the type is made of, in the order in which they are met.
  func collectNamed(into types: inout [(name: String, type: TypeSchema)]) {
    switch self {
    case .optional(let inner), .array(let inner), .set(let inner): inner.collectNamed(into: &types)
    case .dictionary(let key, let value):
      key.collectNamed(into: &types)
      value.collectNamed(into: &types)
    case .record(let schema):
      guard !types.contains(where: { $0.name == schema.name }) else { return }
      types.append((schema.name, self))
      for field in schema.fields { field.type.collectNamed(into: &types) }
    case .enumeration(let schema):
      guard !types.contains(where: { $0.name == schema.name }) else { return }
      types.append((schema.name, self))
      for field in schema.cases.flatMap(\.fields) { field.type.collectNamed(into: &types) }
    case .string, .bool, .integer, .floatingPoint, .decimal, .date, .duration, .uuid, .data, .text, .recursive,
      .unreadable:
      return
    }
  }
}
