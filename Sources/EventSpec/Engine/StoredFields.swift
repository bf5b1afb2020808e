import EventSourcing

/// The stored fields of a type as the compiler knows them, beside those that its schema lists.
enum StoredFields {
  /// Whether a schema lists every stored field of a type, all the way down: a field that is left out of the coding keys
  /// is in no schema.
  ///
  /// - Parameters:
  ///   - type: The type.
  ///   - fields: The fields that its schema lists.
  static func areListed(of type: Any.Type, in fields: [FieldSchema]) -> Bool {
    isListed(type, .record(RecordSchema(name: "", fields: fields)), depth: 0)
  }

  /// Whether the schema of an enum's case lists every stored field of what the case carries.
  ///
  /// - Parameters:
  ///   - type: The enum.
  ///   - name: The case's name.
  ///   - fields: The fields that its schema lists.
  static func areListed(ofCase name: String, of type: Any.Type, in fields: [FieldSchema]) -> Bool {
    guard case .enumeration(let cases) = Reflection.shape(of: type), let found = cases.first(where: { $0.name == name })
    else { return false }
    let payload = found.payload ?? []
    // One struct without a label stands for the payload.
    if payload.count == 1, let type = payload[0].type, payload[0].name == nil, fields.first?.name != "_0" {
      return areListed(of: type, in: fields)
    }
    return areListed(payload, fields, depth: 0)
  }

  private static func areListed(_ stored: [Reflection.Field], _ listed: [FieldSchema], depth: Int) -> Bool {
    let listed = listed.filter { !$0.isDerived }
    guard stored.count == listed.count else { return false }
    return zip(stored, listed).allSatisfy { stored, listed in
      stored.type.map { isListed($0, listed.type, depth: depth + 1) } ?? false
    }
  }

  private static func isListed(_ type: Any.Type, _ schema: TypeSchema, depth: Int) -> Bool {
    guard depth < 32 else { return false }
    switch schema {
    case .string, .bool, .integer, .floatingPoint, .decimal, .date, .duration, .uuid, .data: return true
    case .optional(let wrapped), .array(let wrapped), .set(let wrapped):
      guard let parts = (type as? any TypeWithParts.Type)?.parts, let part = parts.first else { return false }
      return isListed(part, wrapped, depth: depth + 1)
    case .dictionary(_, let value):
      guard let parts = (type as? any TypeWithParts.Type)?.parts, let part = parts.last else { return false }
      return isListed(part, value, depth: depth + 1)
    case .record(let record):
      guard case .structure(let stored) = Reflection.shape(of: type) else { return false }
      return areListed(stored, record.fields, depth: depth)
    case .enumeration(let listed):
      guard case .enumeration(let cases) = Reflection.shape(of: type), cases.count == listed.cases.count else {
        return false
      }
      return cases.allSatisfy { found in
        guard let described = listed.cases.first(where: { $0.name == found.name }) else { return false }
        return areListed(found.payload ?? [], described.fields, depth: depth)
      }
    case .text, .recursive, .unreadable: return false
    }
  }
}

/// A type that is made of others, which it tells.
private protocol TypeWithParts {
  static var parts: [Any.Type] { get }
}

extension Optional: TypeWithParts { static var parts: [Any.Type] { [Wrapped.self] } }
extension Array: TypeWithParts { static var parts: [Any.Type] { [Element.self] } }
extension Set: TypeWithParts { static var parts: [Any.Type] { [Element.self] } }
extension Dictionary: TypeWithParts { static var parts: [Any.Type] { [Key.self, Value.self] } }
