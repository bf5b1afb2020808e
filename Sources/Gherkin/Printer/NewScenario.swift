/// A scenario that is in no source yet.
///
/// ```swift
/// let scenario = NewScenario(name: "An order is placed", steps: [
///   NewStep(keyword: "When", text: "PlaceOrder"),
///   NewStep(keyword: "Then", text: "OrderPlaced"),
/// ])
/// print(NewFeature(name: "Placing an order", scenarios: [scenario]).text)
/// ```
public struct NewScenario: Hashable, Sendable {
  /// The name.
  public var name: String

  /// The tags with their `@`.
  public var tags: [String]

  /// The steps.
  public var steps: [NewStep]

  /// Makes a scenario.
  public init(name: String, tags: [String] = [], steps: [NewStep]) {
    self.name = name
    self.tags = tags
    self.steps = steps
  }

  /// The scenario in canonical form, as it stands in a feature, with a line feed at the end.
  public var text: String { text(indent: 2) }

  /// The scenario in canonical form.
  ///
  /// - Parameter indent: How many spaces the scenario's own line is indented by: 2 in a feature, 4 in a rule.
  public func text(indent: Int) -> String {
    let margin = String(repeating: " ", count: max(0, indent))
    var text = tags.isEmpty ? "" : margin + tags.map(NewScenario.line).joined(separator: " ") + "\n"
    text += margin + "Scenario:"
    let name = NewScenario.line(name)
    if !name.isEmpty { text += " " + name }
    text += "\n"
    for step in steps { text += step.text(indent: max(0, indent) + 2) }
    return text
  }

  /// A text on one line, without blanks around it.
  static func line(_ text: String) -> String {
    let pieces = text.split { $0.isNewline }
    return pieces.joined(separator: " ").trimmingBlanks
  }
}

/// A step that is in no source yet.
public struct NewStep: Hashable, Sendable {
  /// The keyword without a blank, such as `Given`.
  public var keyword: String

  /// The text behind the keyword.
  public var text: String

  /// The rows of a data table; empty where there is none.
  public var table: [[String]]

  /// The content of a doc string.
  public var docString: String?

  /// The doc string's media type.
  public var mediaType: String?

  /// Makes a step.
  public init(
    keyword: String, text: String, table: [[String]] = [], docString: String? = nil, mediaType: String? = nil
  ) {
    self.keyword = keyword
    self.text = text
    self.table = table
    self.docString = docString
    self.mediaType = mediaType
  }

  /// The step in canonical form with a line feed at the end.
  ///
  /// - Parameter indent: How many spaces the step is indented by.
  func text(indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var text = margin + NewScenario.line(keyword) + " " + NewScenario.line(self.text) + "\n"
    text += NewStep.tableText(table, margin: margin + "  ")
    if let docString { text += NewStep.docStringText(docString, mediaType: mediaType, margin: margin + "  ") }
    return text
  }

  /// Rows as an aligned table; short rows are filled up with empty cells.
  private static func tableText(_ table: [[String]], margin: String) -> String {
    let rows = table.map { row in row.map(escapedCell) }
    let count = rows.map(\.count).max() ?? 0
    guard count > 0 else { return "" }
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? DisplayWidth.width(of: $0[column].utf8) : 0 }.max() ?? 0
    }
    return rows.map { row in
      margin + "|"
        + (0..<count).map { column in
          let cell = column < row.count ? row[column] : ""
          return " " + cell + String(repeating: " ", count: widths[column] - DisplayWidth.width(of: cell.utf8)) + " |"
        }.joined() + "\n"
    }.joined()
  }

  /// A value as a cell has it.
  package static func escapedCell(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += #"\\"#
      case "|": text += #"\|"#
      case "\n": text += #"\n"#
      case "\r": text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func docStringText(_ content: String, mediaType: String?, margin: String) -> String {
    let quotes = #"""""#
    let escapedQuotes = #"\"\"\""#
    // What looks like an escaped separator would be read as the separator: take the other one.
    let hasTicks = content.hasBytes(of: "```") || content.hasBytes(of: #"\`\`\`"#)
    let usesTicks = content.hasBytes(of: escapedQuotes) || content.hasBytes(of: quotes) && !hasTicks
    let delimiter = usesTicks ? "```" : quotes
    let escape = usesTicks ? #"\`\`\`"# : escapedQuotes
    var text = margin + delimiter + NewScenario.line(mediaType ?? "") + "\n"
    if !content.isEmpty {
      for line in content.replacingBytes(of: delimiter, with: escape).lines {
        text += line.isEmpty ? "\n" : margin + line + "\n"
      }
    }
    return text + margin + delimiter + "\n"
  }
}

/// A feature that is in no source yet.
public struct NewFeature: Hashable, Sendable {
  /// The name.
  public var name: String

  /// The scenarios.
  public var scenarios: [NewScenario]

  /// Makes a feature.
  public init(name: String, scenarios: [NewScenario]) {
    self.name = name
    self.scenarios = scenarios
  }

  /// The feature in canonical form, with a line feed at the end.
  public var text: String {
    let name = NewScenario.line(name)
    return "Feature:" + (name.isEmpty ? "" : " " + name) + "\n" + scenarios.map { "\n" + $0.text }.joined()
  }
}
