/// A type that tells its schema itself, where what reflection reads is not what is wanted.
public protocol SchemaProviding: SendableMetatype {
  /// How values of the type are read and written in specs.
  static var typeSchema: TypeSchema { get }
}

/// A type whose stored form is not what its Codable conformance makes.
///
/// It holds wherever a value of the type is met: in events, commands, states and views. A type that is not yours can be
/// given a stored form by an extension:
///
/// ```swift
/// extension Money: CustomCoded {
///   static var typeSchema: TypeSchema { .string }
///   static func encode(_ value: Money) -> DynamicValue { .string("\(value.amount) \(value.currency)") }
///   static func decode(_ value: DynamicValue) throws -> Money { … }
/// }
/// ```
public protocol CustomCoded: SchemaProviding {
  /// The stored form of a value.
  static func encode(_ value: Self) throws -> DynamicValue

  /// The value of a stored form.
  ///
  /// - Parameter value: What ``encode(_:)`` made; from a durable store with dates, UUIDs, durations and the like as text.
  static func decode(_ value: DynamicValue) throws -> Self
}

/// A custom coding without its type.
struct CustomCoding: Sendable {
  private let encoding: @Sendable (UnsafeRawPointer) throws -> DynamicValue
  private let decoding: @Sendable (DynamicValue) throws -> any CustomCoded

  init<T: CustomCoded>(_ type: T.Type) {
    encoding = { try T.encode($0.assumingMemoryBound(to: T.self).pointee) }
    decoding = { try T.decode($0) }
  }

  func encode<T>(_ value: T) throws -> DynamicValue {
    try withUnsafePointer(to: value) { try encoding(UnsafeRawPointer($0)) }
  }

  func decode<T>(_ type: T.Type, from value: DynamicValue) throws -> T? { try decoding(value) as? T }
}
