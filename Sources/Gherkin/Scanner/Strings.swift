extension String {
  /// Makes a string of some bytes of a source; what is no UTF-8 becomes a replacement character.
  init(decoding range: Range<Int>, of source: Span<UInt8>) {
    let part = source.extracting(range)
    self = part.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
