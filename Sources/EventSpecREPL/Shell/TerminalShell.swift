internal import EventSourcing
internal import EventSpec
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A session on a terminal.
struct TerminalShell {
  private let session: REPLSession
  private let options: REPLOptions
  private let writer: AnswerWriter
  private let recovery: RecoveryFile?
  private let typing: SessionTyping

  init(_ session: REPLSession, _ options: REPLOptions) {
    self.session = session
    self.options = options
    let isStyled =
      options.environment["NO_COLOR", default: ""].isEmpty && !["", "dumb"].contains(options.environment["TERM"] ?? "")
    writer = AnswerWriter(isStyled: isStyled, sink: AnswerWriter.descriptor(1))
    recovery = RecoveryFile(environment: options.environment)
    typing = SessionTyping(session)
  }

  /// Runs the session.
  ///
  /// - Returns: The exit code.
  func run() async -> Int32 {
    session.report = { [self] answer in show([answer]) }
    defer { session.report = { _ in } }
    let history = LineHistory(file: HistoryFile(environment: options.environment))
    guard let editor = LineEditor(delegate: typing, history: history, environment: options.environment) else {
      return await ScriptShell(session, options).run()
    }
    let recovery = recovery
    let session = session
    let kept = KeptEntries()
    let options = options
    let monitor = InterruptMonitor { _ in
      recovery?.write(kept.text)
      options.closeStore()
    }
    greet()
    await startUp()
    if let scenario = options.scenario {
      // The brackets of a path are no JSON's: the argument is taken as it is.
      let answer: REPLAnswer
      do { answer = try await session.load(scenario) } catch { answer = .failure(.problem, "\(error)") }
      show([answer])
    } else {
      offerRecovery()
    }
    defer { recovery?.end() }
    loop: while true {
      typing.update()
      switch editor.readLine(prompt: session.prompt) {
      case .line(let text):
        if text.allSatisfy(\.isWhitespace) { continue }
        kept.keep(session)
        recovery?.keep(kept.text, before: text)
        let task = Task { await session.answer(to: text) }
        let isInterrupted = Mutex(false)
        let interrupts = Interrupts()
        let cancel: @Sendable (Int) -> Void = { count in
          isInterrupted.withLock { $0 = true }
          task.cancel()
          // Code of a domain that never ends cannot be stopped, only left.
          if count >= Self.patience { Self.leave(recovery, kept, options) }
          interrupts.explain(count, of: Self.patience, recovery)
        }
        let answers = await monitor.watch(onInterrupt: cancel) { await task.value }
        interrupts.end()
        kept.keep(session)
        recovery?.keep(kept.text)
        // The terminal shows ^C where the cursor stood.
        if isInterrupted.withLock({ $0 }) { writer.write(StyledText()) }
        show(answers)
        if answers.contains(where: \.endsSession) { break loop }
      case .unreadable(let text): show([.failure(.mistyped, text.message)])
      case .interrupted: continue
      case .endOfInput: break loop
      case .terminated(let signal):
        kept.keep(session)
        recovery?.write(kept.text)
        editor.close()
        options.closeStore()
        signal.endProcess()
      }
    }
    editor.close()
    if let failure = history.failure {
      var line = StyledText()
      line.append(failure, .yellow)
      writer.write(line)
      writer.flush()
    }
    return 0
  }

  /// How many times Ctrl-C is pressed before the process ends with what it cannot stop.
  private static let patience = 3

  private static func leave(_ recovery: RecoveryFile?, _ kept: KeptEntries, _ options: REPLOptions) -> Never {
    recovery?.write(kept.text)
    options.closeStore()
    let place = recovery.map { " The next start offers the session again, from \($0.path)." } ?? ""
    let text = "\nThis cannot be stopped, so the REPL ends.\(place)\n"
    _ = AnswerWriter.descriptor(2)(Array(TerminalText(escapingLines: text).description.utf8))
    exit(130)
  }

  private func greet() {
    var line = StyledText()
    line.append("\(session.domain.name): ", .bold)
    line.append("type a step, or :help. ")
    line.append("TAB completes, Ctrl-D ends.", .dim)
    writer.write(line)
    writer.flush()
  }

  private func show(_ answers: [REPLAnswer]) {
    for answer in answers {
      if session.writesJSON || answer.lines.isEmpty && !answer.result.fields.isEmpty {
        writer.write(answer, line: 0, session: session)
      } else {
        for line in answer.lines { writer.write(line) }
      }
    }
    writer.flush()
  }

  // MARK: Files

  /// Takes the lines of the startup file.
  private func startUp() async {
    guard let path = StartupFile.path(options.environment), FileWriting.exists(path) else { return }
    let content: [UInt8]
    do { content = try readFile(path) } catch {
      show([.failure(.problem, "\(error)")])
      return
    }
    let answers = await session.answer(toBytes: content)
    guard let failed = answers.first(where: { !$0.isSuccess }) else { return }
    var line = StyledText()
    line.append("in \(path):", .dim)
    writer.write(line)
    show([failed])
  }

  /// Says that an earlier session was cut off, and how to take it up.
  private func offerRecovery() {
    guard let recovery else { return }
    recovery.adopt()
    guard recovery.exists else { return }
    var line = StyledText()
    line.append("An earlier session was cut off. ", .yellow)
    line.append(":load \(recovery.kept()) takes it up again.")
    writer.write(line)
    writer.flush()
  }
}
