internal import Gherkin

extension StepResolver {
  /// Reads a step of a pickle in the quickest way.
  ///
  /// It is taken from those that have been read before, else read plainly, else in full; where values are marked, always
  /// in full.
  ///
  /// - Parameters:
  ///   - pickleStep: The step.
  ///   - file: The file's path.
  ///   - memory: Steps that have been read before.
  mutating func resolve(_ pickleStep: PickleStep, in file: String, _ memory: inout StepMemory) -> Resolution {
    guard !marksValues, !hasBindings, let text = pickleStep.plainText, text.count <= StepMemory.longestText else {
      return resolve(StepSource(pickleStep, file: file))
    }
    let hash = StepMemory.hash(text)
    let keyword = pickleStep.keyword.withoutSpaces
    let meaning = StepSource.keyword(pickleStep.keywordType, keyword)
    let role = role(of: meaning)
    if role == nil, meaning == .conjunction { return resolve(StepSource(pickleStep, file: file)) }
    if let entry = memory.entry(text, hash, role: role, scope: scope, act: act) {
      take(entry.after)
      let known = entry.step
      let step = Step(
        role: known.role, keyword: keyword, text: known.text, location: SpecLocation(file, pickleStep.location),
        action: known.action, values: known.values)
      return Resolution(step: step, diagnostics: [])
    }
    guard memory.hasSeen(hash) else { return read(pickleStep, in: file, text, role, keyword) }
    let before = StepMemory.Circumstances(role: role, scope: scope, act: act)
    let resolution = read(pickleStep, in: file, text, role, keyword)
    if let step = resolution.step, !hasBindings {
      memory.keep(StepMemory.Entry(text, hash, before: before, after: circumstances, step: step))
    }
    return resolution
  }

  /// Reads a step, plainly where that can be.
  private mutating func read(
    _ pickleStep: PickleStep, in file: String, _ text: ArraySlice<UInt8>, _ role: StepRole?, _ keyword: String
  ) -> Resolution {
    let place = SpecLocation(file, pickleStep.step.location(ofTextOffset: 0))
    guard let role, let action = readPlainly(text, role, at: place) else {
      return resolve(StepSource(pickleStep, file: file))
    }
    let step = Step(
      role: role, keyword: keyword, text: String(decoding: text, as: UTF8.self),
      location: SpecLocation(file, pickleStep.location), action: action)
    return Resolution(step: step, diagnostics: [])
  }
}
