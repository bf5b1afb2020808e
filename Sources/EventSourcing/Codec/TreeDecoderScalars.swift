// How single values come out of a tree: as they are, or from the text or number that JSON made of them. Each function
// takes the usual value first, which is the same whether the tree is read as stored or not.
extension TreeDecoder {
  func bool(_ value: DynamicValue, at step: PathElement) throws -> Bool {
    if case .bool(let bool) = value { return bool }
    throw mismatch(Bool.self, try seen(value), at: step, expected: "true or false")
  }

  func string(_ value: DynamicValue, at step: PathElement) throws -> String {
    if case .string(let text) = value { return text }
    return try unusualString(value, at: step)
  }

  @inline(never)
  private func unusualString(_ value: DynamicValue, at step: PathElement) throws -> String {
    let value = try seen(value)
    if case .string(let text) = value { return text }
    throw mismatch(String.self, value, at: step, expected: "a text")
  }

  @inline(__always)
  func integer<T: FixedWidthInteger>(_ value: DynamicValue, as type: T.Type, at step: PathElement) throws -> T {
    if case .integer(let number) = value, let exact = T(exactly: number) { return exact }
    return try unusualInteger(value, as: type, at: step)
  }

  @inline(never)
  private func unusualInteger<T: FixedWidthInteger>(
    _ value: DynamicValue, as type: T.Type, at step: PathElement
  ) throws -> T {
    let value = try seen(value)
    let exact: T? =
      switch value {
      case .integer(let number): T(exactly: number)
      case .unsigned(let number): T(exactly: number)
      case .double(let number): T(exactly: number)
      case .decimal(let number): DecimalParts(number).flatMap { $0.integer(as: type) }
      case .string(let text) where isDictionaryKey: T(text)
      default: nil
      }
    if let exact { return exact }
    switch value {
    case .integer, .unsigned, .double, .decimal:
      throw mismatch(type, value, at: step, expected: "a whole number that fits \(type)")
    default: throw mismatch(type, value, at: step, expected: "a whole number")
    }
  }

  func double(_ value: DynamicValue, at step: PathElement) throws -> Double {
    if case .double(let number) = value, !readsAsStored || !number.isNaN { return number }
    return try unusualDouble(value, at: step)
  }

  @inline(never)
  private func unusualDouble(_ value: DynamicValue, at step: PathElement) throws -> Double {
    let value = try seen(value)
    switch value {
    case .double(let number): return number
    case .integer(let number): if let exact = Double(exactly: number) { return exact }
    case .unsigned(let number): if let exact = Double(exactly: number) { return exact }
    case .decimal(let number): if let double = DecimalParts.double(number) { return double }
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    case .string("NaN"): return .nan
    default: break
    }
    throw mismatch(Double.self, value, at: step, expected: "a number that fits Double")
  }

  func float(_ value: DynamicValue, at step: PathElement) throws -> Float {
    let double = try double(value, at: step)
    let float = Float(double)
    // A Double that came from a decimal text may lie between two Floats; one out of range is no Float at all.
    if double.isFinite, !float.isFinite {
      throw mismatch(Float.self, try seen(value), at: step, expected: "a number that fits Float")
    }
    return float
  }

  func decimal(_ value: DynamicValue, at step: PathElement) throws -> Decimal {
    if case .decimal(let number) = value, !readsAsStored || number.staysInJSON { return number }
    return try unusualDecimal(value, at: step)
  }

  @inline(never)
  private func unusualDecimal(_ value: DynamicValue, at step: PathElement) throws -> Decimal {
    let value = try seen(value)
    switch value {
    case .decimal(let number): return number
    case .integer(let number): return Decimal(number)
    case .unsigned(let number): return Decimal(number)
    case .double(let number):
      if let decimal = DecimalParts(text: number.description)?.decimal { return decimal }
    case .string("NaN"): return .nan
    case .string(let text): if let decimal = DecimalParts(text: text)?.decimal { return decimal }
    default: break
    }
    throw mismatch(Decimal.self, value, at: step, expected: "a decimal number")
  }

  func uuid(_ value: DynamicValue, at step: PathElement) throws -> UUID {
    if case .uuid(let uuid) = value { return uuid }
    return try unusualUUID(value, at: step)
  }

  @inline(never)
  private func unusualUUID(_ value: DynamicValue, at step: PathElement) throws -> UUID {
    let value = try seen(value)
    switch value {
    case .string(let text): if let uuid = UUID(exactText: text) { return uuid }
    default: break
    }
    throw mismatch(UUID.self, value, at: step, expected: "a UUID")
  }

  func date(_ value: DynamicValue, at step: PathElement) throws -> Date {
    if case .date(let date) = value, !readsAsStored || date.staysInJSON { return date }
    return try unusualDate(value, at: step)
  }

  @inline(never)
  private func unusualDate(_ value: DynamicValue, at step: PathElement) throws -> Date {
    let value = try seen(value)
    switch value {
    case .date(let date): return date
    case .string(let text): if let date = DateText.read(text) { return date }
    case .integer(let number): return Date(timeIntervalSince1970: Double(number))
    case .double(let number): return Date(timeIntervalSince1970: number)
    case .decimal(let number):
      if let seconds = DecimalParts.double(number) { return Date(timeIntervalSince1970: seconds) }
    default: break
    }
    throw mismatch(Date.self, value, at: step, expected: "an ISO 8601 date, or seconds since 1970")
  }

  func duration(_ value: DynamicValue, at step: PathElement) throws -> Duration {
    if case .duration(let duration) = value, !readsAsStored || duration.staysInJSON { return duration }
    return try unusualDuration(value, at: step)
  }

  @inline(never)
  private func unusualDuration(_ value: DynamicValue, at step: PathElement) throws -> Duration {
    let value = try seen(value)
    switch value {
    case .duration(let duration): return duration
    case .string(let text): if let duration = DurationText.read(text) { return duration }
    case .integer(let number): return Duration(secondsComponent: number, attosecondsComponent: 0)
    case .decimal(let number): if let duration = DecimalParts(number)?.duration { return duration }
    default: break
    }
    throw mismatch(Duration.self, value, at: step, expected: "an ISO 8601 duration, or seconds")
  }
}

extension DynamicValue {
  /// What the value is, for an error's text.
  var kindPhrase: String {
    switch self {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let number): "the number \(number)"
    case .unsigned(let number): "the number \(number)"
    case .double(let number): "the number \(number)"
    case .decimal(let number): "the number \(number)"
    case .string(let text): "the text \"\(text.prefix(60))\(text.count > 60 ? "…" : "")\""
    case .uuid(let uuid): "the UUID \(uuid.lowercaseText)"
    case .date(let date): "the date \(DateText.write(date))"
    case .duration(let duration): "the duration \(DurationText.write(duration))"
    case .array: "a list"
    case .record: "a record"
    }
  }
}
