import Gherkin

/// Makes features of the pieces of the language, put together in odd ways, the same for the same seed.
///
/// Most of them are sound, unlike mutated ones, so that they reach what comes behind the parser: pickles and formatting.
struct RandomFeature {
  private var state: UInt64
  private var lines: [[UInt8]] = []
  private var isMarkdown = false
  private var dialect = Dialect.english

  private static let languages = ["en", "fr", "de", "ja", "zh-CN", "ko", "ru", "ht", "en-old", "em", "tlh", "th"]
  private static let blanks = [" ", "  ", "\t", "\u{A0}", "\u{3000}", "\u{85}", "\u{2028}", "\u{B}", "\u{C}", "\u{1F}"]
  private static let words = [
    "a", "b c", "<x>", "<", ">", ":", "é", "e\u{301}", "漢字", "👍", "\u{FEFF}", "\0", "\u{200B}", "|", "\\", "\\n", "\\|",
    "\"", "\"\"\"", "\\\"\\\"\\\"", "```", "````", "`", "\\`\\`\\`", "@t", "`@t`", "#", "# c", "# language: fr", "- ",
    "* ",
    "---", ":-:", "Given ", "Scenario:", "Examples:", "Feature: ", "## Scenario: ", "* Given ",
  ]
  private static let cells = [
    "a", "x", "<x>", "漢", "👍", "e\u{301}", "\\|", "\\\\", "\\n", "\\a", "\\", "-", "--:", ":", "#", "@t", "\"\"\"",
    "```", "\0",
  ]

  /// Makes the features of a seed.
  init(seed: UInt64) {
    state = seed
  }

  /// The next source: a feature file, or Markdown.
  mutating func next(isMarkdown: Bool) -> [UInt8] {
    self.isMarkdown = isMarkdown
    lines = []
    dialect = .english
    openFeature()
    for _ in 0...random(2) { scenario() }
    while chance(4) {
      tags()
      title(dialect.rule, level: 2)
      if chance(2) { background() }
      for _ in 0...random(2) { scenario() }
    }
    return joined()
  }

  // MARK: Chance

  private mutating func random(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }

  private mutating func chance(_ bound: Int) -> Bool { random(bound) == 0 }

  private mutating func one(of texts: [String]) -> String { texts.isEmpty ? "" : texts[random(texts.count)] }

  private mutating func blank(_ likely: String = "") -> String {
    chance(4) ? one(of: RandomFeature.blanks) + (chance(4) ? one(of: RandomFeature.blanks) : "") : likely
  }

  private mutating func text(of words: [String], longest: Int) -> String {
    var text = ""
    for _ in 0..<random(longest + 1) { text += one(of: words) + (chance(3) ? blank(" ") : "") }
    return text
  }

  private mutating func indent(_ likely: Int) -> String {
    if chance(3) { return String(repeating: " ", count: random(8)) }
    return chance(6) ? blank() : String(repeating: " ", count: likely)
  }

  // MARK: Lines

  private mutating func add(_ line: String) {
    var bytes = Array(line.utf8)
    // Now and then bytes that are no UTF-8, or only the start of a blank.
    if chance(200) {
      let broken: [[UInt8]] = [[0x80], [0xE2, 0x80], [0xC2], [0xFF]]
      bytes.insert(contentsOf: broken[random(broken.count)], at: random(bytes.count + 1))
    }
    lines.append(bytes)
  }

  private mutating func joined() -> [UInt8] {
    let lineEnds: [[UInt8]] = [[0x0A], [0x0D, 0x0A], [0x0D]]
    let style = random(5)
    var bytes: [UInt8] = chance(8) ? [0xEF, 0xBB, 0xBF] : []
    for (index, line) in lines.enumerated() {
      bytes += line
      if index < lines.count - 1 || !chance(4) { bytes += lineEnds[style < 3 ? style : random(3)] }
    }
    return bytes
  }

  /// Empty lines, and comments or, in Markdown, prose.
  private mutating func filler() {
    while chance(4) {
      if chance(2) {
        add(blank())
      } else {
        add(
          indent(2)
            + (isMarkdown ? one(of: ["a", "> b", "<!-- c -->"]) : "#" + text(of: RandomFeature.words, longest: 2)))
      }
    }
  }

