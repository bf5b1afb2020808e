/// What the parser has just read, which decides what may come next.
enum ParserState: UInt8 {
  case start
  case language
  case featureTags, featureTitle, featureDescription
  case ruleTags, ruleTitle, ruleDescription
  case backgroundTitle, backgroundDescription
  case scenarioTags, scenarioTitle, scenarioDescription
  case examplesTags, examplesTitle, examplesDescription, examplesTable
  /// After a step's line.
  case step
  /// In a step's data table.
  case table
  /// In a step's data table that follows a doc string.
  case tableAfterDocString
  /// In a doc string.
  case docString
  /// In a doc string that follows a data table.
  case docStringAfterTable
  /// After a doc string.
  case closedDocString
  /// After a doc string that follows a data table.
  case closedDocStringAfterTable

  /// Whether the lines of a doc string come next.
  var isInDocString: Bool { self == .docString || self == .docStringAfterTable }

  /// Whether a table row or a doc string would belong to a step.
  var isInStep: Bool { rawValue >= ParserState.step.rawValue }

  /// The kinds of line that may come next, in the order in which an error lists them.
  ///
  /// - Parameter inBackground: Whether the step is one of a background, where no examples may follow.
  func expected(inBackground: Bool) -> [TokenKind] {
    let block: [TokenKind] = [.tagLine, .scenarioLine, .ruleLine]
    let scenarioBlock: [TokenKind] = [.tagLine, .examplesLine, .scenarioLine, .ruleLine]
    let rest = (inBackground ? block : scenarioBlock) + [.comment, .empty]
    switch self {
    case .start: return [.endOfFile, .language, .tagLine, .featureLine, .comment, .empty]
    case .language, .featureTags: return [.tagLine, .featureLine, .comment, .empty]
    case .ruleTags: return [.tagLine, .ruleLine, .comment, .empty]
    case .scenarioTags: return [.tagLine, .scenarioLine, .comment, .empty]
    case .examplesTags: return [.tagLine, .examplesLine, .comment, .empty]
    case .featureTitle, .ruleTitle: return [.endOfFile, .empty, .comment, .backgroundLine] + block + [.other]
    case .featureDescription, .ruleDescription: return [.endOfFile, .comment, .backgroundLine] + block + [.other]
    case .backgroundTitle: return [.endOfFile, .empty, .comment, .stepLine] + block + [.other]
    case .backgroundDescription: return [.endOfFile, .comment, .stepLine] + block + [.other]
    case .scenarioTitle: return [.endOfFile, .empty, .comment, .stepLine] + scenarioBlock + [.other]
    case .scenarioDescription: return [.endOfFile, .comment, .stepLine] + scenarioBlock + [.other]
    case .examplesTitle: return [.endOfFile, .empty, .comment, .tableRow] + scenarioBlock + [.other]
    case .examplesDescription: return [.endOfFile, .comment, .tableRow] + scenarioBlock + [.other]
    case .examplesTable: return [.endOfFile, .tableRow] + scenarioBlock + [.comment, .empty]
    case .step, .table: return [.endOfFile, .tableRow, .docStringSeparator, .stepLine] + rest
    case .tableAfterDocString, .closedDocString: return [.endOfFile, .tableRow, .stepLine] + rest
    case .docString, .docStringAfterTable: return [.docStringSeparator, .other]
    case .closedDocStringAfterTable: return [.endOfFile, .stepLine] + rest
    }
  }

  /// All states.
  static let all: [ParserState] = (0...closedDocStringAfterTable.rawValue).compactMap(ParserState.init)

  /// For each state, outside a background and in one, the set of kinds that may come next.
  static let acceptance: [UInt16] = [false, true].flatMap { inBackground in
    all.map { state in
      state.expected(inBackground: inBackground).reduce(0) { $0 | $1.bit }
    }
  }
}

extension TokenKind {
  /// The bit that stands for the kind in a set of kinds.
  var bit: UInt16 {
    switch self {
    case .endOfFile: 1 << 0
    case .empty: 1 << 1
    case .comment: 1 << 2
    case .tagLine: 1 << 3
    case .featureLine: 1 << 4
    case .ruleLine: 1 << 5
    case .backgroundLine: 1 << 6
    case .scenarioLine: 1 << 7
    case .examplesLine: 1 << 8
    case .stepLine: 1 << 9
    case .docStringSeparator: 1 << 10
    case .tableRow: 1 << 11
    case .language: 1 << 12
    case .other: 1 << 13
    }
  }
}
