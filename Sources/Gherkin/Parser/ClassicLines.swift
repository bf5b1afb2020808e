/// The lines of `.feature` files: what a line is shows in its first characters.
extension LineParser {
  /// Tells the kind of a line of a `.feature` file.
  mutating func classicToken(_ line: Line, in source: Span<UInt8>) -> ScannedToken {
    if state.isInDocString { return docStringToken(line, in: source) }
    if line.isEmpty { return ScannedToken(.empty, line, column: 1) }
    switch source[line.textStart] {
    case UInt8(ascii: "#"):
      if state == .start, let token = languageToken(line, in: source) { return token }
      return ScannedToken(.comment, line, column: 1)
    case UInt8(ascii: "@"):
      let isSound = hasSoundTags(line, in: source)
      return ScannedToken(isSound ? .tagLine : .other, line, column: isSound ? line.indent + 1 : 1)
    case UInt8(ascii: "|"):
      guard accepts(.tableRow) else { return ScannedToken(.other, line, column: 1) }
      LineItems.cells(in: source, of: line, into: &items)
      return ScannedToken(.tableRow, line, column: line.indent + 1)
    case UInt8(ascii: "\""), UInt8(ascii: "`"):
      if line.textEnd - line.textStart >= 3 {
        let first = source[line.textStart]
        if source[line.textStart + 1] == first, source[line.textStart + 2] == first {
          return separatorToken(line, length: 3, in: source)
        }
      }
      return ScannedToken(.other, line, column: 1)
    default:
      return keywordToken(line, in: source)
    }
  }

  @inline(__always)
  private func keywordToken(_ line: Line, in source: Span<UInt8>) -> ScannedToken {
    if accepts(.stepLine), let entry = keywords.step(in: source, from: line.textStart, to: line.textEnd) {
      var token = ScannedToken(.stepLine, line, column: line.indent + 1)
      token.keywordEnd = line.textStart + entry.length
      token.textStart = Blanks.skip(in: source, from: token.keywordEnd, to: line.textEnd)
      token.keywordType = entry.type
      return token
    }
    guard let entry = keywords.title(in: source, from: line.textStart, to: line.textEnd) else {
      return ScannedToken(.other, line, column: 1)
    }
    var token = ScannedToken(entry.kind, line, column: line.indent + 1)
    token.keywordEnd = line.textStart + entry.length
    token.textStart = Blanks.skip(in: source, from: token.keywordEnd + 1, to: line.textEnd)
    return token
  }

  private func docStringToken(_ line: Line, in source: Span<UInt8>) -> ScannedToken {
    if !line.isEmpty, source[line.textStart] == fence, line.textEnd - line.textStart >= fenceLength {
      var length = 0
      while length < fenceLength, source[line.textStart + length] == fence { length += 1 }
      // In Markdown a closing separator must be exactly the opening one, with nothing behind it.
      if length == fenceLength, !isMarkdown || line.textEnd - line.textStart == fenceLength {
        return separatorToken(line, length: fenceLength, in: source)
      }
    }
    var token = ScannedToken(.other, line, column: 1)
    token.docStringIndent = docStringIndent
    token.docStringFence = isMarkdown ? 0 : fence
    return token
  }

  func separatorToken(_ line: Line, length: Int, in source: Span<UInt8>) -> ScannedToken {
    var token = ScannedToken(.docStringSeparator, line, column: line.indent + 1)
    token.keywordEnd = line.textStart + length
    token.textStart = Blanks.skip(in: source, from: token.keywordEnd, to: line.textEnd)
    return token
  }

  /// The token of a line that names the language, which it switches to; an unknown one is reported.
  private mutating func languageToken(_ line: Line, in source: Span<UInt8>) -> ScannedToken? {
    guard let name = LanguageLine.name(in: source, of: line) else { return nil }
    let language = String(decoding: name, of: source)
    if language != keywords.language {
      guard let dialect = Dialect(language: language) else {
        add(
          ParseError(
            code: .unknownLanguage, location: Location(line: line.number, column: line.indent + 1), expected: [],
            found: language))
        return nil
      }
      keywords = KeywordTable(dialect)
    }
    var token = ScannedToken(.language, line, column: line.indent + 1)
    token.textStart = name.lowerBound
    token.textEnd = name.upperBound
    return token
  }
}
