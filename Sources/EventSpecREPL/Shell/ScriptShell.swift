internal import EventSourcing
internal import EventSpec

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Takes lines from a file or a pipe and ends at the first that is no success.
struct ScriptShell {
  private let session: REPLSession
  private let options: REPLOptions
  private let writer: AnswerWriter
  private let diagnose: (String) -> Void

  init(_ session: REPLSession, _ options: REPLOptions) {
    // A reader that has gone away ends the script, not the process.
    signal(SIGPIPE, SIG_IGN)
    self.init(
      session, options, writer: AnswerWriter(isStyled: false, sink: AnswerWriter.descriptor(STDOUT_FILENO))
    ) { message in
      _ = AnswerWriter.descriptor(STDERR_FILENO)(Array((TerminalText(escapingLines: message).description + "\n").utf8))
    }
  }

  init(_ session: REPLSession, _ options: REPLOptions, writer: AnswerWriter, diagnose: @escaping (String) -> Void) {
    self.session = session
    self.options = options
    self.writer = writer
    self.diagnose = diagnose
  }

  /// A command that was refused, unless the next step expects it.
  private struct Refusal {
    var line: Int
    var reason: String
  }

  /// Runs the script.
  ///
  /// - Returns: The exit code.
  func run() async -> Int32 {
    session.report = { [self] answer in
      write(answer, line: 0)
      writer.flush()
    }
    defer { session.report = { _ in } }
    defer { writer.flush() }
    if let scenario = options.scenario {
      let answer = await opened(scenario)
      write(answer, line: 0)
      guard answer.isSuccess else { return fail(answer.reason, line: nil) }
    }
    var descriptor = STDIN_FILENO
    if let script = options.script {
      descriptor = open(script, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        return fail("'\(script)' cannot be read: \(String(cString: strerror(errno)))", line: nil)
      }
    }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var lines = PlainLineReader(descriptor: descriptor)
    return await run { () throws(UnreadableText) -> String? in
      // A program that waits for an answer must have it before the next line is waited for.
      if !lines.hasLine { writer.flush() }
      switch lines.readLine() {
      case .line(let line): return line
      case .unreadable(let text): throw text
      case .interrupted, .endOfInput, .terminated: return nil
      }
    }
  }

  /// Takes lines until there are no more.
  ///
  /// - Parameter next: Gives the next line, nil where there is none.
  func run(lines next: () throws(UnreadableText) -> String?) async -> Int32 {
    var reader = InputReader(isStep: { session.readsAsStep($0) }, needsBody: { session.needsBody($0) })
    var refusal: Refusal?
    var number = 0
    while writer.isOpen {
      let line: String
      number += 1
      do {
        guard let read = try next() else { break }
        line = read
      } catch {
        let answer = REPLAnswer.failure(.mistyped, error.message)
        write(answer, line: number)
        return fail(answer.reason, line: number)
      }
      for unit in reader.take(line) {
        if let code = await take(unit, &refusal) { return code }
      }
    }
    for unit in reader.finish() {
      if let code = await take(unit, &refusal) { return code }
    }
    if let refusal { return fail(refusal.reason, line: refusal.line) }
    return 0
  }

  /// Takes one step or meta-command.
  ///
  /// - Returns: The exit code where the script ends with it.
  private func take(_ unit: InputUnit, _ refusal: inout Refusal?) async -> Int32? {
    if let open = refusal, !Self.isOutcome(unit.text) { return fail(open.reason, line: open.line) }
    let answer = await session.answer(to: unit)
    write(answer, line: unit.line)
    if answer.endsSession { return 0 }
    if answer.kind == .refused {
      refusal = Refusal(line: unit.line, reason: answer.reason ?? "the command was refused")
    } else if !answer.isSuccess {
      return fail(answer.reason, line: unit.line)
    } else if session.expectsFailure {
      refusal = nil
    }
    return nil
  }

  private func opened(_ scenario: String) async -> REPLAnswer {
    do { return try await session.load(scenario) } catch { return .failure(.problem, "\(error)") }
  }

  private func write(_ answer: REPLAnswer, line: Int) {
    if session.writesJSON {
      writer.write(answer, line: line, session: session)
    } else {
      for text in answer.lines { writer.write(text) }
    }
  }

  private func fail(_ reason: String?, line: Int?) -> Int32 {
    writer.flush()
    let place = line.map { "\(options.script ?? "line") \($0): " } ?? ""
    let where_ = options.script == nil ? place : line.map { "\(options.script ?? ""):\($0): " } ?? ""
    diagnose("\(options.toolName): \(where_)\(reason ?? "no success")")
    return 1
  }

  private static func isOutcome(_ text: String) -> Bool {
    let word = text.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }.lowercased()
    return ["then", "and", "but", "*", "error", "conflict"].contains(word)
  }
}

extension REPLSession {
  /// Whether a Then step has looked at the act, failure included.
  var expectsFailure: Bool { state.engine.actIsLookedAt }
}
