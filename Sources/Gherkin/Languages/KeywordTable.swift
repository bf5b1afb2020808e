/// The keywords of a dialect, laid out for matching the bytes of a line.
struct KeywordTable: Sendable {
  /// One keyword of the table.
  struct Entry: Sendable {
    /// Where the keyword's bytes start.
    var offset: Int
    /// How many bytes the keyword has.
    var length: Int
    /// The kind of line that the keyword opens.
    var kind: TokenKind
    /// The type that the keyword gives a step.
    var type: StepKeywordType
  }

  /// The language that the keywords belong to.
  let language: String
  private let bytes: [UInt8]
  private let entries: [Entry]
  /// For each first byte the entries that start with it; `buckets[first]..<buckets[first + 1]`, the longest first.
  private let buckets: [Int]

  /// The keywords of English, the language of a file that names none.
  static let english = KeywordTable(.english)

  /// Lays out the keywords of a dialect.
  init(_ dialect: Dialect) {
    language = dialect.language
    var keywords: [(word: [UInt8], kind: TokenKind, type: StepKeywordType)] = []
    for (keyword, type) in dialect.stepKeywords {
      keywords.append((Array(keyword.utf8), .stepLine, type))
    }
    let titles: [([String], TokenKind)] = [
      (dialect.feature, .featureLine), (dialect.rule, .ruleLine), (dialect.background, .backgroundLine),
      (dialect.scenario, .scenarioLine), (dialect.scenarioOutline, .scenarioLine), (dialect.examples, .examplesLine),
    ]
    for (words, kind) in titles {
      for word in words { keywords.append((Array(word.utf8), kind, .unknown)) }
    }
    keywords.removeAll { $0.word.isEmpty }

    var bytes: [UInt8] = []
    var entries: [Entry] = []
    var buckets = [0]
    buckets.reserveCapacity(257)
    for first in UInt8.min...UInt8.max {
      let bucket = keywords.filter { $0.word.first == first }.sorted { $0.word.count > $1.word.count }
      for keyword in bucket {
        entries.append(
          Entry(offset: bytes.count, length: keyword.word.count, kind: keyword.kind, type: keyword.type))
        bytes += keyword.word
      }
      buckets.append(entries.count)
    }
    self.bytes = bytes
    self.entries = entries
    self.buckets = buckets
  }

  /// Finds the longest step keyword that some bytes start with.
  @inline(__always)
  func step(in source: Span<UInt8>, from start: Int, to end: Int, allowsStar: Bool = true) -> Entry? {
    guard start < end else { return nil }
    let first = Int(source[start])
    var index = buckets[first]
    let last = buckets[first + 1]
    while index < last {
      let entry = entries[index]
      if entry.kind == .stepLine, matches(entry, source, start, end), allowsStar || source[start] != UInt8(ascii: "*") {
        return entry
      }
      index += 1
    }
    return nil
  }

  /// Finds the title keyword that some bytes start with, followed by a colon.
  @inline(__always)
  func title(in source: Span<UInt8>, from start: Int, to end: Int) -> Entry? {
    guard start < end else { return nil }
    let first = Int(source[start])
    var index = buckets[first]
    let last = buckets[first + 1]
    while index < last {
      let entry = entries[index]
      if entry.kind != .stepLine, start + entry.length < end,
        source[start + entry.length] == UInt8(ascii: ":"), matches(entry, source, start, end)
      {
        return entry
      }
      index += 1
    }
    return nil
  }

  @inline(__always)
  private func matches(_ entry: Entry, _ source: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard entry.length <= end - start else { return false }
    var index = 1
    while index < entry.length {
      if bytes[entry.offset + index] != source[start + index] { return false }
      index += 1
    }
    return true
  }
}
