internal import EventSourcing
internal import EventSpec

/// Where in the grammar of steps the cursor stands.
struct TypingPlace {
  enum Kind {
    /// A message or phrase, of one aggregate where a stream stands before it.
    case message(StepRole?, aggregate: Int?)
    /// A field, of those that are missing.
    case field([FieldSchema])
    /// A value of a type.
    case value(TypeSchema)
    /// The key of a view.
    case viewKey(Int)
    /// Nothing that can be told.
    case nothing
  }

  /// What is inside one pair of brackets.
  private struct Level {
    var fields: [FieldSchema]?
    var element: TypeSchema?
    var given: Set<String> = []
    /// The type of the value behind the last colon.
    var current: TypeSchema?
  }

  private(set) var kind = Kind.nothing
  /// What has been typed of the word at the cursor.
  private(set) var word = ""
  /// Whether values may be matchers.
  private(set) var isOutcome = false
  /// Whether nothing but blanks stands before the word.
  private(set) var isFirstWord = false

  /// Reads what stands before the cursor.
  ///
  /// - Complexity: O(*n*).
  init(_ bytes: [UInt8], _ grammar: CompletionGrammar) {
    var start = 0
    while start < bytes.count, Self.isSpace(bytes[start]) { start += 1 }
    isFirstWord = true
    var role: StepRole?
    for (keyword, meant) in Self.keywords {
      let end = start + keyword.utf8.count
      guard end < bytes.count, Self.isSpace(bytes[end]), bytes[start..<end].elementsEqual(keyword.utf8) else {
        continue
      }
      role = meant ?? grammar.lastRole
      isFirstWord = false
      start = end
      while start < bytes.count, Self.isSpace(bytes[start]) { start += 1 }
      break
    }
    isOutcome = role == .then
    let shape = StepShape(bytes[start...])
    if shape.isQuoted { return }
    var aggregate: Int?
    if let colon = shape.colon {
      let prefix = String(decoding: bytes[start..<start + colon], as: UTF8.self)
      aggregate = grammar.model.aggregates.firstIndex { prefix.trimmingBlanks.hasPrefix($0.name) }
      start += colon + 1
      isFirstWord = false
      while start < bytes.count, Self.isSpace(bytes[start]) { start += 1 }
    }
    let rest = Array(bytes[start...])
    guard let bracket = StepShape(rest).bracket else {
      readPhrase(rest, role, aggregate, grammar)
      return
    }
    readBrackets(rest, bracket, role, grammar)
  }

  private static let keywords: [(String, StepRole?)] = [
    ("Given", .given), ("When", .when), ("Then", .then), ("And", nil), ("But", nil), ("*", nil),
  ]

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

  private mutating func readPhrase(
    _ rest: [UInt8], _ role: StepRole?, _ aggregate: Int?, _ grammar: CompletionGrammar
  ) {
    word = String(decoding: rest, as: UTF8.self)
    if let range = word.firstRange(of: " for ") {
      let name = word[..<range.lowerBound].replacing("no ", with: "", maxReplacements: 1)
      let view = grammar.model.views.firstIndex { NormalizedName.areEqual($0.name.utf8, name.utf8) }
      if let view {
        word = String(word[range.upperBound...])
        kind = .viewKey(view)
        return
      }
    }
    for lead in ["events include ", "meanwhile "] where word.hasPrefix(lead) { word.removeFirst(lead.count) }
    kind = .message(role, aggregate: aggregate)
  }

  private mutating func readBrackets(
    _ rest: [UInt8], _ bracket: Int, _ role: StepRole?, _ grammar: CompletionGrammar
  ) {
    var name = String(decoding: rest[..<bracket], as: UTF8.self).trimmingBlanks
    for lead in ["events include ", "meanwhile ", "error "] where name.hasPrefix(lead) { name.removeFirst(lead.count) }
    var levels = [Level(fields: fields(of: name, role, grammar))]
    var wordStart = bracket + 1
    var index = bracket + 1
    while index < rest.count {
      switch rest[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < rest.count, rest[index] != UInt8(ascii: "\"") {
          index += rest[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: ":"):
        let field = String(decoding: rest[wordStart..<index], as: UTF8.self).trimmingBlanks
        levels[levels.count - 1].given.insert(field)
        levels[levels.count - 1].current = type(of: field, in: levels[levels.count - 1])
        wordStart = index + 1
      case UInt8(ascii: ","):
        levels[levels.count - 1].current = nil
        wordStart = index + 1
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
        let outer = levels[levels.count - 1]
        let payload = String(decoding: rest[wordStart..<index], as: UTF8.self).trimmingBlanks
        levels.append(Self.level(inside: outer.current ?? outer.element, payload: payload))
        wordStart = index + 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
        if levels.count > 1 { levels.removeLast() } else { return }
        wordStart = index + 1
      default: break
      }
      index += 1
    }
    guard let level = levels.last else { return }
    while wordStart < rest.count, Self.isSpace(rest[wordStart]) { wordStart += 1 }
    word = String(decoding: rest[min(wordStart, rest.count)...], as: UTF8.self)
    if let type = level.current ?? level.element {
      kind = .value(type)
    } else if let fields = level.fields {
      kind = .field(
        fields.filter { field in
          !field.isDerived || isOutcome
            ? !level.given.contains { NormalizedName.areEqual($0.utf8, field.name.utf8) } : false
        })
    }
  }

  private func fields(of name: String, _ role: StepRole?, _ grammar: CompletionGrammar) -> [FieldSchema]? {
    if name == "state", let focus = grammar.focus, let aggregate = grammar.model.aggregate(focus.aggregate),
      case .record(let schema) = aggregate.state
    {
      return schema.fields
    }
    if let view = grammar.model.views.first(where: { name.hasPrefix($0.name) }) { return view.fields.fields }
    return grammar.fields(ofMessage: name, role)
  }

  private func type(of field: String, in level: Level) -> TypeSchema? {
    level.fields?.first { NormalizedName.areEqual($0.name.utf8, field.utf8) }?.type
  }

  private static func level(inside type: TypeSchema?, payload: String) -> Level {
    switch type?.withoutOptional {
    case .record(let schema): Level(fields: schema.fields)
    case .array(let element), .set(let element): Level(element: element)
    case .enumeration(let schema): Level(fields: schema.cases.first { $0.name == payload }?.fields)
    default: Level()
    }
  }
}
