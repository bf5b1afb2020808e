import Testing

@testable import EventSpecREPL

@Suite("Keys from bytes")
struct KeyDecoderTests {
  private func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
    var decoder = KeyDecoder()
    return bytes.flatMap { byte in [decoder.decode(byte), decoder.takeNext()].compactMap { $0 } }
  }

  @Test(
    "A sequence is one key, however the terminal writes it",
    arguments: [
      ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[1;2A", .up), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[D", .left),
      ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}[H", .home), ("\u{1B}OF", .end), ("\u{1B}[3~", .delete),
      ("\u{1B}b", .alt("b")), ("\u{1B}B", .alt("b")), ("\u{1B}\u{7F}", .deleteWordLeft), ("\u{3}", .control("C")),
      ("\u{1A}", .control("Z")), ("\r", .enter), ("\n", .enter), ("é", .character("é")), ("👍", .character("👍")),
      ("\u{1B}[200~a\n\u{1B}[A\u{1B}[201~", .paste("a\n\u{1B}[A")), ("\u{1B}[200~\u{1B}[201~", .paste("")),
    ])
  func key(bytes: String, key: Key) {
    #expect(keys(bytes.utf8) == [key])
  }

  @Test("Unknown sequences vanish as a whole, and bytes that are no UTF-8 show")
  func garbage() {
    #expect(keys("\u{1B}[15~a\u{1B}[1;2Pb\u{1B}[?1;2cd".utf8) == [.character("a"), .character("b"), .character("d")])
    let broken = keys([0xC3, 0x61, 0xFF, 0x62, 0xE2, 0x82, 0x63, 0xC2, 0x9B])
    #expect(broken == ["\u{FFFD}", "a", "\u{FFFD}", "b", "\u{FFFD}", "c"].map { .character($0) })
    #expect(keys([0xED, 0xA0, 0x80, 0x61]) == [.character("\u{FFFD}"), .character("a")])
  }

  @Test("The first byte that is no UTF-8 is known until it is forgotten")
  func brokenByte() {
    var decoder = KeyDecoder()
    for byte: UInt8 in [0x61, 0xE9, 0x62, 0xFF] { _ = (decoder.decode(byte), decoder.takeNext()) }
    #expect(decoder.brokenByte == 0xE9)
    decoder.brokenByte = nil
    for byte in Array("\u{1B}[200~caf".utf8) + [0xC9] + Array("\u{1B}[201~".utf8) { _ = decoder.decode(byte) }
    #expect(decoder.brokenByte == 0xC9)
  }

  @Test("An Escape waits for what follows it")
  func escape() {
    var decoder = KeyDecoder()
    #expect(decoder.takeEscape() == nil)
    #expect(decoder.decode(0x1B) == nil)
    #expect(decoder.awaitsSequence)
    #expect(decoder.takeEscape() == .escape)
    #expect(decoder.decode(0x61) == .character("a"))
  }
}
