/// The Gherkin keywords of one spoken language.
///
/// ```swift
/// let french = Dialect(language: "fr")
/// print(french?.given ?? [])
/// ```
public struct Dialect: Hashable, Sendable {
  /// The name of the language as a `# language:` line gives it.
  public let language: String

  /// The name of the language in English.
  public let name: String

  /// The name of the language in itself.
  public let nativeName: String

  /// The keywords that open a feature.
  public let feature: [String]

  /// The keywords that open a rule.
  public let rule: [String]

  /// The keywords that open a background.
  public let background: [String]

  /// The keywords that open a scenario.
  public let scenario: [String]

  /// The keywords that open a scenario outline.
  public let scenarioOutline: [String]

  /// The keywords that open a table of examples.
  public let examples: [String]

  /// The keywords of steps that set up a context, with the blank that ends them where the language has one.
  public let given: [String]

  /// The keywords of steps that act.
  public let when: [String]

  /// The keywords of steps that look at an outcome.
  public let then: [String]

  /// The keywords of steps that go on like the step before them.
  public let and: [String]

  /// The keywords of steps that go on with a contrast.
  public let but: [String]

  /// English, the language of a source that names none.
  public static let english = Dialect.languageEn

  /// The keywords of all steps, the longest first, each with the type that it gives a step.
  ///
  /// A keyword that stands in several lists, such as `* `, has the type ``StepKeywordType/unknown``.
  public var stepKeywords: [(keyword: String, type: StepKeywordType)] {
    // By bytes, since equal strings may differ in their bytes.
    var types: [[UInt8]: StepKeywordType] = [:]
    var order: [String] = []
    let lists: [([String], StepKeywordType)] = [
      (given, .context), (when, .action), (then, .outcome), (and, .conjunction), (but, .conjunction),
    ]
    for (keywords, type) in lists {
      for keyword in keywords {
        let bytes = Array(keyword.utf8)
        if let known = types[bytes] {
          if known != type { types[bytes] = .unknown }
        } else {
          types[bytes] = type
          order.append(keyword)
        }
      }
    }
    let sorted = order.enumerated().sorted { left, right in
      let (leftLength, rightLength) = (left.element.utf8.count, right.element.utf8.count)
      return leftLength == rightLength ? left.offset < right.offset : leftLength > rightLength
    }
    return sorted.map { ($0.element, types[Array($0.element.utf8)] ?? .unknown) }
  }

  /// The known language whose name is closest to a given one, for a hint in an error.
  ///
  /// - Parameter name: A name that no language has.
  /// - Returns: The closest name, or `nil` where none is close.
  static func closestLanguage(to name: String) -> String? {
    let wanted = Array(name.lowercased().utf8.prefix(16))
    var best: (language: String, distance: Int)?
    for language in languages {
      let distance = editDistance(wanted, Array(language.lowercased().utf8))
      if distance < best?.distance ?? 3 { best = (language, distance) }
    }
    guard let best, best.distance < wanted.count else { return nil }
    return best.language
  }

  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (leftIndex, leftByte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = leftIndex + 1
      for (rightIndex, rightByte) in right.enumerated() {
        let cost = leftByte == rightByte ? diagonal : diagonal + 1
        diagonal = row[rightIndex + 1]
        row[rightIndex + 1] = min(cost, min(row[rightIndex], diagonal) + 1)
      }
    }
    return row[right.count]
  }
}