  private mutating func openFeature() {
    if !isMarkdown {
      filler()
      if chance(2) {
        let language = one(of: RandomFeature.languages)
        dialect = Dialect(language: language) ?? .english
        add(
          blank() + "#" + one(of: ["", " ", "\t"]) + "language" + one(of: ["", " "]) + ":" + " " + language + blank())
      }
    }
    tags()
    title(dialect.feature, level: 1)
    if chance(2) { background() }
  }

  private mutating func tags() {
    while chance(4) {
      var line = indent(0)
      for _ in 0...random(3) {
        let name = one(of: ["a", "b", "é", "#", "<x>", "-", "\\", "|"])
        line += isMarkdown ? "`@\(name)`" + blank() : "@\(name)" + blank(chance(4) ? "" : " ")
      }
      if !isMarkdown, chance(4) { line += " #" + text(of: RandomFeature.words, longest: 2) }
      add(line)
      filler()
    }
  }

  private mutating func title(_ keywords: [String], level: Int) {
    let marks = isMarkdown ? String(repeating: "#", count: 1 + random(6)) + (chance(10) ? "\u{A0}" : " ") : ""
    add(indent(level) + marks + one(of: keywords) + ":" + blank(" ") + text(of: RandomFeature.words, longest: 3))
    filler()
    while chance(3) {
      add(
        indent(level * 2) + one(of: ["a", "é", "-", "<", "\\", "|", "\""]) + text(of: RandomFeature.words, longest: 3))
      filler()
    }
  }

  private mutating func background() {
    title(dialect.background, level: 2)
    for _ in 0..<random(3) { step() }
  }

  private mutating func scenario() {
    tags()
    title(chance(2) ? dialect.scenario : dialect.scenarioOutline, level: 2)
    for _ in 0..<random(4) { step() }
    while chance(3) {
      tags()
      title(dialect.examples, level: 3)
      if !chance(5) { table() }
    }
  }

  private mutating func step() {
    let keywords = dialect.stepKeywords.map(\.keyword).filter { !isMarkdown || !$0.hasPrefix("*") }
    let mark = isMarkdown ? one(of: ["*", "-", "+"]) + blank(" ") : ""
    add(
      indent(isMarkdown ? 0 : 4) + mark + one(of: keywords) + blank() + "a" + text(of: RandomFeature.words, longest: 3))
    filler()
    if chance(3) { table() }
    if chance(3) { docString() }
  }

  private mutating func table() {
    let width = random(4)
    for row in 0...random(4) {
      var line = isMarkdown ? String(repeating: " ", count: 2 + random(4)) + "|" : indent(6) + "|"
      for _ in 0..<width {
        let cell = text(of: RandomFeature.cells, longest: 3)
        // A backslash at the end would hide the bar.
        line += blank(" ") + cell + (cell.hasSuffix("\\") ? " " : "") + blank(" ") + "|"
      }
      add(line + (chance(6) ? one(of: [" a", "#", "\\", "\\|", " ", "@t"]) : ""))
      if isMarkdown, row == 0, chance(2) {
        add(indent(2) + "|" + (0...width).map { _ in one(of: [" - ", ":--", "--:", ":-:", " a "]) + "|" }.joined())
      }
      filler()
    }
  }

  private mutating func docString() {
    let fence = isMarkdown ? String(repeating: "`", count: 3 + random(2)) : one(of: ["\"\"\"", "```"])
    add(indent(isMarkdown ? 2 : 6) + fence + blank() + text(of: ["json", "<x>", "`a", "\"", "\\"], longest: 2))
    for _ in 0..<random(5) {
      let start = one(of: ["a", "\\", "#", "|", "@t", "Given b", ""])
      add(indent(6) + (start.isEmpty ? blank() : start + text(of: RandomFeature.words, longest: 3)) + blank())
    }
    add(indent(isMarkdown ? 2 : 6) + fence + (isMarkdown || !chance(6) ? "" : "a"))
    filler()
  }
}
