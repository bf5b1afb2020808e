package import EventSourcing

extension DynamicValue {
  /// Whether two values are the same to a reader of specs: numbers by value, dates as instants, sets without order,
  /// a missing field as null, derived fields not at all.
  ///
  /// - Parameters:
  ///   - other: The other value.
  ///   - type: The type of both.
  ///   - model: The domain, for types that contain themselves.
  package func isSame(as other: DynamicValue, _ type: TypeSchema, in model: DomainModel) -> Bool {
    switch (self, other) {
    case (.integer(let one), .integer(let two)): return one == two
    case (.string(let one), .string(let two)): return one.hasSameBytes(as: two)
    case (.uuid(let one), .uuid(let two)): return one == two
    case (.date(let one), .date(let two)): return abs(one.timeIntervalSince(two)) < 1e-6
    case (.decimal(let one), .decimal(let two)): return one == two
    case (.array(let one), .array(let two)):
      guard one.count == two.count else { return false }
      switch model.resolve(type.unwrapped) {
      case .set(let element):
        return Assignment.find(one.count, two.count) { one[$0].isSame(as: two[$1], element, in: model) } != nil
      case .array(let element): return zip(one, two).allSatisfy { $0.isSame(as: $1, element, in: model) }
      default: return zip(one, two).allSatisfy { $0.isSame(as: $1, .string, in: model) }
      }
    case (.record(let one), .record(let two)):
      return one.isSame(as: two, type, in: model) && two.hasOnlyNull(besides: one)
    default:
      if let one = decimalValue, let two = other.decimalValue { return one == two }
      return self == other
    }
  }

  /// How a number, date or duration is ordered to another; nil where they cannot be ordered.
  package func order(to other: DynamicValue) -> Int? {
    switch (self, other) {
    case (.date(let one), .date(let two)): one.isSameInstant(as: two) ? 0 : one < two ? -1 : 1
    case (.duration(let one), .duration(let two)): one == two ? 0 : one < two ? -1 : 1
    case (.integer(let one), .integer(let two)): one == two ? 0 : one < two ? -1 : 1
    case (.double(let one), .double(let two)): one == two ? 0 : one < two ? -1 : one > two ? 1 : nil
    default:
      if let one = decimalValue, let two = other.decimalValue { one == two ? 0 : one < two ? -1 : 1 } else { nil }
    }
  }

  /// A number of any form as a decimal one.
  var decimalValue: Decimal? {
    switch self {
    case .integer(let number): Decimal(number)
    case .unsigned(let number): Decimal(number)
    case .decimal(let number): number
    case .double(let number): try? NumberLiteral.decimal(number.description.utf8).get()
    default: nil
    }
  }

  /// How far a value is from another; nil where there is no distance between them.
  func distance(to other: DynamicValue) -> DynamicValue? {
    switch (self, other) {
    case (.date(let one), .date(let two)): return .duration(.seconds(abs(one.timeIntervalSince(two))))
    case (.duration(let one), .duration(let two)): return .duration(one < two ? two - one : one - two)
    default:
      guard let one = decimalValue, let two = other.decimalValue else { return nil }
      return .decimal(one < two ? two - one : one - two)
    }
  }
}

extension DynamicRecord {
  fileprivate func isSame(as other: DynamicRecord, _ type: TypeSchema, in model: DomainModel) -> Bool {
    let type = model.resolve(type.unwrapped)
    for field in fields where !field.isDerived {
      if !field.value.isSame(as: other[field.name] ?? .null, type.inside(field.name), in: model) { return false }
    }
    return true
  }

  fileprivate func hasOnlyNull(besides other: DynamicRecord) -> Bool {
    fields.allSatisfy { $0.isDerived || $0.value == .null || other[$0.name] != nil }
  }
}

extension TypeSchema {
  /// The type of a record's field, a dictionary's value or a case's payload.
  func inside(_ name: String) -> TypeSchema {
    switch self {
    case .record(let schema): schema.fields.first { $0.name == name }?.type ?? .string
    case .dictionary(_, let value): value
    case .enumeration(let schema):
      schema.cases.first { $0.name == name }.map { .record(RecordSchema(name: name, fields: $0.fields)) } ?? .string
    default: .string
    }
  }
}

extension Date {
  fileprivate func isSameInstant(as other: Date) -> Bool { abs(timeIntervalSince(other)) < 1e-6 }
}

/// Pairs of two lists' elements.
package enum Assignment {
  /// Finds a partner for each element of the first list, no two the same.
  ///
  /// - Parameters:
  ///   - count: How many elements want a partner.
  ///   - others: How many partners there are.
  ///   - fits: Whether two can be paired.
  /// - Returns: The partner of each element; nil where not all can have one.
  /// - Complexity: O(*n* · *m* · *n*).
  package static func find(_ count: Int, _ others: Int, fits: (Int, Int) -> Bool) -> [Int]? {
    let partners = partial(count, others, fits: fits)
    return partners.contains(nil) ? nil : partners.compactMap(\.self)
  }

  /// Finds partners for as many elements as can have one, no two the same.
  ///
  /// - Returns: The partner of each element, nil for one that is left alone.
  package static func partial(_ count: Int, _ others: Int, fits: (Int, Int) -> Bool) -> [Int?] {
    var partner = [Int?](repeating: nil, count: count)
    var taken = [Int?](repeating: nil, count: others)
    // In most lists equal elements stand at equal places.
    for index in 0..<min(count, others) where fits(index, index) {
      partner[index] = index
      taken[index] = index
    }
    for start in 0..<count where partner[start] == nil {
      // A search by breadth for the nearest free partner along a chain of swaps.
      var cameFrom = [Int?](repeating: nil, count: others)
      var queue = [start]
      var next = 0
      var free: Int?
      search: while next < queue.count {
        let element = queue[next]
        next += 1
        for other in 0..<others where cameFrom[other] == nil && fits(element, other) {
          cameFrom[other] = element
          guard let holder = taken[other] else {
            free = other
            break search
          }
          queue.append(holder)
        }
      }
      while let other = free, let element = cameFrom[other] {
        free = partner[element]
        partner[element] = other
        taken[other] = element
        if element == start { break }
      }
    }
    return partner
  }
}
