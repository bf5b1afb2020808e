/// Prints the lines of Gherkin in a Markdown source in canonical form, and all other lines as they are.
struct MarkdownPrinter {
  /// How deep a table may be indented so that it is one of Gherkin's.
  private static let tableIndents = 2...5

  private let lines: [FormattedLine]
  private let source: [UInt8]
  private let keywords: KeywordTable
  private var tables: TableLayout
  private var output: [UInt8] = []
  /// The indentation of what belongs to the last step or examples: where the text of a list item starts.
  private var argumentIndent = 2
  /// The indentation that the lines of the open doc string have in the source.
  private var contentIndent: Int?

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
  }

  /// The canonical form of the whole source.
  mutating func print() -> [UInt8] {
    output.reserveCapacity(source.count + source.count / 8)
    for line in lines {
      switch line.role {
      case .row(let table): tables.measure(line.items, table: table)
      case .delimiterRow(let table): tables.measureDelimiters(line.items, table: table)
      default: continue
      }
    }
    output += source[..<(lines.first?.token.line.start ?? source.count)]
    for line in lines {
      print(line)
      output += source[line.token.line.end..<line.token.line.next]
    }
    return output
  }

  private mutating func print(_ line: FormattedLine) {
    let token = line.token
    switch line.role {
    case .title where token.keywordEnd > token.keywordStart: title(token)
    case .step:
      argumentIndent = token.line.indent + 2
      output += source[token.line.start..<token.line.textStart + 1]
      output.append(0x20)
      output += keywords.canonicalStep(token, in: source)
    case .tags: tags(line)
    case .row(let table):
      indentTable()
      output += tables.row(line.items, in: token.line, table: table)
    case .delimiterRow(let table):
      indentTable()
      output += tables.delimiterRow(line.items, in: token.line, table: table)
    case .separator:
      contentIndent = contentIndent == nil ? token.line.indent : nil
      indent(argumentIndent)
      output += source[token.keywordStart..<token.keywordEnd]
      // A back tick that starts the media type must not lengthen the fence.
      if source[token.textStart..<token.textEnd].first == UInt8(ascii: "`") { output.append(0x20) }
      output += source[token.textStart..<token.textEnd]
    case .content:
      let source = source
      let content = DocStringText.content(of: token.line, in: source.span, indent: contentIndent ?? 0)
      guard !content.isEmpty || joinsLineEnds(token.line) else { return }
      indent(argumentIndent)
      output += source[content]
    case .blank, .comment, .prose, .language, .title:
      output += source[token.line.start..<token.line.end]
    }
  }

  /// Whether a line feed ends a line and a carriage return the one before it: with nothing between them they would be
  /// one line end, and the line would be lost.
  private func joinsLineEnds(_ line: Line) -> Bool {
    output.last == 0x0D && source[line.end..<line.next].first == 0x0A
  }

  private mutating func indent(_ count: Int) { output += repeatElement(0x20, count: count) }

  private mutating func indentTable() {
    let indents = MarkdownPrinter.tableIndents
    indent(min(max(argumentIndent, indents.lowerBound), indents.upperBound))
  }

  private mutating func title(_ token: ScannedToken) {
    argumentIndent = 2
    output += source[token.line.textStart..<token.keywordStart].prefix { $0 == UInt8(ascii: "#") }
    output.append(0x20)
    output += source[token.keywordStart..<token.keywordEnd]
    output.append(UInt8(ascii: ":"))
    if token.textStart < token.textEnd { output.append(0x20) }
    output += source[token.textStart..<token.textEnd]
  }

  /// Tags with one blank between them; a line that has other words too stays as it is.
  private mutating func tags(_ line: FormattedLine) {
    let source = source
    let whole = line.token.line
    var offset = whole.textStart
    for tag in line.items {
      guard offset == tag.offset - 1 else { return output += source[whole.start..<whole.end] }
      offset = Blanks.skip(in: source.span, from: tag.offset + tag.length + 1, to: whole.textEnd)
    }
    guard offset == whole.textEnd else { return output += source[whole.start..<whole.end] }
    for (index, tag) in line.items.enumerated() {
      if index > 0 { output.append(0x20) }
      output += source[tag.offset - 1...tag.offset + tag.length]
    }
  }
}
