import EventSourcing
import Synchronization

/// Compares values of any type, whether or not it is `Equatable`.
///
/// *Identical* goes by what values are made of, field by field, so that an own `==` cannot hide a difference. *Equal* is
/// identical, or equal by the type's own `==`. A type that has neither an `==` nor fields that can be compared is
/// compared by its coded form.
final class TypedEquality<Value: Codable & SendableMetatype>: Sendable {
  /// Made when it is first asked for: a run of few scenarios compares values of few types.
  private let structure = LazyComparer { StructuralComparer.comparer(of: Value.self) }
  private let own: StructuralComparer.Compare?

  init() {
    own = (Value.self as? any Equatable.Type).map { StructuralComparer.equality($0) }
  }

  /// Whether both are the same to the last bit; what they refer to is the very same then.
  func haveSameBytes(_ left: Value, _ right: Value) -> Bool { Self.compare(left, right, Self.haveSameBytes) }

  /// Whether both are made of the same.
  func areIdentical(_ left: Value, _ right: Value) -> Bool {
    Self.compare(left, right) { Self.haveSameBytes($0, $1) || structure.compare?($0, $1) ?? false }
  }

  /// Whether both are the same to whoever uses the type.
  func areEqual(_ left: Value, _ right: Value) -> Bool {
    if areIdentical(left, right) { return true }
    if let own, Self.compare(left, right, { own($0, $1) }) { return true }
    if own != nil || structure.compare != nil { return false }
    guard let left = try? DynamicEncoder().encode(left), let right = try? DynamicEncoder().encode(right) else {
      return false
    }
    return left.isIdentical(to: right)
  }

  private static func haveSameBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Bool {
    StructuralComparer.sameBytes(left, right, count: MemoryLayout<Value>.size)
  }

  /// Compares two values where they lie.
  @inline(__always)
  private static func compare(
    _ left: Value, _ right: Value, _ body: (UnsafeRawPointer, UnsafeRawPointer) -> Bool
  ) -> Bool {
    withUnsafePointer(to: left) { left in withUnsafePointer(to: right) { body(left, $0) } }
  }
}

/// A comparer that is made when it is first asked for; not inside of a generic type, whose code would look up types with
/// each question.
private final class LazyComparer: Sendable {
  private final class Made: Sendable {
    let compare: StructuralComparer.Compare?
    init(_ compare: StructuralComparer.Compare?) { self.compare = compare }
  }

  private let made = AtomicLazyReference<Made>()
  private let make: @Sendable () -> StructuralComparer.Compare?

  init(_ make: @escaping @Sendable () -> StructuralComparer.Compare?) { self.make = make }

  var compare: StructuralComparer.Compare? { (made.load() ?? made.storeIfNil(Made(make()))).compare }
}
