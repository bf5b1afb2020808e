extension KeywordTable {
  /// A step with one blank behind its keyword, unless that would make another keyword of it.
  func canonicalStep(_ token: ScannedToken, in source: [UInt8]) -> [UInt8] {
    var step = Array(source[token.keywordStart..<token.keywordEnd])
    let keywordLength = step.count
    if step.last != 0x20, token.keywordEnd < token.textStart { step.append(0x20) }
    step += source[token.textStart..<token.textEnd]
    let entry = self.step(in: step.span, from: 0, to: step.count)
    guard entry?.length == keywordLength else { return Array(source[token.keywordStart..<token.textEnd]) }
    return step
  }
}
