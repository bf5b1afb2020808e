public import EventSourcing
internal import EventSpec

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How a REPL is started.
public struct REPLOptions: Sendable {
  /// The file whose lines are taken; nil for standard input.
  public var script: String?
  /// The scenario that is opened first, as `FILE:LINE`.
  public var scenario: String?
  /// Whether answers are JSON, one object a line.
  public var writesJSON: Bool
  /// The store whose streams are opened, and which is closed at the session's end; nil for streams of the session's own.
  public var store: (any EventStore)?
  /// Whether what is pending may be committed to the store.
  public var isWritable: Bool
  /// The environment; it says where history, startup and recovery files are, and what the terminal can do.
  public var environment: [String: String]
  /// What the tool is called by those who start it, for its prompt and what it says is wrong.
  public var toolName: String

  /// Makes options.
  public init(
    script: String? = nil, scenario: String? = nil, writesJSON: Bool = false, store: (any EventStore)? = nil,
    isWritable: Bool = false, environment: [String: String] = [:],
    toolName: String = "eventspec"
  ) {
    self.script = script
    self.scenario = scenario
    self.writesJSON = writesJSON
    self.store = store
    self.isWritable = isWritable
    self.environment = environment
    self.toolName = toolName
  }
}

/// Explores a domain line by line.
///
/// On a terminal it edits lines; from a pipe or a script it takes line by line what is there.
public enum REPL {
  /// Runs a session until its end.
  ///
  /// - Parameters:
  ///   - domain: A domain without error findings.
  ///   - options: How it is started.
  /// - Returns: The process's exit code: 0, or 1 where a line of a script was no success.
  public static func run(domain: Domain, options: REPLOptions) async -> Int32 {
    let session = REPLSession(
      domain: domain, storage: options.store.map { REPLStore($0, isWritable: options.isWritable) },
      writesJSON: options.writesJSON, toolName: options.toolName)
    let isInteractive =
      options.script == nil && !options.writesJSON && isatty(STDIN_FILENO) == 1
      && isatty(STDOUT_FILENO) == 1
    defer { options.closeStore() }
    if isInteractive { return await TerminalShell(session, options).run() }
    guard options.store != nil else { return await ScriptShell(session, options).run() }
    // A signal ends a script as it ends any process, with the store closed.
    let monitor = InterruptMonitor { _ in options.closeStore() }
    let interrupt: @Sendable (Int) -> Void = { _ in
      options.closeStore()
      TerminationSignal.interrupt.endProcess()
    }
    return await monitor.watch(onInterrupt: interrupt) { await ScriptShell(session, options).run() }
  }
}

extension REPLOptions {
  /// Closes the store, whatever ends the session, so that its file holds all that was committed.
  func closeStore() { (store as? any ClosableEventStore)?.closeAtOnce() }
}
