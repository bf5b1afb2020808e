internal import EventSourcing
internal import EventSpec

/// Writes answers to standard output, or to wherever a test wants them.
final class AnswerWriter {
  /// The version of what programs are answered, as the article on it describes it.
  static let schema: Int64 = 1

  private let isStyled: Bool
  private let sink: ([UInt8]) -> Bool
  private var buffer: [UInt8] = []
  /// Whether somebody still reads.
  private(set) var isOpen = true

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - isStyled: Whether control sequences for looks may be written.
  ///   - sink: Takes bytes; false where nobody reads them any more.
  init(isStyled: Bool, sink: @escaping ([UInt8]) -> Bool) {
    self.isStyled = isStyled
    self.sink = sink
  }

  func write(_ line: StyledText) {
    var isPlain = true
    for piece in line.pieces {
      if isStyled, piece.style != .plain || !isPlain {
        buffer += piece.style.controlSequence.utf8
        isPlain = piece.style == .plain
      }
      buffer += piece.text.description.utf8
    }
    if !isPlain { buffer += StyledText.Style.plain.controlSequence.utf8 }
    buffer.append(0x0A)
    if buffer.count > 1 << 16 { flush() }
  }

  /// Writes an answer for programs: one JSON object on one line.
  func write(_ answer: REPLAnswer, line: Int, session: REPLSession) {
    var record = DynamicRecord([
      .init("schema", .integer(Self.schema)), .init("line", .integer(Int64(line))),
      .init("kind", .string(answer.kind.rawValue)),
      .init("ok", .bool(answer.isSuccess)),
    ])
    if let reason = answer.reason { record.fields.append(.init("reason", .string(reason))) }
    record.fields += answer.result.fields
    let place = session.place
    var where_ = DynamicRecord([.init("mode", .string(session.mode)), .init("pending", .integer(Int64(place.pending)))])
    if let stream = session.focus?.stream.text { where_.fields.append(.init("stream", .string(stream))) }
    if let version = place.version { where_.fields.append(.init("version", .integer(Int64(version)))) }
    record.fields.append(.init("session", .record(where_)))
    buffer += JSONText.write(.record(record))
    buffer.append(0x0A)
    if buffer.count > 1 << 16 { flush() }
  }

  func flush() {
    if !buffer.isEmpty, isOpen { isOpen = sink(buffer) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes all bytes to a file.
  static func descriptor(_ descriptor: Int32) -> ([UInt8]) -> Bool {
    { bytes in bytes.withUnsafeBytes { FileWriting.writeAll($0, to: descriptor) } == 0 }
  }
}

extension REPLSession {
  /// What is looked at, for programs.
  var mode: String { past != nil ? "past" : storage?.isWritable == false ? "readOnly" : "present" }

  /// Whether a step makes no sense without a table or doc string below it, as the bare name of a message with fields.
  func needsBody(_ text: String) -> Bool {
    let unit = InputUnit(text: text, body: [], line: 1, bodyLine: 2, column: 0)
    guard StepShape(text.utf8).bracket == nil, case .success(let typed) = StepReading(unit).source else { return false }
    var resolver = state.resolver
    guard resolver.resolve(typed.source).step == nil else { return false }
    // What is wrong without a table may be right with one, whatever the table has.
    var words = typed.source.text.text[...]
    if let colon = StepShape(words.utf8).colon {
      words = words[words.utf8.index(words.utf8.startIndex, offsetBy: colon + 1)...]
    }
    let name = words.trimmingBlanks
    if name.hasPrefix("state ") || name.hasPrefix("stored ") { return true }
    for prefix in ["events include ", "meanwhile "] where name.hasPrefix(prefix) {
      return needsBody(String(name.dropFirst(prefix.count)))
    }
    let viewName = name.firstRange(of: " for ").map { String(name[..<$0.lowerBound]) } ?? name
    if model.views.contains(where: { NormalizedName.areEqual($0.name.utf8, viewName.utf8) }) { return true }
    return model.isMessage(name)
  }
}

extension DomainModel {
  /// Whether an event or a command is called so.
  func isMessage(_ name: String) -> Bool {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    return aggregates.contains { aggregate in
      (aggregate.events + aggregate.commands).contains {
        NormalizedName.areEqual($0.name.utf8, last.utf8) || NormalizedName.areEqual($0.storedName.utf8, last.utf8)
      }
    }
  }
}
