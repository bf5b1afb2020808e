/// Prints the lines of a source in canonical form.
struct CanonicalPrinter {
  private var lines: [FormattedLine]
  private let source: [UInt8]
  private let keywords: KeywordTable
  private let lineEnd: [UInt8]
  private var tables: TableLayout
  private var output: [UInt8] = []

  /// Makes a printer.
  ///
  /// - Parameters:
  ///   - lines: The lines of the source.
  ///   - tableCount: How many tables they belong to.
  ///   - source: The bytes of the source.
  ///   - keywords: The keywords of the source's language.
  init(lines: [FormattedLine], tableCount: Int, source: [UInt8], keywords: KeywordTable) {
    self.lines = lines
    self.source = source
    self.keywords = keywords
    tables = TableLayout(tableCount: tableCount, source: source)
    let first = lines.first?.token.line
    lineEnd = first.map { $0.next - $0.end == 2 } ?? false ? [0x0D, 0x0A] : [0x0A]
  }

  /// The canonical form of the whole source.
  mutating func print() -> [UInt8] {
    output.reserveCapacity(source.count + source.count / 8)
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { output += source[..<3] }
    for line in lines {
      if case .row(let table) = line.role { tables.measure(line.items, table: table) }
    }
    levelComments()
    let proseIndents = proseIndents()
    var previous: FormattedLine.Role?
    var isBlankPending = false
    for (index, line) in lines.enumerated() {
      if case .blank = line.role {
        isBlankPending = previous != nil
        continue
      }
      if isBlankPending || needsBlank(line, after: previous) { output += lineEnd }
      isBlankPending = false
      previous = line.role
      print(line, proseIndent: proseIndents[index])
      output += lineEnd
    }
    return output
  }

  /// Whether a block needs an empty line in front, where it has neither one nor a comment.
  private func needsBlank(_ line: FormattedLine, after previous: FormattedLine.Role?) -> Bool {
    guard let previous else { return false }
    switch (line.role, previous) {
    case (.title, .tags), (.title, .comment), (.title, .language), (.tags, .tags), (.tags, .comment),
      (.tags, .language):
      return false
    case (.title, _), (.tags, _): return true
    default: return false
    }
  }

  /// Indents comments like what comes next.
  private mutating func levelComments() {
    var next = 0
    for index in lines.indices.reversed() {
      switch lines[index].role {
      case .comment: lines[index].level = next
      case .blank: continue
      default: next = lines[index].level
      }
    }
  }

  /// For each line of a description how deep it is indented within its block.
  private func proseIndents() -> [Int] {
    var indents = Array(repeating: 0, count: lines.count)
    var block: [Int] = []
    func closeBlock() {
      let least = block.map { lines[$0].token.line.indent }.min() ?? 0
      for index in block { indents[index] = lines[index].token.line.indent - least }
      block = []
    }
    for (index, line) in lines.enumerated() {
      switch line.role {
      case .prose: block.append(index)
      case .blank, .comment: continue
      default: closeBlock()
      }
    }
    closeBlock()
    return indents
  }

  private mutating func print(_ line: FormattedLine, proseIndent: Int) {
    let token = line.token
    let text = source[token.line.textStart..<token.line.textEnd]
    switch line.role {
    case .blank: return
    case .content(let indent):
      let source = source
      let content = DocStringText.content(of: token.line, in: source.span, indent: indent)
      guard !content.isEmpty else { return }
      self.indent(line.level)
      output += source[content]
    case .prose:
      self.indent(line.level)
      output += repeatElement(0x20, count: proseIndent)
      output += text
    case .comment:
      self.indent(line.level)
      output += text
    case .language:
      output += Array("# language: ".utf8)
      output += source[token.textStart..<token.textEnd]
    case .title:
      self.indent(line.level)
      output += source[token.keywordStart..<token.keywordEnd]
      output.append(UInt8(ascii: ":"))
      if token.textStart < token.textEnd { output.append(0x20) }
      output += source[token.textStart..<token.textEnd]
    case .step:
      self.indent(line.level)
      output += keywords.canonicalStep(token, in: source)
    case .tags:
      self.indent(line.level)
      tags(line)
    case .row(let table), .delimiterRow(let table):
      self.indent(line.level)
      output += tables.row(line.items, in: token.line, table: table)
    case .separator:
      self.indent(line.level)
      output += source[token.keywordStart..<token.keywordEnd]
      // What stands behind a closing separator means nothing, but belongs to the author.
      output += source[token.keywordEnd..<token.line.textEnd].drop { $0 == 0x20 || $0 == 0x09 }
    }
  }

  private mutating func indent(_ level: Int) {
    output += repeatElement(0x20, count: level * 2)
  }

  private func bytes(of item: ItemSpan) -> ArraySlice<UInt8> { source[item.offset..<item.offset + item.length] }

  private mutating func tags(_ line: FormattedLine) {
    guard let last = line.items.last else {
      output += source[line.token.line.textStart..<line.token.line.textEnd]
      return
    }
    for (index, tag) in line.items.enumerated() {
      if index > 0 { output.append(0x20) }
      output += bytes(of: tag)
    }
    let source = source
    let end = line.token.line.textEnd
    let comment = comment(behind: last.offset + last.length, to: end, in: source.span)
    guard comment < end else { return }
    output.append(0x20)
    output += source[comment..<end]
  }

  /// Where the comment behind tags starts, or the end of the line.
  private func comment(behind start: Int, to end: Int, in source: Span<UInt8>) -> Int {
    var offset = start
    while offset < end {
      if source[offset] == UInt8(ascii: "#"), Blanks.length(in: source, before: offset, from: start) > 0 {
        return offset
      }
      offset += 1
    }
    return end
  }
}
