/// Trees as JSON text and back, strictly as RFC 8259 has it and without losing anything.
///
/// JSON has no dates, UUIDs and durations: they are written as text (ISO 8601 in UTC, small letters, ISO 8601), and come
/// back as text, which the decoder reads where a type asks for it. A decimal is written as a number. A number is read
/// as a whole one, else as a decimal, else — where a decimal cannot hold it — as the nearest Double. Doubles that are no numbers
/// are the texts `NaN`, `Infinity` and `-Infinity`.
public enum JSONText {
  /// Writes a tree as JSON without spaces, its fields in their order and without derived values.
  ///
  /// - Parameter value: The tree.
  /// - Returns: The text in UTF-8.
  public static func write(_ value: DynamicValue) -> [UInt8] { JSONWriter.write(value) }

  /// Reads JSON.
  ///
  /// - Parameter bytes: The text in UTF-8.
  /// - Returns: The tree.
  /// - Throws: ``JSONError`` with the offset of what is wrong.
  public static func read(_ bytes: [UInt8]) throws -> DynamicValue {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = JSONReader(bytes)
      return try reader.document()
    }
  }
}

/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let message: String
  /// Where, in bytes from the start.
  public let offset: Int

  /// What a person reads.
  public var description: String { "\(message) (at byte \(offset))" }
}
