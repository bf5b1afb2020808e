/// Writes the envelopes of Cucumber's messages that a parser gives: each a line of JSON that ends in a line feed.
public enum GherkinMessages {
  /// Writes the envelope of a source.
  ///
  /// - Parameters:
  ///   - source: The bytes of the source; a byte order mark is left out, and what is no UTF-8 is replaced.
  ///   - uri: The name of the source.
  /// - Returns: The line.
  public static func source(_ source: [UInt8], uri: String) -> [UInt8] {
    var json = JSONWriter()
    json.raw(#"{"source":{"uri":"#)
    json.string(uri)
    json.raw(#","data":"#)
    let hasMark = source.starts(with: [0xEF, 0xBB, 0xBF])
    json.string(String(decoding: hasMark ? source.dropFirst(3) : source[...], as: UTF8.self))
    if GherkinParser.isMarkdown(uri: uri) {
      json.raw(#","mediaType":"text/x.cucumber.gherkin+markdown"}}"#)
    } else {
      json.raw(#","mediaType":"text/x.cucumber.gherkin+plain"}}"#)
    }
    json.raw("\n")
    return json.bytes
  }

  /// Writes the envelope of a document.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - write: Takes the bytes of the line, piece by piece.
  public static func gherkinDocument(_ document: GherkinDocument, to write: ([UInt8]) -> Void) {
    withoutActuallyEscaping(write) { write in
      var writer = DocumentWriter(document.storage, isStrict: true, write: write)
      writer.writeEnvelope()
    }
  }

  /// Writes the envelope of a pickle.
  ///
  /// - Parameter pickle: The pickle.
  /// - Returns: The line.
  public static func pickle(_ pickle: Pickle) -> [UInt8] {
    var writer = PickleWriter()
    writer.writeEnvelope(pickle)
    return writer.json.bytes
  }

  /// Writes the envelope of an error.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - uri: The name of the source.
  /// - Returns: The line.
  public static func parseError(_ error: ParseError, uri: String) -> [UInt8] {
    var json = JSONWriter()
    json.raw(#"{"parseError":{"source":{"uri":"#)
    json.string(uri)
    json.raw(#","location":"#)
    json.location(error.location)
    json.raw(#"},"message":"#)
    json.string(error.message)
    json.raw("}}\n")
    return json.bytes
  }
}
