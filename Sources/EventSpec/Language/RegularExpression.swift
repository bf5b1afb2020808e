/// A regular expression that is searched for in time proportional to the text, whatever the expression.
///
/// It has literals, `.`, classes, `\d \w \s \b` and their opposites, `^ $`, groups, `|`, `* + ? {m,n}` and `(?i)`.
package struct RegularExpression: Sendable {
  /// Why a text is no expression.
  package struct Problem: Error, Sendable, Equatable {
    package var message: String
    /// The UTF-8 offset in the expression.
    package var offset: Int
  }

  fileprivate enum Instruction: Sendable {
    case match([ClosedRange<UInt32>], isNegated: Bool)
    case jump(Int)
    case split(Int, Int)
    case start
    case end
    case wordEdge(isNegated: Bool)
    case accept
  }

  /// The expression as written, without the slashes.
  package let pattern: String
  private let program: [Instruction]
  private let ignoresCase: Bool

  /// Compiles an expression.
  ///
  /// - Parameter pattern: The expression without slashes around it.
  /// - Throws: What is wrong with it, and where.
  package init(_ pattern: String) throws(Problem) {
    self.pattern = pattern
    var compiler = Compiler(pattern)
    ignoresCase = compiler.takeFlags()
    program = try compiler.program()
  }

  /// Whether the expression is found anywhere in a text.
  ///
  /// - Complexity: O(*n* · *m*) for a text of *n* characters and an expression of *m*.
  package func isFound(in text: String) -> Bool {
    let text = ignoresCase ? text.lowercased() : text
    let scalars = Array(text.unicodeScalars.map(\.value))
    var current = ThreadSet(program.count)
    var next = ThreadSet(program.count)
    for index in 0...scalars.count {
      if add(0, to: &current, scalars, index) { return true }
      guard index < scalars.count else { return false }
      next.removeAll()
      for instruction in current.threads {
        guard case .match(let ranges, let isNegated) = program[instruction] else { continue }
        let scalar = scalars[index]
        guard ranges.contains(where: { $0.contains(scalar) }) != isNegated else { continue }
        if add(instruction + 1, to: &next, scalars, index + 1) { return true }
      }
      swap(&current, &next)
    }
    return false
  }

  /// Follows jumps and conditions from an instruction; true where the expression has matched.
  private func add(_ first: Int, to set: inout ThreadSet, _ scalars: [UInt32], _ index: Int) -> Bool {
    var pending = [first]
    while let instruction = pending.popLast() {
      guard set.insert(instruction) else { continue }
      switch program[instruction] {
      case .accept: return true
      case .match: break
      case .jump(let target): pending.append(target)
      case .split(let one, let other):
        pending.append(other)
        pending.append(one)
      case .start: if index == 0 { pending.append(instruction + 1) }
      case .end: if index == scalars.count { pending.append(instruction + 1) }
      case .wordEdge(let isNegated):
        let before = index > 0 && Self.isWord(scalars[index - 1])
        let after = index < scalars.count && Self.isWord(scalars[index])
        if (before != after) != isNegated { pending.append(instruction + 1) }
      }
    }
    return false
  }

  private static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return Compiler.wordRanges.contains { $0.contains(scalar) } }
    return Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
  }
}

/// The instructions that are alive at one place, each once.
private struct ThreadSet {
  private(set) var threads: [Int] = []
  private var isIn: [Bool]

  init(_ count: Int) { isIn = Array(repeating: false, count: count) }

  mutating func insert(_ instruction: Int) -> Bool {
    guard isIn.indices.contains(instruction), !isIn[instruction] else { return false }
    isIn[instruction] = true
    threads.append(instruction)
    return true
  }

  mutating func removeAll() {
    for thread in threads { isIn[thread] = false }
    threads.removeAll(keepingCapacity: true)
  }
}

/// Makes instructions of an expression, by recursion that follows its parentheses to a limited depth.
private struct Compiler {
  typealias Instruction = RegularExpression.Instruction
  typealias Problem = RegularExpression.Problem

  static let wordRanges: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
  private static let digitRanges: [ClosedRange<UInt32>] = [0x30...0x39]
  private static let spaceRanges: [ClosedRange<UInt32>] = [
    0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x2028...0x2029,
  ]
  /// Repeats multiply what stands before them; this bounds them all.
  private static let largestProgram = 20_000

