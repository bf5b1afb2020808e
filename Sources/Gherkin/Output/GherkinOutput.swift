/// Prints what the parser makes of a source, in the forms of Gherkin's official test data.
public enum GherkinOutput {
  /// A form to print a source in.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    /// A line of text for each token.
    case tokens
    /// The document as one line of JSON.
    case ast
    /// The pickles, each a line of JSON.
    case pickles
    /// The source as one line of JSON.
    case source
  }

  /// Parses a source and prints it.
  ///
  /// Where the source has errors these are printed instead, each a line of JSON; the tokens are printed up to the
  /// line that is beyond repair.
  ///
  /// - Parameters:
  ///   - format: The form to print.
  ///   - source: The bytes of the source.
  ///   - uri: The name of the source, as it is to be printed.
  ///   - write: Takes the bytes, piece by piece.
  /// - Returns: The errors of the source; ``Format/source`` does not look for any.
  @discardableResult
  public static func write(
    format: Format, source: [UInt8], uri: String, to write: ([UInt8]) -> Void
  ) -> [ParseError] {
    switch format {
    case .source:
      write(GherkinMessages.source(source, uri: uri))
      return []
    case .tokens:
      return writeTokens(of: source, uri: uri, to: write)
    case .ast, .pickles:
      let result = GherkinParser().parse(source, uri: uri)
      guard let document = result.document else {
        for error in result.errors { write(GherkinMessages.parseError(error, uri: uri)) }
        return result.errors
      }
      if format == .ast {
        withoutActuallyEscaping(write) { write in
          var writer = DocumentWriter(document.storage, isStrict: false, write: write)
          writer.writeEnvelope()
        }
      } else {
        var writer = PickleWriter()
        for pickle in document.pickles() {
          writer.writeEnvelope(pickle)
          writer.flush(atLeast: 1 << 16, to: write)
        }
        writer.flush(atLeast: 0, to: write)
      }
      return []
    }
  }

  private static func writeTokens(of source: [UInt8], uri: String, to write: ([UInt8]) -> Void) -> [ParseError] {
    var text: [UInt8] = []
    let errors = GherkinParser().scanTokens(source, uri: uri) { token in
      text += Array(token.officialForm.utf8)
      text.append(0x0A)
      if text.count >= 1 << 16 {
        write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    for error in errors { text += GherkinMessages.parseError(error, uri: uri) }
    if !text.isEmpty { write(text) }
    return errors
  }
}

extension Token {
  /// The token as Gherkin's official test data writes it, such as `(3:3)ScenarioLine:()Scenario/A name/`.
  public var officialForm: String {
    if kind == .endOfFile { return "EOF" }
    let keyword = keyword.map { "(\(keywordType?.rawValue ?? ""))\($0)" } ?? ""
    let items = items.map { "\($0.column):\($0.text)" }.joined(separator: ",")
    return "(\(location.line):\(location.column))\(kind.rawValue):\(keyword)/\(text)/\(items)"
  }
}
