/// Markdown with Gherkin: keywords stand in headings and list items, tags in code spans, and tables are indented by two
/// to five blanks; all other lines are prose and count as empty.
extension LineParser {
  /// Whether a line is the row that Markdown puts under a table's header, outside doc strings.
  ///
  /// Like a comment, such a line opens a description where one may stand, but belongs to none.
  mutating func isDelimiterRow(_ line: Line, in source: Span<UInt8>) -> Bool {
    guard hasFeatureLine, !state.isInDocString, !line.isEmpty, source[line.textStart] == UInt8(ascii: "|") else {
      return false
    }
    LineItems.cells(in: source, of: line, into: &items)
    return LineItems.isDelimiterRow(items, in: source)
  }

  /// Tells the kind of a line of a Markdown source.
  mutating func markdownToken(_ line: Line, in source: Span<UInt8>) -> ScannedToken {
    if state.isInDocString { return docStringFenceOrContent(line, in: source) }
    if !hasFeatureLine {
      if findTags(line, in: source) { return ScannedToken(.tagLine, line, column: line.indent + 1) }
      hasFeatureLine = true
      if let token = heading(line, in: source), token.kind == .featureLine { return token }
      // The first line names the feature, whatever it is; as in the reference its trailing blanks stay.
      var token = ScannedToken(.featureLine, line, column: line.indent + 1)
      token.textEnd = line.end
      return token
    }
    if line.isEmpty { return ScannedToken(.empty, line, column: 1) }
    // A line may be several things at once: it is the first of them that may stand here.
    var unaccepted: ScannedToken?
    func choose(_ token: ScannedToken?) -> ScannedToken? {
      guard let token, token.kind != .featureLine else { return nil }
      if accepts(token.kind) { return token }
      if unaccepted == nil { unaccepted = token }
      return nil
    }
    let heading = heading(line, in: source)
    if heading?.kind == .backgroundLine, let token = choose(heading) { return token }
    if let token = choose(tableRow(line, in: source)) { return token }
    if let token = choose(openingFence(line, in: source)) { return token }
    if let token = choose(listStep(line, in: source)) { return token }
    if findTags(line, in: source), let token = choose(ScannedToken(.tagLine, line, column: line.indent + 1)) {
      return token
    }
    return choose(heading) ?? unaccepted ?? ScannedToken(.empty, line, column: 1)
  }

  /// Tells the kind of a line that follows tags.
  mutating func markdownFollowerKind(_ line: Line, in source: Span<UInt8>) -> TokenKind {
    if let token = heading(line, in: source) { return token.kind }
    if findTags(line, in: source) { return .tagLine }
    if line.isEmpty { return .empty }
    if tableRow(line, in: source) != nil { return .tableRow }
    if openingFence(line, in: source) != nil { return .docStringSeparator }
    return listStep(line, in: source) == nil ? .empty : .stepLine
  }

  private func docStringFenceOrContent(_ line: Line, in source: Span<UInt8>) -> ScannedToken {
    let length = line.textEnd - line.textStart
    if length == fenceLength {
      var offset = line.textStart
      while offset < line.textEnd, source[offset] == fence { offset += 1 }
      if offset == line.textEnd { return separatorToken(line, length: length, in: source) }
    }
    return ScannedToken(.other, line, column: 1)
  }

  private func openingFence(_ line: Line, in source: Span<UInt8>) -> ScannedToken? {
    var offset = line.textStart
    while offset < line.textEnd, source[offset] == UInt8(ascii: "`") { offset += 1 }
    guard offset - line.textStart >= 3 else { return nil }
    return separatorToken(line, length: offset - line.textStart, in: source)
  }

  private mutating func tableRow(_ line: Line, in source: Span<UInt8>) -> ScannedToken? {
    guard source[line.textStart] == UInt8(ascii: "|"), (2...5).contains(line.indent) else { return nil }
    LineItems.cells(in: source, of: line, into: &items)
    guard !LineItems.isDelimiterRow(items, in: source) else { return nil }
    var token = ScannedToken(.tableRow, line, column: line.indent + 1)
    token.keywordEnd = line.textStart + 1
    token.textStart = token.textEnd
    return token
  }

  private func listStep(_ line: Line, in source: Span<UInt8>) -> ScannedToken? {
    switch source[line.textStart] {
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"): break
    default: return nil
    }
    let start = Blanks.skip(in: source, from: line.textStart + 1, to: line.textEnd)
    guard let entry = keywords.step(in: source, from: start, to: line.textEnd, allowsStar: false) else { return nil }
    var token = ScannedToken(.stepLine, line, column: column(of: start, in: line, source))
    token.keywordStart = start
    token.keywordEnd = start + entry.length
    token.textStart = Blanks.skip(in: source, from: token.keywordEnd, to: line.textEnd)
    token.keywordType = entry.type
    return token
  }

  private func heading(_ line: Line, in source: Span<UInt8>) -> ScannedToken? {
    var offset = line.textStart
    while offset < line.textEnd, source[offset] == UInt8(ascii: "#") { offset += 1 }
    guard (1...6).contains(offset - line.textStart) else { return nil }
    let blank = Blanks.length(in: source, at: offset, to: line.textEnd)
    let start = offset + blank
    guard blank > 0, let entry = keywords.title(in: source, from: start, to: line.textEnd) else { return nil }
    var token = ScannedToken(entry.kind, line, column: column(of: start, in: line, source))
    token.keywordStart = start
    token.keywordEnd = start + entry.length
    token.textStart = Blanks.skip(in: source, from: token.keywordEnd + 1, to: line.textEnd)
    return token
  }

  private func column(of offset: Int, in line: Line, _ source: Span<UInt8>) -> Int {
    line.indent + CodePoints.count(in: source, from: line.textStart, to: offset) + 1
  }

  /// Finds the tags in a line's code spans, such as `` `@slow` ``.
  private mutating func findTags(_ line: Line, in source: Span<UInt8>) -> Bool {
    items.removeAll(keepingCapacity: true)
    let tick = UInt8(ascii: "`")
    var offset = line.textStart
    var column = line.indent + 1
    while offset < line.textEnd {
      if source[offset] == tick, offset + 1 < line.textEnd, source[offset + 1] == UInt8(ascii: "@") {
        var end = offset + 2
        while end < line.textEnd, source[end] != tick { end += 1 }
        guard end < line.textEnd else { break }
        if end > offset + 2 {
          items.append(ItemSpan(offset: offset + 1, length: end - offset - 1, column: column + 1))
          column += CodePoints.count(in: source, from: offset, to: end + 1)
          offset = end + 1
          continue
        }
      }
      if source[offset] & 0xC0 != 0x80 { column += 1 }
      offset += 1
    }
    return !items.isEmpty
  }
}
