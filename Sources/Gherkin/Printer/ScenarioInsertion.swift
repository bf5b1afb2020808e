extension GherkinPrinter {
  /// Adds a scenario to a feature and leaves all else byte for byte.
  ///
  /// The scenario becomes the last of those that belong to no rule; an empty line sets it apart.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - source: The bytes of a `.feature` file.
  ///   - uri: The name of the source.
  /// - Returns: The new source; its errors where it has any; neither where it has no feature or is Markdown.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func adding(_ scenario: NewScenario, to source: [UInt8], uri: String) -> Result {
    let parsed = GherkinParser().parse(source, uri: uri)
    guard let document = parsed.document, let feature = document.feature, !document.isMarkdown else {
      return Result(bytes: nil, errors: parsed.errors)
    }
    let storage = document.storage
    let offset: Int
    if let rule = feature.rules.first {
      // Comments right above the rule belong to it.
      var first = storage.line(rule.range.start.line)
      while let line = first, let above = storage.line(line.number - 1), !above.isEmpty,
        source[above.textStart] == UInt8(ascii: "#")
      {
        first = above
      }
      offset = first?.start ?? source.count
    } else {
      offset = source.count
    }
    let firstLine = storage.line(1)
    let isPaired = firstLine.map { $0.next - $0.end == 2 } ?? false
    let lineEnd = isPaired ? "\r\n" : "\n"
    let before = source[..<offset]
    // What comes before must end its line, and an empty line must follow it.
    let lastLines = String(decoding: before, as: UTF8.self).lines.suffix(2)
    let endsLine = lastLines.last?.isEmpty ?? true
    let hasEmptyLine = endsLine && (lastLines.first?.trimmingBlanks.isEmpty ?? true)
    var text = (endsLine ? "" : lineEnd) + (hasEmptyLine ? "" : lineEnd)
    // Behind a carriage return the first line feed only completes the line end.
    if !hasEmptyLine, before.last == 0x0D { text = lineEnd + text }
    text += isPaired ? scenario.text.replacingBytes(of: "\n", with: "\r\n") : scenario.text
    if offset < source.count { text += lineEnd }
    let bytes = applying([SourceEdit(range: offset..<offset, text: text)], to: source)
    return Result(bytes: bytes, errors: [])
  }
}
