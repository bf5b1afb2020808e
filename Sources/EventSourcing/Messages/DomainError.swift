/// The errors with which an aggregate refuses a command: an enum whose description is what a person reads.
///
/// An enum over strings needs no more than its cases:
///
/// ```swift
/// enum OrderError: String, DomainError {
///   case orderNotFound = "Order not found"
/// }
/// ```
public protocol DomainError: DomainMessage, Error, CustomStringConvertible {}

extension DomainError where Self: RawRepresentable, RawValue == String {
  /// The raw value.
  public var description: String { rawValue }
}

/// The error type of an aggregate that declares none.
public enum UndeclaredError: DomainError {
  /// Never made: an aggregate without declared errors may throw any error.
  case undeclared

  /// The case's name.
  public var description: String { "undeclared" }
}