  private let scalars: [Unicode.Scalar]
  private let offsets: [Int]
  private var position = 0
  private var depth = 0
  private var ignoresCase = false

  init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
    var offset = 0
    var offsets: [Int] = []
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    self.offsets = offsets + [offset]
  }

  private var scalar: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func problem(_ message: String, at place: Int? = nil) -> Problem {
    Problem(message: message, offset: offsets[min(place ?? position, offsets.count - 1)])
  }

  private mutating func skip(_ wanted: Unicode.Scalar) -> Bool {
    guard scalar == wanted else { return false }
    position += 1
    return true
  }

  mutating func takeFlags() -> Bool {
    if scalars.starts(with: "(?i)".unicodeScalars) {
      position = 4
      ignoresCase = true
    }
    return ignoresCase
  }

  mutating func program() throws(Problem) -> [Instruction] {
    var program = try alternatives()
    if position < scalars.count { throw problem("')' without '('") }
    program.append(.accept)
    return program
  }

  /// Instructions whose targets are relative to their own start, 0.
  private mutating func alternatives() throws(Problem) -> [Instruction] {
    var result = try sequence()
    while skip("|") {
      let other = try sequence()
      result =
        [.split(1, result.count + 2)] + shift(result, by: 1) + [.jump(result.count + other.count + 2)]
        + shift(other, by: result.count + 2)
    }
    return result
  }

  private mutating func sequence() throws(Problem) -> [Instruction] {
    var result: [Instruction] = []
    while let next = scalar, next != "|", next != ")" {
      let start = position
      let piece = try repeated(atom(), from: start)
      guard result.count + piece.count <= Self.largestProgram else { throw problem("too large", at: start) }
      result += shift(piece, by: result.count)
    }
    return result
  }

  private func shift(_ program: [Instruction], by offset: Int) -> [Instruction] {
    program.map { instruction in
      switch instruction {
      case .jump(let target): .jump(target + offset)
      case .split(let one, let other): .split(one + offset, other + offset)
      default: instruction
      }
    }
  }

  private mutating func repeated(_ atom: [Instruction], from start: Int) throws(Problem) -> [Instruction] {
    var result = atom
    while let next = scalar {
      let place = position
      var (least, most): (Int, Int?) = (0, nil)
      switch next {
      case "*": position += 1
      case "+":
        position += 1
        least = 1
      case "?":
        position += 1
        most = 1
      case "{":
        guard let bounds = bounds() else { return result }
        (least, most) = bounds
        if let most, most < least { throw problem("a repeat counts upwards", at: place) }
      default: return result
      }
      // A lazy or possessive repeat finds the same texts.
      if !skip("?") { _ = skip("+") }
      let copies = max(least, most ?? least + 1)
      guard copies * (result.count + 2) <= Self.largestProgram else { throw problem("repeats too often", at: place) }
      let piece = result
      result = []
      for _ in 0..<least { result += shift(piece, by: result.count) }
      if let most {
        let end = result.count + (most - least) * (piece.count + 1)
        for _ in least..<max(most, least) {
          let here = result.count
          result += [.split(here + 1, end)] + shift(piece, by: here + 1)
        }
      } else {
        let here = result.count
        result += [.split(here + 1, here + piece.count + 2)] + shift(piece, by: here + 1) + [.jump(here)]
      }
    }
    return result
  }

  private mutating func bounds() -> (Int, Int?)? {
    let start = position
    position += 1
    func number() -> Int? {
      var digits = ""
      while let next = scalar, ("0"..."9").contains(next), digits.count < 5 {
        digits.unicodeScalars.append(next)
        position += 1
      }
      return Int(digits)
    }
    let least = number()
    if let least, skip("}") { return (least, least) }
    if least != nil, skip(",") {
      if skip("}") { return (least ?? 0, nil) }
      if let most = number(), skip("}") { return (least ?? 0, most) }
    }
    position = start
    return nil
  }

  private mutating func atom() throws(Problem) -> [Instruction] {
    let start = position
    guard let next = scalar else { throw problem("it ends too early") }
    position += 1
    switch next {
    case "(":
      if skip("?") {
        guard skip(":") else { throw problem("groups are (…) and (?:…); (?i) stands first", at: start) }
      }
      depth += 1
      guard depth <= 100 else { throw problem("nested too deeply", at: start) }
      let inner = try alternatives()
      depth -= 1
      guard skip(")") else { throw problem("'(' is not closed", at: start) }
      return inner
    case "[": return [try characterClass(start)]
    case ".": return [.match([0x0A...0x0A], isNegated: true)]
    case "^": return [.start]
    case "$": return [.end]
    case "*", "+", "?": throw problem("'\(next)' repeats nothing", at: start)
    case "{":
      position = start
      if bounds() != nil { throw problem("'{' repeats nothing", at: start) }
      position = start + 1
      return [literal(next)]
    case "\\":
      guard let escaped = scalar else { throw problem("'\\' escapes nothing", at: start) }
      if escaped == "b" || escaped == "B" {
        position += 1
        return [.wordEdge(isNegated: escaped == "B")]
      }
      let (ranges, isNegated) = try escape(start)
      return [.match(ranges, isNegated: isNegated)]
    default: return [literal(next)]
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> Instruction {
    .match(fold(scalar.value...scalar.value), isNegated: false)
  }

  private func fold(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    guard ignoresCase else { return [range] }
    if range.count == 1, let scalar = Unicode.Scalar(range.lowerBound),
      let lower = scalar.properties.lowercaseMapping.unicodeScalars.first
    {
      return [lower.value...lower.value]
    }
    let capitals = range.clamped(to: 0x41...0x5A)
    return range.overlaps(0x41...0x5A) ? [range, capitals.lowerBound + 0x20...capitals.upperBound + 0x20] : [range]
  }

  /// The characters behind the backslash at `start`.
  private mutating func escape(_ start: Int) throws(Problem) -> ([ClosedRange<UInt32>], isNegated: Bool) {
    guard let escaped = scalar else { throw problem("'\\' escapes nothing", at: start) }
    position += 1
    switch escaped {
    case "d", "D": return (Self.digitRanges, escaped == "D")
    case "w", "W":
      return (
        Self.wordRanges + [0xAA...0x2FF, 0x370...0x1FFF, 0x2C00...0x2FEF, 0x3040...0xD7FF, 0xF900...0xFDCF],
        escaped == "W"
      )
    case "s", "S": return (Self.spaceRanges, escaped == "S")
    case "n": return ([0x0A...0x0A], false)
    case "t": return ([0x09...0x09], false)
    case "r": return ([0x0D...0x0D], false)
    case "u", "x":
      var digits = ""
      if skip("{") {
        while let next = scalar, next != "}", digits.count < 8 {
          digits.unicodeScalars.append(next)
          position += 1
        }
        _ = skip("}")
      } else {
        let count = escaped == "u" ? 4 : 2
        while let next = scalar, digits.count < count {
          digits.unicodeScalars.append(next)
          position += 1
        }
      }
      guard let value = UInt32(digits, radix: 16), let found = Unicode.Scalar(value) else {
        throw problem("no code point", at: start)
      }
      return (fold(found.value...found.value), false)
    default:
      if escaped.isASCII, escaped.properties.isAlphabetic || ("0"..."9").contains(escaped) {
        throw problem("'\\\(escaped)' is not known here", at: start)
      }
      return (fold(escaped.value...escaped.value), false)
    }
  }

  private mutating func characterClass(_ start: Int) throws(Problem) -> Instruction {
    let isNegated = skip("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let next = scalar, next != "]" || isFirst {
      isFirst = false
      let place = position
      position += 1
      var low = next
      if next == "\\" {
        let (found, isOpposite) = try escape(place)
        if isOpposite {
          ranges += Self.complement(found)
          continue
        }
        guard found.count == 1, let only = found.first, only.count == 1, let single = Unicode.Scalar(only.lowerBound)
        else {
          ranges += found
          continue
        }
        low = single
      }
      var high = low
      if scalar == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        position += 1
        guard let last = scalar else { break }
        position += 1
        high = last
        if last == "\\" {
          let (found, _) = try escape(position - 1)
          guard let only = found.first, only.count == 1, let single = Unicode.Scalar(only.lowerBound) else {
            throw problem("a class is no end of a range", at: place)
          }
          high = single
        }
        guard low <= high else { throw problem("a range counts upwards", at: place) }
      }
      ranges += fold(low.value...high.value)
    }
    guard skip("]") else { throw problem("'[' is not closed", at: start) }
    return .match(ranges, isNegated: isNegated)
  }

  private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    return result + [next...0x10FFFF]
  }
}
