/// Makes new inputs of known ones, the same for the same seed.
struct Mutator {
  private let corpus: [[UInt8]]
  private var state: UInt64

  private static let words: [[UInt8]] = [
    "Feature:", "Rule:", "Background:", "Scenario:", "Scenario Outline:", "Examples:", "Given ", "When ", "Then ",
    "And ",
    "* ", "\n", "\r\n", "\r", "|", "\\|", "\\", "\\n", "\"\"\"", "```", "````", "\\\"\\\"\\\"", "@tag", "@", "#",
    "# language: fr\n", "#language:zh-CN\n", "<a>", "<", ">", "| a | b |\n", "\u{FEFF}", "\u{A0}", "\u{2003}", "\u{85}",
    "é",
    "漢", "👍", "\0", "\t", "   ", "## ", "- ", "`@x`", "\n\n", "Soit ", "假如", "\u{301}", "  | --- |\n",
  ].map { Array($0.utf8) }

  init(corpus: [[UInt8]], seed: UInt64) {
    self.corpus = corpus.isEmpty ? [[]] : corpus
    state = seed
  }

  private mutating func random(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }

  private mutating func range(in input: [UInt8], longest: Int) -> Range<Int> {
    let start = random(below: input.count + 1)
    return start..<min(input.count, start + random(below: longest))
  }

  /// The next input.
  mutating func next() -> [UInt8] {
    var input = corpus[random(below: corpus.count)]
    if input.count > 600 {
      let start = random(below: input.count - 600)
      input = Array(input[start..<start + 600])
    }
    for _ in 0...random(below: 5) {
      switch random(below: 8) {
      case 0 where !input.isEmpty: input[random(below: input.count)] = UInt8(random(below: 256))
      case 1: input.removeSubrange(range(in: input, longest: 20))
      case 2: input.insert(contentsOf: input[range(in: input, longest: 60)], at: random(below: input.count + 1))
      case 3: input.removeSubrange(random(below: input.count + 1)..<input.count)
      case 4:
        let other = corpus[random(below: corpus.count)]
        input.insert(contentsOf: other[range(in: other, longest: 80)], at: random(below: input.count + 1))
      default:
        let word = Mutator.words[random(below: Mutator.words.count)]
        input.insert(contentsOf: word, at: random(below: input.count + 1))
      }
    }
    return input
  }
}
