/// A type with values that are computed from its fields and can be asked for in specs, such as an order's total.
///
/// ```swift
/// extension Item: DerivedValues {
///   static var derivedValues: [DerivedValue<Item>] { [DerivedValue("total", \.total)] }
/// }
/// ```
public protocol DerivedValues: Codable, SendableMetatype {
  /// The values that can be asked for.
  static var derivedValues: [DerivedValue<Self>] { get }
}

/// A value computed from a type's fields, by name.
public struct DerivedValue<Root>: Sendable {
  /// The name under which it is asked for.
  public let name: String
  /// The type of the value.
  package let type: any (Encodable & SendableMetatype).Type
  /// Computes the value.
  package let value: @Sendable (Root) -> any Encodable

  /// Names a property.
  ///
  /// - Parameters:
  ///   - name: The name under which it is asked for.
  ///   - property: What computes it.
  public init<Value: Encodable & SendableMetatype>(_ name: String, _ property: any KeyPath<Root, Value> & Sendable) {
    self.name = name
    type = Value.self
    value = { $0[keyPath: property] }
  }
}
