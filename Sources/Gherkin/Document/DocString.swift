/// The doc string of a step: several lines of text.
public struct DocString: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  var record: DocStringRecord { storage.records.docStrings[index] }

  /// Where the opening separator stands.
  public var location: Location { storage.place(of: record).location }

  /// The separator, such as `"""`.
  public var delimiter: String { storage.string(record.delimiter) }

  /// The text behind the opening separator, or `nil` where there is none.
  public var mediaType: String? {
    let mediaType = storage.mediaType(of: record)
    return mediaType.length == 0 ? nil : storage.string(mediaType)
  }

  /// The lines between the separators, joined by line feeds, without the separator's indentation and escapes.
  public var content: String {
    var bytes: [UInt8] = []
    storage.appendContent(of: record, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// How many lines the content has in the source.
  public var lineCount: Int { storage.contentLines(of: record).count }

  /// How many code points of indentation the separator has, which each line of the content loses.
  public var indent: Int { Int(record.indent) }

  /// Where the first character of the content stands; where there is no line, the closing separator's line.
  public var contentLocation: Location { location(ofContentLine: 0, offset: 0) }

  /// The location of a byte of a line of the content, for a message about a part of it.
  ///
  /// - Parameters:
  ///   - line: The number of the line in ``content``, from 0.
  ///   - utf8Offset: The offset in the UTF-8 form of that line; one beyond the line counts as its end.
  public func location(ofContentLine line: Int, offset utf8Offset: Int) -> Location {
    let lines = storage.contentLines(of: record)
    let number = lines.lowerBound + max(0, line)
    guard lines.contains(number), let line = storage.line(number) else {
      return Location(line: Int(record.closingLine), column: 1)
    }
    let source = storage.source
    let bytes = DocStringText.content(of: line, in: source.span, indent: indent)
    let escape = storage.escape(of: record)
    let offset = DocStringText.sourceOffset(of: utf8Offset, in: bytes, of: source.span, escape: escape)
    return storage.location(offset, after: Place(line.start, line: number, column: 1))
  }

  /// The location of a byte of the content, for a message about a part of it.
  ///
  /// - Parameter utf8Offset: An offset in the UTF-8 form of ``content``; one beyond it counts as its end.
  /// - Complexity: O(*n*) in the length of the content.
  public func location(ofContentOffset utf8Offset: Int) -> Location {
    var line = 0
    var lineStart = 0
    var bytes: [UInt8] = []
    storage.appendContent(of: record, to: &bytes)
    for (offset, byte) in bytes.prefix(max(0, utf8Offset)).enumerated() where byte == 0x0A {
      line += 1
      lineStart = offset + 1
    }
    return location(ofContentLine: line, offset: min(utf8Offset, bytes.count) - lineStart)
  }

  /// The extent of the doc string with its separators.
  public var range: SourceRange { storage.range(from: storage.place(of: record), to: Int(record.end)) }

  /// The first line of the content, with the location in front.
  public var description: String { "\(location): \(delimiter)\(mediaType ?? "")" }
}

extension DocumentStorage {
  /// Where the separator that opens a doc string stands.
  func place(of docString: DocStringRecord) -> Place {
    Place(Int(docString.mark.offset), line: Int(docString.mark.line), column: Int(docString.indent) + 1)
  }

  /// The numbers of the lines between the separators of a doc string.
  func contentLines(of docString: DocStringRecord) -> Range<Int> {
    let first = Int(docString.mark.line) + 1
    return first..<max(first, Int(docString.closingLine))
  }

  /// The byte that the separator of a doc string is made of, 0 where its lines know no escapes.
  func escape(of docString: DocStringRecord) -> UInt8 {
    isMarkdown ? 0 : source[Int(docString.mark.offset)]
  }

  /// Appends the content of a doc string to some bytes.
  func appendContent(of docString: DocStringRecord, to bytes: inout [UInt8]) {
    let lines = contentLines(of: docString)
    let escape = escape(of: docString)
    let source = source
    var line = rest(of: docString.mark)
    for number in lines {
      line = Line(in: source.span, at: line.next, number: number)
      if number > lines.lowerBound { bytes.append(0x0A) }
      let content = DocStringText.content(of: line, in: source.span, indent: Int(docString.indent))
      DocStringText.append(content, of: source.span, escape: escape, to: &bytes)
    }
  }
}

/// The indentation and the escapes of the lines of doc strings.
enum DocStringText {
  /// The bytes of a line without the indentation of the doc string.
  static func content(of line: Line, in source: Span<UInt8>, indent: Int) -> Range<Int> {
    // A line that is indented less than the separator loses its trailing blanks too, as in the reference.
    if indent > line.indent { return line.textStart..<line.textEnd }
    // All that is cut off are blanks, each of one code point.
    var offset = line.start
    for _ in 0..<indent { offset += Blanks.length(in: source, at: offset, to: line.end) }
    return offset..<line.end
  }

  /// Appends a line, with the separator's bytes unescaped.
  static func append(_ content: Range<Int>, of source: Span<UInt8>, escape: UInt8, to bytes: inout [UInt8]) {
    var offset = content.lowerBound
    while offset < content.upperBound {
      if isEscape(at: offset, in: content, of: source, escape: escape) {
        bytes += [escape, escape, escape]
        offset += 6
      } else {
        bytes.append(source[offset])
        offset += 1
      }
    }
  }

  /// The offset in the source of a byte of a line's content.
  static func sourceOffset(of offset: Int, in content: Range<Int>, of source: Span<UInt8>, escape: UInt8) -> Int {
    var result = content.lowerBound
    var remaining = offset
    while result < content.upperBound, remaining > 0 {
      if isEscape(at: result, in: content, of: source, escape: escape) {
        result += min(remaining, 3) * 2
        remaining -= min(remaining, 3)
      } else {
        result += 1
        remaining -= 1
      }
    }
    return result
  }

  /// Whether three escaped bytes of a separator stand at an offset.
  @inline(__always)
  private static func isEscape(
    at offset: Int, in content: Range<Int>, of source: Span<UInt8>, escape: UInt8
  ) -> Bool {
    guard source[offset] == UInt8(ascii: "\\"), escape != 0, offset + 6 <= content.upperBound else { return false }
    for index in stride(from: offset, to: offset + 6, by: 2) {
      if source[index] != UInt8(ascii: "\\") || source[index + 1] != escape { return false }
    }
    return true
  }
}
