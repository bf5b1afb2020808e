/// A line of a source as the parser sees it: the first layer below the document.
public struct Token: Hashable, Sendable {
  /// A tag or a cell.
  public struct Item: Hashable, Sendable {
    /// The column that the item stands at.
    public let column: Int
    /// The text of the item.
    public let text: String
  }

  /// The kind of the line.
  public let kind: TokenKind

  /// Where the token stands; comments, empty lines and text stand at column 1.
  public let location: Location

  /// The keyword, or the separator of a doc string.
  public let keyword: String?

  /// The type that a step's keyword has.
  public let keywordType: StepKeywordType?

  /// The text: a name, a step's text, a comment, or a line of a description or doc string.
  public let text: String

  /// The tags or the cells.
  public let items: [Item]
}

/// Makes tokens of what the parser recognises and hands them on.
struct TokenForwarder: TokenSink {
  let forward: (Token) -> Void
  let isMarkdown: Bool

  func accept(_ token: ScannedToken, _ items: [ItemSpan], in source: Span<UInt8>) -> ParseError? {
    var text = ""
    switch token.kind {
    case .comment: text = String(decoding: token.line.start..<token.line.end, of: source)
    case .other:
      var bytes: [UInt8] = []
      let content = DocStringText.content(of: token.line, in: source, indent: token.docStringIndent)
      DocStringText.append(content, of: source, escape: token.docStringFence, to: &bytes)
      text = String(decoding: bytes, as: UTF8.self)
    case .empty, .tagLine, .tableRow, .endOfFile: break
    default: text = String(decoding: token.textStart..<token.textEnd, of: source)
    }
    var tokenItems: [Token.Item] = []
    if token.kind == .tagLine || token.kind == .tableRow {
      tokenItems = items.map { item in
        var bytes: [UInt8] = []
        let range = item.offset..<item.offset + item.length
        let hasEscapes = token.kind == .tableRow && CellText.append(range, of: source, to: &bytes)
        let text = hasEscapes ? String(decoding: bytes, as: UTF8.self) : String(decoding: range, of: source)
        return Token.Item(column: item.column, text: text)
      }
    }
    let hasKeyword = token.keywordEnd > token.keywordStart
    forward(
      Token(
        kind: token.kind, location: Location(line: token.line.number, column: token.column),
        keyword: hasKeyword ? String(decoding: token.keywordStart..<token.keywordEnd, of: source) : nil,
        keywordType: token.kind == .stepLine ? token.keywordType : nil, text: text, items: tokenItems))
    return nil
  }
}
