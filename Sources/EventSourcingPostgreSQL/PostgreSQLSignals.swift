#if PostgreSQL
  internal import EventSourcing

  /// Wakes those who wait for events: at once for appends of this process, by `NOTIFY` for those of others.
  ///
  /// It is a hint and no more: whoever waits reads again after the poll interval in any case. One thread with one
  /// connection both listens and notifies; it is started with the first append or wait.
  final class PostgreSQLSignals: Sendable {
    private struct State {
      var isRunning = false
      var isClosed = false
      var hasNews = false
      var isAwaited = false
    }

    private let configuration: PostgreSQLConfiguration
    private let waiting = WakeUp()
    private let monitor = Monitor(State())

    init(_ configuration: PostgreSQLConfiguration) { self.configuration = configuration }

    /// Says that events were appended.
    func tell() {
      waiting.wakeAll()
      guard configuration.sendsSignals else { return }
      monitor.withLock { $0.hasNews = true }
      start()
      monitor.signal()
    }

    /// Waits for a signal.
    ///
    /// - Parameter timeout: How long at the most.
    func wait(atMost timeout: Duration) async {
      start()
      await waiting.wait(atMost: timeout) {
        monitor.withLock { $0.isAwaited = true }
        monitor.signal()
        return false
      }
    }

    /// Ends the thread and all waiting.
    func close() {
      waiting.close()
      monitor.withLock { $0.isClosed = true }
      monitor.signal()
    }

    private func start() {
      let mustStart = monitor.withLock { state in
        guard !state.isRunning, !state.isClosed else { return false }
        state.isRunning = true
        return true
      }
      guard mustStart else { return }
      startThread { [monitor, waiting, configuration] in Self.work(monitor, waiting, configuration) }
    }

    private static func work(
      _ monitor: Monitor<State>, _ waiting: WakeUp, _ configuration: PostgreSQLConfiguration
    ) {
      let names = SchemaNames(configuration.schema)
      var connection: PostgreSQLConnection?
      let notify = Statement(name: "notify", sql: "select pg_notify($1::text, '')")
      var parameters = BinaryParameters()
      parameters.add(names.channel)
      while true {
        // Notifications are sent at most every ten milliseconds: a burst of appends is one piece of news.
        let (isClosed, hasNews, isAwaited) = monitor.withLock { state in
          defer { state.hasNews = false }
          state.isAwaited = waiting.isAwaited
          return (state.isClosed, state.hasNews, state.isAwaited)
        }
        if isClosed { return }
        do {
          let current = try connection ?? listen(names, configuration)
          connection = current
          if hasNews { try current.execute(notify, parameters) }
          if isAwaited {
            current.waitForSocket(reading: true, seconds: 0.01)
            if try current.takeNotifications() { waiting.wakeAll() }
          } else {
            // Nobody waits here: sleep until there is something to tell or somebody to wake.
            blockThread(seconds: 0.01)
            _ = monitor.wait(seconds: 1) { $0.isClosed || $0.hasNews || $0.isAwaited ? true : nil }
          }
        } catch {
          connection = nil
          // Without signals there is still polling: try again now and then.
          _ = monitor.wait(seconds: 1) { $0.isClosed ? true : nil }
        }
      }
    }

    private static func listen(
      _ names: SchemaNames, _ configuration: PostgreSQLConfiguration
    ) throws -> PostgreSQLConnection {
      var configuration = configuration
      // A hint need not outlive a crash: it must not take the disk from those who append.
      configuration.awaitsDisk = false
      let connection = try PostgreSQLConnection(configuration)
      try connection.command("listen \(SchemaNames.quoted(names.channel))")
      return connection
    }
  }
#endif
