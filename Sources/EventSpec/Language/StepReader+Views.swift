import EventSourcing

extension StepReader {
  /// Reads `View for key …` or `View …`; nil where no view is named.
  mutating func view(_ prefix: StreamPrefix, _ name: Range<Int>) -> Recognised? {
    let word = forWord(name)
    let viewName = word.map { literal.trimmed(name.lowerBound..<$0.lowerBound) } ?? name
    guard let index = model.viewsByName[literal.bytes[viewName]].first else {
      guard word != nil, isOutcome, model.messages[literal.bytes[name]].isEmpty else { return nil }
      let shown = literal.text(viewName)
      guard let nearest = NearestName.nearest(to: shown, among: model.views.map(\.name)) else { return nil }
      report("the domain has no view called '\(shown)'", at: viewName.lowerBound, suggestion: nearest)
      return Recognised()
    }
    let view = model.views[index]
    let others = model.messages[literal.bytes[name]].filter { message in
      message.kind != .error && (prefix.aggregate == nil || prefix.aggregate == message.aggregate)
    }
    if word == nil, let other = others.first {
      if case .none = prefix {} else { return nil }
      let aggregate = model.aggregate(other.aggregate)?.name ?? ""
      report(
        "'\(view.name)' could be the view or \(aggregate).\(view.name); write 'for' and a key, or name the aggregate",
        at: name.lowerBound)
      return Recognised()
    }
    decide(.then)
    guard withoutStream(prefix, name.lowerBound) else { return Recognised() }
    return Recognised(action: viewPattern(index, view, name, key: word.map { $0.upperBound..<name.upperBound }))
  }

  private mutating func viewPattern(_ index: Int, _ view: ViewModel, _ name: Range<Int>, key: Range<Int>?)
    -> StepAction?
  {
    let opener = literal.position
    guard let key = viewKey(view, name, key) else { return nil }
    literal.isStrict = false
    literal.position = opener
    literal.skipSpace()
    if !literal.at("("), source.argument == nil {
      report(
        "what \(view.name) shows is expected: fields in parentheses, or a table below the step", at: name.lowerBound)
      return nil
    }
    if !literal.at("("), case .table(let table)? = source.argument, let first = table.rows.first {
      usesArgument = true
      guard let form = form(of: table, view.fields, owner: view.name) else { return nil }
      switch form {
      case .header:
        guard let rows = rows(table, first, view.fields, owner: view.name) else { return nil }
        return .expectView(ViewPattern(view: index, key: key, expectation: .rows(rows)))
      case .pairs:
        guard let fields = pairs(table, view.fields, owner: view.name) else { return nil }
        return .expectView(ViewPattern(view: index, key: key, expectation: .fields(fields)))
      }
    }
    guard let fields = fieldsOfOne(view.fields, owner: view.name, what: view.name) else { return nil }
    return .expectView(ViewPattern(view: index, key: key, expectation: .fields(fields)))
  }

  /// The key that a step asks for; the outer nil where it is wrong, which is reported.
  private mutating func viewKey(_ view: ViewModel, _ name: Range<Int>, _ key: Range<Int>?) -> ValueTemplate?? {
    guard let key else {
      if view.isSingleRow { return .some(nil) }
      report("say which row of \(view.name) is meant, as in: \(view.name) for …", at: name.lowerBound)
      return .none
    }
    let range = literal.trimmed(key)
    if view.isSingleRow {
      report("\(view.name) has one row and no key", at: range.isEmpty ? name.lowerBound : range.lowerBound)
      return .none
    }
    guard !range.isEmpty else {
      report("a key is expected behind 'for'", at: key.lowerBound)
      return .none
    }
    let path = literal.path
    literal.path = [.name("key")]
    defer { literal.path = path }
    literal.mark(range)
    if let bound = literal.bindingName(range) {
      if let stated = literal.reading.bindings.literals[bound] {
        guard let value = literal.reread(stated, { $0.template(view.keyType) }) else { return .none }
        return .some(value)
      }
      if literal.reading.bindings.matched.contains(bound) { return .some(.bound(name: bound, type: view.keyType)) }
      literal.unboundName(bound, at: range.lowerBound)
      return .none
    }
    var text = literal.bytes[range]
    let isQuoted = text.first == UInt8(ascii: "\"")
    if isQuoted {
      var ahead = literal
      ahead.position = range.lowerBound
      guard let quoted = ahead.quoted() else { return .none }
      guard ahead.position == range.upperBound else {
        report("nothing may stand behind the key", at: ahead.position)
        return .none
      }
      text = ArraySlice(quoted.utf8)
    }
    guard let value = literal.scalar(view.keyType, text, isQuoted: isQuoted, at: range.lowerBound) else { return .none }
    return .some(.constant(value))
  }

  mutating func noRow(_ index: Int, _ name: Range<Int>) -> StepAction? {
    let word = forWord(name)
    literal.position = literal.bytes.count
    guard let key = viewKey(model.views[index], name, word.map { $0.upperBound..<name.upperBound }) else { return nil }
    return .expectView(ViewPattern(view: index, key: key, expectation: .none))
  }
}
