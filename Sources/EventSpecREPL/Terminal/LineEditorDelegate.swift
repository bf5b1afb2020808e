/// What an editor of lines asks the program that reads them.
///
/// All of it is called between two keys, on the thread that reads: an answer should take less than 10 ms.
package protocol LineEditorDelegate {
  /// What may stand at the cursor.
  ///
  /// - Parameters:
  ///   - text: The whole text so far, earlier lines included.
  ///   - cursor: The place of the cursor in it, in UTF-8 code units.
  func completion(of text: String, at cursor: Int) -> Completion

  /// What may come next, shown dimly behind the cursor; `nil` for nothing.
  func hint(for text: String) -> String?

  /// Whether the text can stand alone, or (with a bracket open, say) goes on in another line.
  func isComplete(_ text: String) -> Bool
}

/// The ways in which a text may go on.
package struct Completion: Sendable, Hashable {
  /// One way to go on.
  package struct Candidate: Sendable, Hashable {
    /// The text that takes the place of what is being completed.
    package var text: String
    /// A few words on it, shown behind it where there is room.
    package var description: String?

    package init(_ text: String, description: String? = nil) {
      self.text = text
      self.description = description
    }
  }

  /// The candidates in the order in which they are shown.
  package var candidates: [Candidate]
  /// The part of the text that a candidate replaces, in UTF-8 code units; it usually ends at the cursor.
  package var replacing: Range<Int>

  package init(_ candidates: [Candidate], replacing range: Range<Int>) {
    self.candidates = candidates
    self.replacing = range
  }

  /// The longest beginning that all candidates share, in whole characters.
  var commonPrefix: String {
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      let length = zip(prefix, candidate.text).prefix { $0 == $1 }.count
      prefix = prefix.prefix(length)
    }
    return String(prefix)
  }
}
