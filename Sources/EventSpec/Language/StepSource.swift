/// A step as it is written, before it is read against a domain.
package struct StepSource: Sendable {
  /// What the step's keyword says of its role.
  package enum Keyword: Sendable, Hashable {
    /// History, act or outcome.
    case role(StepRole)
    /// `And`, `But` or `*`: the role of the step before.
    case conjunction
    /// None, as in the REPL: what is named decides.
    case none
  }

  /// What stands below a step's text.
  package enum Argument: Sendable {
    /// The cells of a table by row.
    case table(StepTable)
    /// A doc string.
    case docString(StepDocString)
  }

  /// What the keyword says of the role.
  package var keyword: Keyword
  /// The keyword as written, without space.
  package var keywordText: String
  /// The text behind the keyword, placeholders replaced.
  package var text: SourceText
  /// The file's path as given.
  package var file: String
  /// Where the step stands: its keyword's first character.
  package var location: SpecLocation
  /// What stands below the text.
  package var argument: Argument?
  /// What is added to every diagnostic of the step, such as the Examples row.
  package var notes: [String]

  package init(
    keyword: Keyword, keywordText: String, text: SourceText, location: SpecLocation, argument: Argument? = nil,
    notes: [String] = []
  ) {
    self.keyword = keyword
    self.keywordText = keywordText
    self.text = text
    file = location.file
    self.location = location
    self.argument = argument
    self.notes = notes
  }
}

/// A step's table.
package struct StepTable: Sendable {
  /// One row.
  package struct Row: Sendable {
    /// The cells, with their padding removed and escapes replaced.
    package var cells: [SourceText]
    /// The row's line.
    package var line: Int

    package init(cells: [SourceText], line: Int) {
      self.cells = cells
      self.line = line
    }
  }

  /// The rows, the first one included.
  package var rows: [Row]

  package init(rows: [Row]) { self.rows = rows }
}

/// A step's doc string.
package struct StepDocString: Sendable {
  /// The content, indentation removed.
  package var content: SourceText
  /// The media type as written, if any.
  package var mediaType: String?
  /// Where the opening delimiter stands.
  package var location: SpecLocation

  package init(content: SourceText, mediaType: String?, location: SpecLocation) {
    self.content = content
    self.mediaType = mediaType
    self.location = location
  }
}
