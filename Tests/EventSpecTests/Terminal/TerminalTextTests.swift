import EventSpec
import Testing

@Suite("Text on its way to a terminal")
struct TerminalTextTests {
  @Test("A control sequence is shown, not obeyed")
  func controlSequence() {
    #expect(TerminalText(escaping: "\u{1B}]0;x\u{7}").description == #"\u{1B}]0;x\u{7}"#)
  }

  @Test(
    "Every control that could steer the terminal is escaped",
    arguments: [
      0x00, 0x01, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029,
      0x202A, 0x202E, 0x2066, 0x2069,
    ] as [UInt32])
  func control(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let text = TerminalText(escaping: "a" + String(scalar) + "b").description
    #expect(text == "a\\u{" + String(value, radix: 16, uppercase: true) + "}b")
  }

  @Test(
    "Ordinary text stays as it is",
    arguments: ["", "plain", "Grüße, 世界", "👩‍👩‍👧 🇨🇭", "a\\u{1B}", "\u{A0}\u{200B}\u{2010}\u{2070}", "\u{0690}\u{071C}"])
  func ordinary(text: String) {
    #expect(TerminalText(escaping: text).description == text)
  }

  @Test("Line feeds stay where several lines are wanted, carriage returns do not")
  func lines() {
    #expect(TerminalText(escapingLines: "a\nb\r\nc\td").description == "a\nb\\u{D}\nc\\u{9}d")
    #expect(TerminalText(escaping: "a\nb").description == "a\\u{A}b")
  }

  @Test("The fast look over the bytes agrees with the scalars")
  func fastPath() {
    for value in UInt32(0)...0x3100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let escaped = TerminalText(escaping: String(scalar)).description
      #expect((escaped != String(scalar)) == TerminalText.needsEscape(scalar), "U+\(String(value, radix: 16))")
    }
  }
}

@Suite("Width on a terminal")
struct DisplayWidthTests {
  @Test(
    "A text takes as many cells as a terminal gives it",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("世界", 4), ("ｱ", 1), ("Ａ", 2), ("한국", 4), ("👍", 2), ("👍🏽", 2),
      ("👩‍👩‍👧", 2), ("🇨🇭", 2), ("❤\u{FE0F}", 2), ("→", 1), ("…", 1), ("a\u{200B}b", 2), ("\u{5D0}", 1), ("✓", 1),
    ])
  func width(text: String, cells: Int) {
    #expect(text.displayWidth == cells)
  }

  @Test("A text is cut between characters, where it still fits")
  func cut() {
    #expect("世界".prefix(fitting: 3) == "世")
    #expect("abc".prefix(fitting: 3) == "abc")
    #expect("abc".prefix(fitting: 0) == "")
  }
}
