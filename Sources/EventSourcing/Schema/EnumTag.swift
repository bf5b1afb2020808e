/// Reads and writes which case a value of an enum is, by the enum's value witnesses.
///
/// It does not know the enum as a type, as generic code would look up its own with each question; that it is asked of values
/// of the enum alone is up to the caller.
package struct EnumTag: Sendable {
  private typealias Get = @convention(c) (UnsafeRawPointer, UnsafeRawPointer) -> UInt32
  private typealias Project = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> Void
  private typealias Inject = @convention(c) (UnsafeMutableRawPointer, UInt32, UnsafeRawPointer) -> Void

  // The address of metadata never changes.
  nonisolated(unsafe) private let metadata: UnsafeRawPointer
  private let get: Get
  private let project: Project
  private let inject: Inject

  /// Finds the witnesses; nil where the type is no enum.
  ///
  /// - Parameter type: The enum.
  package init?(_ type: Any.Type) {
    guard Reflection.kind(of: type) == .enumeration else { return nil }
    let word = Reflection.word
    metadata = Reflection.pointer(to: type)
    guard let witnesses = (metadata - word).load(as: UnsafeRawPointer?.self) else { return nil }
    // Eight functions, size, stride, flags; then the enum's own three.
    let flags = witnesses.load(fromByteOffset: 10 * word, as: UInt32.self)
    guard flags & 0x0020_0000 != 0 else { return nil }
    get = witnesses.load(fromByteOffset: 11 * word, as: Get.self)
    project = witnesses.load(fromByteOffset: 12 * word, as: Project.self)
    inject = witnesses.load(fromByteOffset: 13 * word, as: Inject.self)
  }

  /// The tag of a value: the index of its case in what ``Reflection`` answers.
  ///
  /// - Parameter value: A value of the enum.
  /// - Complexity: O(1).
  @inline(__always)
  package func tag<Enum>(of value: Enum) -> Int {
    withUnsafePointer(to: value) { Int(get(UnsafeRawPointer($0), metadata)) }
  }

  /// Makes a value of a case that carries no payload.
  ///
  /// - Parameters:
  ///   - type: The enum.
  ///   - tag: The tag of such a case; the caller makes sure of that.
  package func value<Enum>(_ type: Enum.Type, ofCaseWithoutPayload tag: Int) -> Enum? {
    withUnsafeTemporaryAllocation(of: Enum.self, capacity: 1) { buffer in
      // Zero bytes are a defined start for the witness.
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for index in raw.indices { raw[index] = 0 }
      guard let base = buffer.baseAddress else { return nil }
      inject(UnsafeMutableRawPointer(base), UInt32(truncatingIfNeeded: tag), metadata)
      return base.move()
    }
  }

  /// Makes a value in place its payload alone.
  ///
  /// - Parameter value: A value whose memory is the caller's; nothing but its payload is to be looked at until
  ///   ``restore(_:tag:)``.
  @inline(__always)
  package func takeApart(_ value: UnsafeMutableRawPointer) { project(value, metadata) }

  /// Makes a payload in place a value again.
  @inline(__always)
  func restore(_ payload: UnsafeMutableRawPointer, tag: Int) {
    inject(payload, UInt32(truncatingIfNeeded: tag), metadata)
  }
}
