public import EventSourcing

extension Scenario {
  /// The state passes a check.
  ///
  /// - Parameter check: Throws where the state is not what it should be; the error's text is reported.
  public func thenState(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column,
    _ check: @escaping @Sendable (A) throws -> Void
  ) -> Self {
    inspecting(SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)) { state in
      try check(state)
      return nil
    }
  }

  /// A property of the state has a value.
  ///
  /// - Parameters:
  ///   - property: The property.
  ///   - value: Its value.
  public func thenState<Value: Equatable & Sendable>(
    _ property: any KeyPath<A, Value> & Sendable, _ value: Value, fileID: String = #fileID,
    filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    inspecting(SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)) { state in
      let actual = state[keyPath: property]
      return actual == value ? nil : "\(property) is \(actual), expected was \(value)"
    }
  }

  /// The whole state is this one.
  ///
  /// - Parameter expected: The state.
  public func thenState(
    is expected: A, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
  ) -> Self {
    let equality = TypedEquality<A>()
    return inspecting(SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column)) { state in
      equality.areEqual(state, expected) ? nil : "the state is \(state), expected was \(expected)"
    }
  }

  private func inspecting(_ place: SourcePlace, _ check: @escaping @Sendable (A) throws -> String?) -> Self {
    var copy = self
    copy.parts.append(
      .inspect(stream, place) { state in
        guard let state = state as? A else { return nil }
        return try check(state)
      })
    return copy
  }

  // MARK: Views

  /// A view shows exactly these rows for a key, in any order unless the view declares one.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - key: What its rows are asked for by.
  ///   - rows: The rows; none where nothing is shown.
  public func then<Row: View>(
    _ view: Row.Type, for key: Row.Key, shows rows: Row..., fileID: String = #fileID, filePath: String = #filePath,
    line: Int = #line, column: Int = #column
  ) -> Self {
    shows(view, key, rows, SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// A view of one row shows this row.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - row: The row.
  public func then<Row: View>(
    _ view: Row.Type, shows row: Row, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    shows(view, nil, [row], SourcePlace(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  private func shows<Row: View>(_ view: Row.Type, _ key: Row.Key?, _ rows: [Row], _ place: SourcePlace) -> Self {
    guard let index = runtime.domain.views.firstIndex(where: { $0 == view }) else {
      return refusing("the domain \(runtime.domain.name) has no view \(view.name)", place)
    }
    do {
      let encoder = DynamicEncoder()
      let key = try key.map { ValueTemplate.constant(try encoder.encode($0)) }
      let patterns = try rows.map { row in
        guard case .record(let record) = try encoder.encode(row) else { return [FieldPattern]() }
        return record.fields.map { field in
          let type = runtime.views[index].type(of: field.name)
          return FieldPattern(
            path: [.field(field.name)], type: type, pattern: .exact(.constant(field.value)), location: place.location,
            text: SpecText(runtime.model).render(field.value, type))
        }
      }
      let expectation: ViewPattern.Expectation = patterns.isEmpty ? .none : .rows(patterns)
      return adding(
        .then, view.name, place, .expectView(ViewPattern(view: index, key: key, expectation: expectation)))
    } catch {
      return refusing("what \(view.name) should show cannot be encoded: \(ErrorText.describe(error))", place)
    }
  }
}
