internal import EventSourcing
internal import EventSpec

/// What stands beside the open stream: views and other streams.
extension REPLSession {
  // MARK: Views

  func view(_ argument: String) async throws -> REPLAnswer {
    let parts = argument.split(maxSplits: 1) { $0 == " " || $0 == "\t" }.map(String.init)
    guard let name = parts.first else {
      return Self.usage(.view, "':view' expects a view: \(model.views.map(\.name).joined(separator: ", "))")
    }
    guard let index = model.views.firstIndex(where: { NormalizedName.areEqual($0.name.utf8, name.utf8) }) else {
      let nearest = NearestName.nearest(to: name, among: model.views.map(\.name))
      return .failure(
        .problem, "no view is called '\(name)'", suggestion: nearest.map { ":view \($0)" },
        notes: ["views: \(model.views.map(\.name).joined(separator: ", "))"])
    }
    let view = model.views[index]
    var key: DynamicValue?
    if parts.count == 2 {
      // The key is read as a Then step reads it.
      var resolver = state.resolver
      let step = "no \(view.name) for \(parts[1])"
      let place = SpecLocation(file: Self.file, line: 1, column: 1)
      let resolution = resolver.resolve(
        StepSource(
          keyword: .role(.then), keywordText: "Then", text: SourceText(step, line: 1, column: 1), location: place))
      guard case .expectView(let pattern)? = resolution.step?.action, case .constant(let value)? = pattern.key else {
        return .failure(
          .problem, resolution.diagnostics.first?.message ?? "'\(parts[1])' is no key of \(view.name)",
          notes: resolution.diagnostics.first?.notes ?? [])
      }
      key = value
    }
    let rows = try await withTimeline { timeline in
      try await timeline.withState { try await $0.engine.rows(ofView: index, key: key) }
    }
    var answer = REPLAnswer(.meta)
    if writesJSON { answer.result["rows"] = .array(rows.map(\.withDerivedValues)) }
    guard makesText else { return answer }
    if rows.isEmpty {
      answer.add("  no rows", .dim)
    } else if rows.count == 1, let row = rows.first {
      describe(row, view.row, in: &answer)
    } else {
      describe(rows, view, in: &answer)
    }
    return answer
  }

  private func describe(_ rows: [DynamicValue], _ view: ViewModel, in answer: inout REPLAnswer) {
    let fields = view.fields.fields
    var cells = [fields.map(\.name)]
    for row in rows {
      guard case .record(let record) = row else { continue }
      cells.append(fields.map { field in record[field.name].map { text.render($0, field.type) } ?? "" })
    }
    // What has no order of its own is shown in one that does not change.
    if !view.isOrdered { cells[1...].sort { $0.lexicographicallyPrecedes($1) } }
    let widths = fields.indices.map { column in
      min(40, cells.map { StyledText(stringLiteral: $0[column]).displayWidth }.max() ?? 0)
    }
    for (index, row) in cells.enumerated() {
      var line = StyledText()
      line.append("  | ", .dim)
      for (column, cell) in row.enumerated() {
        line.append(cell, index == 0 ? .bold : .plain)
        let width = StyledText(stringLiteral: cell).displayWidth
        line.append(String(repeating: " ", count: max(0, widths[column] - width)))
        line.append(column == row.count - 1 ? " |" : " | ", .dim)
      }
      answer.lines.append(line)
    }
  }

  // MARK: Streams

  func streams(_ wanted: String) async throws -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    var listed: [DynamicValue] = []
    let engine = state.engine
    let most = 200
    var found: [(stream: StreamName, label: String, version: Int)] = engine.touchedStreams.map { slot in
      (slot.reference.stream, display(slot.reference), slot.version)
    }
    if let storage, past == nil {
      let known = Set(found.map(\.stream))
      var last: StreamName?
      while found.count <= most {
        let batch = try await storage.store.streams(withPrefix: "", after: last, limit: 500)
        for summary in batch where !known.contains(summary.stream) {
          let label = reference(to: summary.stream).map(display) ?? summary.stream.text
          if wanted.isEmpty || Self.has(label, wanted) || Self.has(summary.stream.text, wanted) {
            found.append((summary.stream, label, summary.version))
          }
        }
        last = batch.last?.stream
        if batch.count < 500 { break }
        try Task.checkCancellation()
      }
    }
    if !wanted.isEmpty { found.removeAll { !Self.has($0.label, wanted) && !Self.has($0.stream.text, wanted) } }
    let width = min(48, found.map { StyledText(stringLiteral: $0.label).displayWidth }.max() ?? 0)
    for stream in found.prefix(most) {
      var line = StyledText()
      line.append(stream.stream == focus?.stream ? "  * " : "    ", .green)
      line.append(stream.label, .cyan)
      let used = StyledText(stringLiteral: stream.label).displayWidth
      line.append(String(repeating: " ", count: max(0, width - used) + 2))
      line.append("\(stream.version) \(stream.version == 1 ? "event" : "events")", .dim)
      answer.lines.append(line)
      if writesJSON {
        listed.append(
          .record(
            DynamicRecord([
              .init("stream", .string(stream.stream.text)), .init("name", .string(stream.label)),
              .init("version", .integer(Int64(stream.version))),
            ])))
      }
    }
    if found.count > most { answer.add("    … more; ':streams TEXT' shows those whose name has a text", .dim) }
    if found.isEmpty { answer.add(wanted.isEmpty ? "  no streams" : "  no stream has '\(wanted)' in its name", .dim) }
    if writesJSON { answer.result["streams"] = .array(listed) }
    return answer
  }

  private static func has(_ name: String, _ part: String) -> Bool {
    name.lowercased().firstRange(of: part.lowercased()) != nil
  }

  /// A stream of the store as an instance of an aggregate; nil where the domain has none for it.
  func reference(to stream: StreamName) -> StreamReference? {
    let candidates = model.aggregates.indices.filter { stream.text.hasPrefix(model.aggregates[$0].category + "-") }
    let longest = candidates.max { model.aggregates[$0].category.utf8.count < model.aggregates[$1].category.utf8.count }
    guard let index = longest, runtime.aggregates[index].identity(of: stream) != nil else { return nil }
    let id = String(stream.text.dropFirst(model.aggregates[index].category.count + 1))
    let name = UUID(uuidString: id).flatMap { model.names.name(of: $0) } ?? id
    return StreamReference(aggregate: index, stream: stream, displayName: name)
  }
}
