package import EventSourcing
import Synchronization

/// Names that stand for UUIDs, and back.
///
/// A name of up to 15 bytes is carried in the UUID itself (RFC 9562, version 8): the bits that are free carry its UTF-8
/// bytes, padded with zeros, behind the two bits `01`. A longer one is a hash behind the bits `10`, and comes back only
/// where it has been used before.
///
///     name 0…5 | 8 name 6 … name 7 (high half) | 10 mark … name 7 (low half) | name 8…14
package struct IdentityNames: Sendable {
  private final class Memory: Sendable {
    let hashed = Mutex<[UUID: String]>([:])
  }

  /// Shared by all copies: one run remembers a name for all its scenarios.
  private let memory = Memory()
  /// More names than these are not remembered, so that an endless run does not grow.
  private static let limit = 65_536

  package init() {}

  /// The UUID that a name stands for.
  ///
  /// - Parameter name: A name; the empty one stands for a UUID like any other.
  /// - Returns: A version 8 UUID, the same for the same name in every run.
  package func identity(named name: String) -> UUID {
    if let carried = Self.carrying(name) { return carried }
    let identity = Self.encode(SHA256.hash(Array(name.utf8)).prefix(15), mark: 0x20)
    memory.hashed.withLock { names in
      if names.count < Self.limit { names[identity] = name }
    }
    return identity
  }

  /// The UUID that is written as such, or stands behind a name; nil for no text.
  func identity(written text: ArraySlice<UInt8>) -> UUID? {
    if text.isEmpty { return nil }
    let name = String(decoding: text, as: UTF8.self)
    return (text.count == 36 ? UUID(exactText: name) : nil) ?? identity(named: name)
  }

  /// The name that a UUID stands for.
  ///
  /// - Parameter identity: Any UUID.
  /// - Returns: The name that it carries, or the one that has been used for it; nil where there is none, or it has
  ///   characters that do not print.
  package func name(of identity: UUID) -> String? {
    let bytes = identity.bytes
    guard bytes.6 & 0xF0 == 0x80, bytes.8 & 0xC0 == 0x80 else { return nil }
    switch bytes.8 & 0x30 {
    case 0x10: return Self.carriedName(of: identity)
    case 0x20: return memory.hashed.withLock { $0[identity] }
    default: return nil
    }
  }

  /// A text for people in which the UUIDs that stand for names are these.
  ///
  /// - Parameter text: A message that was put together by somebody who knows of no names, such as a store.
  /// - Complexity: O(*n*) in the length of the text.
  package func withNames(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let length = 36
    guard bytes.count >= length else { return text }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      // A UUID has its hyphens at four places, so that most texts are looked at with one question a byte.
      if index + length <= bytes.count, bytes[index + 8] == UInt8(ascii: "-"), bytes[index + 13] == UInt8(ascii: "-"),
        let identity = UUID(exactText: String(decoding: bytes[index..<index + length], as: UTF8.self)),
        let name = name(of: identity)
      {
        result += name.utf8
        index += length
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func carrying(_ name: String) -> UUID? {
    var name = name
    return name.withUTF8 { bytes in
      guard (1...15).contains(bytes.count), !bytes.contains(0) else { return nil }
      return encode(bytes, mark: 0x10)
    }
  }

  private static func carriedName(of identity: UUID) -> String? {
    let bytes = identity.bytes
    let seventh = bytes.6 << 4 | bytes.7 >> 4
    let eighth = bytes.7 << 4 | bytes.8 & 0x0F
    let carried: [UInt8] = [
      bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, seventh, eighth,
      bytes.9, bytes.10, bytes.11, bytes.12, bytes.13, bytes.14, bytes.15,
    ]
    let used = carried.prefix { $0 != 0 }
    guard let name = String(validating: used, as: UTF8.self), name.unicodeScalars.allSatisfy(\.isPrintable),
      carrying(name) == identity
    else { return nil }
    return name
  }

  private static func encode(_ content: some Sequence<UInt8>, mark: UInt8) -> UUID {
    var b:
      (
        UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
      ) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &b) { bytes in
      var index = 0
      for byte in content where index < bytes.count {
        bytes[index] = byte
        index += 1
      }
    }
    return UUID(
      uuid: (
        b.0, b.1, b.2, b.3, b.4, b.5, 0x80 | b.6 >> 4, b.6 << 4 | b.7 >> 4, 0x80 | mark | b.7 & 0x0F,
        b.8, b.9, b.10, b.11, b.12, b.13, b.14
      ))
  }
}

extension UUID {
  fileprivate var bytes: uuid_t { uuid }
}

extension Unicode.Scalar {
  /// Whether the scalar shows as something in a line of text.
  var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
