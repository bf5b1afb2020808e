/// Changes good steps at random, the same in every run.
struct StepMutations {
  private var generator: SeededNumbers
  private let pieces: [String]

  /// Makes mutations.
  ///
  /// - Parameters:
  ///   - seed: Where the random numbers begin.
  ///   - pieces: What is put in, beside characters that mean something.
  init(seed: UInt64, pieces: [String] = []) {
    generator = SeededNumbers(state: seed)
    self.pieces =
      Array("(){}[]\"\\/:,.$|<>±=01aé \n\u{0}-").map(String.init)
      + ["...", "..", "not ", "any", "null", "now", "$x", "\\u{", "state", "1e9"] + pieces
  }

  /// A text with some changes.
  mutating func mutate(_ text: String, times: ClosedRange<Int>) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: times, using: &generator) {
      let place = Int.random(in: 0..<max(characters.count, 1), using: &generator)
      let piece = pieces.randomElement(using: &generator) ?? ""
      switch Int.random(in: 0..<4, using: &generator) {
      case 0 where !characters.isEmpty: characters.remove(at: place)
      case 1: characters.insert(contentsOf: piece, at: min(place, characters.count))
      case 2 where !characters.isEmpty: characters.replaceSubrange(place..<place + 1, with: piece)
      default: characters.append(contentsOf: characters.dropFirst(place).prefix(12))
      }
    }
    return String(characters)
  }

  /// One of some values.
  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }

  private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}
