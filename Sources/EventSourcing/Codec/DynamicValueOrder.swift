extension DynamicValue {
  /// An order of all values, by which sets are sorted: by kind, then by value.
  package static func precedes(_ left: DynamicValue, _ right: DynamicValue) -> Bool { compare(left, right) < 0 }

  private static func compare(_ left: DynamicValue, _ right: DynamicValue) -> Int {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): order(left ? 1 : 0, right ? 1 : 0)
    case (.integer(let left), .integer(let right)): order(left, right)
    case (.unsigned(let left), .unsigned(let right)): order(left, right)
    case (.double(let left), .double(let right)): order(left, right)
    case (.decimal(let left), .decimal(let right)): order(left, right)
    case (.string(let left), .string(let right)): order(left, right)
    case (.uuid(let left), .uuid(let right)): order(left, right)
    case (.date(let left), .date(let right)): order(left, right)
    case (.duration(let left), .duration(let right)): order(left, right)
    case (.array(let left), .array(let right)): compare(left, right) { compare($0, $1) }
    case (.record(let left), .record(let right)):
      compare(left.fields, right.fields) { left, right in
        let names = order(left.name, right.name)
        return names == 0 ? compare(left.value, right.value) : names
      }
    default: order(left.rank, right.rank)
    }
  }

  private static func compare<T>(_ left: [T], _ right: [T], by compare: (T, T) -> Int) -> Int {
    for (left, right) in zip(left, right) {
      let order = compare(left, right)
      if order != 0 { return order }
    }
    return order(left.count, right.count)
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> Int { left < right ? -1 : (right < left ? 1 : 0) }

  private var rank: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .integer: 2
    case .unsigned: 3
    case .double: 4
    case .decimal: 5
    case .string: 6
    case .uuid: 7
    case .date: 8
    case .duration: 9
    case .array: 10
    case .record: 11
    }
  }
}
