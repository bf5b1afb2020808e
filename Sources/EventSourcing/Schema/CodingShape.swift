/// What container a type's decoding asks for first, which tells how the type is coded.
enum CodingShape {
  /// A record: the names of the coding keys in Swift, and as they are written. Nil where the keys are no plain enum.
  case record(keys: [(name: String, written: String)]?)
  /// A list.
  case list
  /// A single value.
  case single
  /// It asks for none.
  case none

  /// Starts to decode a type from nothing, to see what it asks for.
  init(of type: any Decodable.Type) {
    let probe = Probe()
    _ = try? type.init(from: probe)
    self = probe.shape
  }

  private struct Stop: Error {}

  private final class Probe: Decoder {
    var shape = CodingShape.none
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
      shape = .record(keys: Self.keys(type))
      throw Stop()
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
      shape = .list
      throw Stop()
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
      shape = .single
      throw Stop()
    }

    private static func keys<Key: CodingKey>(_ type: Key.Type) -> [(name: String, written: String)]? {
      guard case .enumeration(let cases) = Reflection.shape(of: type), let tags = EnumTag(Key.self) else { return nil }
      var keys: [(name: String, written: String)] = []
      for (tag, key) in cases.enumerated() {
        guard key.payload == nil, let value = tags.value(type, ofCaseWithoutPayload: tag) else { return nil }
        keys.append((key.name, value.stringValue))
      }
      return keys
    }
  }
}
