/// Tells whether an optional in memory holds something, by the wrapped type's value witnesses, without copying it.
package struct OptionalPresence: Sendable {
  private typealias Tag = @convention(c) (UnsafeRawPointer, UInt32, UnsafeRawPointer) -> UInt32

  // The address of metadata never changes.
  nonisolated(unsafe) private let metadata: UnsafeRawPointer
  private let witness: Tag?

  /// Finds the witness, which every type has.
  ///
  /// - Parameter wrapped: What the optional may hold.
  @inline(__always)
  package init(_ wrapped: Any.Type) {
    metadata = Reflection.pointer(to: wrapped)
    // It is the seventh.
    witness = (metadata - Reflection.word).load(as: UnsafeRawPointer?.self)?
      .load(fromByteOffset: 6 * Reflection.word, as: Tag.self)
  }

  /// Whether the optional at an address holds something, which then lies at that address.
  @inline(__always)
  package func isThere(_ address: UnsafeRawPointer) -> Bool { witness?(address, 1, metadata) == 0 }
}
