internal import Gherkin

extension ScenarioRunner {
  /// Reads a scenario's steps, and which streams they name.
  func read(_ entry: SpecFilePlan.Entry, of plan: SpecFilePlan) -> (steps: [Step], streams: [StreamReference]) {
    var resolver = StepResolver(domain: model)
    var steps: [Step] = []
    for step in entry.pickle.steps {
      let resolution = resolve(step, of: plan) { resolver.resolve(StepSource(step, file: plan.file.path)) }
      guard let read = resolution.step else { return ([], []) }
      steps.append(read)
    }
    return (steps, resolver.streams)
  }

  /// Reads a scenario's steps in the quickest way.
  ///
  /// - Parameters:
  ///   - entry: The scenario.
  ///   - plan: Its file.
  ///   - scratch: What has been read before.
  func resolve(_ entry: SpecFilePlan.Entry, of plan: SpecFilePlan, scratch: inout Scratch) -> ResolvedSteps {
    let pickleSteps = entry.pickle.steps
    let key = BackgroundKey(entry, of: plan)
    var resolver: StepResolver
    var resolved = ResolvedSteps()
    if let background = scratch.background, background.key == key, background.steps.count <= pickleSteps.count {
      resolver = background.resolver
      resolved = background.steps
    } else {
      // Only messages show where values stand; they ask for the content as well.
      resolver = StepResolver(domain: model, marksValues: needs.contains(.content))
      for step in pickleSteps.prefix(while: \.isFromBackground) {
        resolved.append(resolver.resolve(StepSource(step, file: plan.file.path)))
      }
      if !pickleSteps.isEmpty { scratch.background = SharedBackground(key, resolver, resolved) }
    }
    resolved.reserveCapacity(pickleSteps.count)
    for step in pickleSteps.dropFirst(resolved.count) {
      resolved.append(resolve(step, of: plan) { resolver.resolve(step, in: plan.file.path, &scratch.memory) })
    }
    return resolved
  }

  private func resolve(
    _ step: PickleStep, of plan: SpecFilePlan, reading: () -> StepResolver.Resolution
  ) -> StepResolver.Resolution {
    // The steps behind one with a wrong placeholder are read as if it had been right.
    var resolution = reading()
    if !plan.placeholders.isEmpty, let diagnostics = plan.placeholders[step.step.id.number] {
      return StepResolver.Resolution(diagnostics: diagnostics)
    }
    if !resolution.diagnostics.isEmpty, !step.isFromBackground, let note = rowNote(of: step.pickle, plan.file.path) {
      for index in resolution.diagnostics.indices { resolution.diagnostics[index].notes.append(note) }
    }
    return resolution
  }

  /// Which row of its Examples an outline's scenario comes from.
  private func rowNote(of pickle: Pickle, _ file: String) -> String? {
    guard let row = pickle.examplesRow else { return nil }
    let values = pickle.substitutions.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
    return "with the Examples row at \(file):\(row.location.line) (\(values))"
  }
}
