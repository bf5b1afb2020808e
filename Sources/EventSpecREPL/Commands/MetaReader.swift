internal import EventSpec

/// Tells meta-commands from steps.
package enum MetaReader {
  /// Words that ask for the same in other programs, and are taken without a colon too.
  private static let bareWords: [String: MetaCommand] = ["help": .help, "quit": .quit, "exit": .quit]
  /// Words for meta-commands that people bring along from elsewhere.
  private static let synonyms: [String: MetaCommand] = [
    "h": .help, "?": .help, "q": .quit, "exit": .quit, "bye": .quit, "ls": .streams, "list": .streams, "cd": .open,
    "use": .open, "write": .save, "rollback": .discard, "abort": .discard, "log": .events, "time": .clock,
    "explain": .why, "back": .now, "clear": .reset, "d": .describe, "watch": .follow, "tail": .follow, "test": .run,
  ]

  /// Reads a line.
  ///
  /// - Parameter line: A line without the prompt.
  /// - Returns: A meta-command, what is wrong with it, or that it is a step.
  package static func read(_ line: String) -> MetaReading {
    let start = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let text = Array(line.utf8.dropFirst(start))
    guard let first = text.first else { return .step }
    if first == UInt8(ascii: ":") { return command(text, start: start) }
    var end = text.count
    while end > 0, text[end - 1] == 0x20 || text[end - 1] == 0x09 || text[end - 1] == UInt8(ascii: ";") { end -= 1 }
    let whole = String(decoding: text[..<end], as: UTF8.self)
    if let command = bareWords[whole.lowercased()] {
      return .command(MetaLine(command: command, argument: "", argumentOffset: line.utf8.count))
    }
    let words = whole.split(separator: " ")
    if words.count == 2, words[0].lowercased() == "help", !HelpText.topics(for: String(words[1])).isEmpty {
      let offset = line.utf8.count - (whole.utf8.count - words[0].utf8.count - 1)
      return .command(MetaLine(command: .help, argument: String(words[1]), argumentOffset: offset))
    }
    if first == UInt8(ascii: "."), text.count > 1, isLetter(text[1]) { return elsewhere(text, start: start) }
    if first == UInt8(ascii: "\\") || first == UInt8(ascii: "/"), text.count > 1,
      isLetter(text[1]) || text[1] == UInt8(ascii: "?")
    {
      return elsewhere(text, start: start)
    }
    return .step
  }

  /// The commands that a word may stand for.
  package static func matches(_ word: String) -> [MetaCommand] {
    let word = word.lowercased()
    if let exact = MetaCommand(rawValue: word) { return [exact] }
    return MetaCommand.allCases.filter { $0.rawValue.hasPrefix(word) }
  }

  private static func command(_ text: [UInt8], start: Int) -> MetaReading {
    var wordEnd = 1
    while wordEnd < text.count, text[wordEnd] != 0x20, text[wordEnd] != 0x09 { wordEnd += 1 }
    let word = String(decoding: text[1..<wordEnd], as: UTF8.self)
    var argumentStart = wordEnd
    while argumentStart < text.count, text[argumentStart] == 0x20 || text[argumentStart] == 0x09 { argumentStart += 1 }
    var argumentEnd = text.count
    while argumentEnd > argumentStart, text[argumentEnd - 1] == 0x20 || text[argumentEnd - 1] == 0x09 {
      argumentEnd -= 1
    }
    if word.isEmpty {
      return .mistake(
        MetaMistake(message: "a word is expected behind the colon", suggestion: ":help", offset: start))
    }
    let found = matches(word)
    if let only = found.first, found.count == 1 {
      return .command(
        MetaLine(
          command: only, argument: String(decoding: text[argumentStart..<argumentEnd], as: UTF8.self),
          argumentOffset: start + argumentStart))
    }
    if found.count > 1 {
      let choices = found.map { ":" + $0.rawValue }.joined(separator: ", ")
      return .mistake(MetaMistake(message: "':\(word)' could be \(choices)", suggestion: nil, offset: start))
    }
    let suggestion = suggestion(for: word)
    return .mistake(
      MetaMistake(
        message: "there is no ':\(word)'" + (suggestion == nil ? "; :help lists what there is" : ""),
        suggestion: suggestion, offset: start))
  }

  private static func elsewhere(_ text: [UInt8], start: Int) -> MetaReading {
    let word = text.dropFirst().prefix { isLetter($0) || $0 == UInt8(ascii: "?") }
    let name = String(decoding: word, as: UTF8.self)
    let rest = String(decoding: text.dropFirst(1 + word.count), as: UTF8.self)
    let found = matches(name)
    let meant = found.count == 1 ? found.first.map { ":" + $0.rawValue } : suggestion(for: name)
    return .mistake(
      MetaMistake(
        message: "what is no step begins with a colon here" + (meant == nil ? "; :help lists what there is" : ""),
        suggestion: meant.map { rest.isEmpty ? $0 : $0 + rest }, offset: start))
  }

  private static func suggestion(for word: String) -> String? {
    if let synonym = synonyms[word.lowercased()] { return ":" + synonym.rawValue }
    return NearestName.nearest(to: word, among: MetaCommand.allCases.map(\.rawValue)).map { ":" + $0 }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
