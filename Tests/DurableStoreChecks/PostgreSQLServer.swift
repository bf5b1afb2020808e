#if PostgreSQL
  package import EventSourcingPostgreSQL
  package import Foundation

  /// A server that the tests start in a folder of its own, on a unix socket, and stop.
  package final class PostgreSQLServer: @unchecked Sendable {
    package static let user = "tester"
    package static let password = "s3cret-w0rd/of?the test"

    /// Whether tests that need a server run; where it is missing they are skipped, unless it is asked for.
    package static var isAvailable: Bool {
      if ProcessInfo.processInfo.environment["EVENTSPEC_REQUIRE_POSTGRESQL"] == "1" { return true }
      return binaries != nil && (geteuid() != 0 || account != nil)
    }

    /// The server that most tests share.
    package static let shared = Result { try PostgreSQLServer(named: "shared") }

    package let folder: URL
    private let binaries: URL
    private var data: URL { folder.appendingPathComponent("data") }

    /// Makes and starts a server.
    ///
    /// - Parameters:
    ///   - name: What its folder is called.
    ///   - parent: Where the folder is made.
    package init(named name: String, in parent: URL = URL(fileURLWithPath: "/tmp")) throws {
      guard let binaries = Self.binaries else { throw ServerError("no PostgreSQL server is installed") }
      self.binaries = binaries
      folder = parent.appendingPathComponent("eventsourcing-\(name)-\(getpid())-\(UInt32.random(in: 0...0xffff))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let passwordFile = folder.appendingPathComponent("password")
      try Self.password.write(to: passwordFile, atomically: false, encoding: .utf8)
      if geteuid() == 0 {
        guard let account = Self.account else { throw ServerError("no user but root is there to run the server") }
        try Self.run(URL(fileURLWithPath: "/bin/chown"), ["-R", account, folder.path])
      }
      try runAsServer(
        "initdb",
        [
          "-D", data.path, "-U", Self.user, "-A", "scram-sha-256", "--pwfile", passwordFile.path, "--no-sync", "-E",
          "UTF8",
          "--locale=C",
        ])
      try start()
      Self.stopAtExit(self)
    }

    /// The address of a database, as the server's owner or another role.
    package func address(schema: String, user: String = user, password: String = password, socket: URL? = nil) -> String
    {
      func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
      }
      return "postgres://\(encoded(user)):\(encoded(password))@/postgres?host=\(encoded((socket ?? folder).path))"
        + "&schema=\(encoded(schema))"
    }

    /// A configuration for a schema.
    package func configuration(schema: String) -> PostgreSQLConfiguration {
      PostgreSQLConfiguration(address(schema: schema))
    }

    /// The server's socket.
    package var socket: URL { folder.appendingPathComponent(".s.PGSQL.5432") }

    /// Starts the server; waits where the remains of a killed one are still there.
    package func start() throws {
      var attempts = 0
      while true {
        do {
          return try runAsServer(
            "pg_ctl",
            [
              "-D", data.path, "-l", folder.appendingPathComponent("log").path, "-w", "-t", "30", "-o",
              "-c listen_addresses='' -c unix_socket_directories='\(folder.path)' -c max_connections=300", "start",
            ])
        } catch {
          attempts += 1
          guard attempts < 30 else { throw error }
          Thread.sleep(forTimeInterval: 0.2)
        }
      }
    }

    /// Stops the server.
    package func stop() { try? runAsServer("pg_ctl", ["-D", data.path, "-m", "immediate", "-w", "stop"]) }

    /// Kills the server's main process as `kill -9` does; its others end by themselves.
    package func kill() throws {
      let file = try String(contentsOf: data.appendingPathComponent("postmaster.pid"), encoding: .utf8)
      guard let line = file.split(separator: "\n").first, let process = Int32(line) else {
        throw ServerError("the server is not running")
      }
      Foundation.kill(process, SIGKILL)
    }

    /// Stops the server and removes what is left of it.
    package func remove() {
      stop()
      try? FileManager.default.removeItem(at: folder)
    }

    private func runAsServer(_ tool: String, _ arguments: [String]) throws {
      let tool = binaries.appendingPathComponent(tool)
      guard geteuid() == 0, let account = Self.account else { return try Self.run(tool, arguments) }
      try Self.run(
        URL(fileURLWithPath: "/usr/bin/setpriv"),
        ["--reuid=\(account)", "--regid=\(account)", "--init-groups", tool.path] + arguments)
    }

    // Foundation's Process waits for all that inherit its pipes: with a server that goes on running, for ever.
    private static func run(_ tool: URL, _ arguments: [String]) throws {
      let process = try spawn(tool, arguments)
      var status: Int32 = 0
      while waitpid(process, &status, 0) == -1, errno == EINTR {}
      guard status == 0 else { throw ServerError("\(tool.lastPathComponent) ended with status \(status)") }
    }

    private static func spawn(_ tool: URL, _ arguments: [String]) throws -> pid_t {
      #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
      #else
        var actions = posix_spawn_file_actions_t()
      #endif
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      for descriptor in [0, 1, 2] as [Int32] {
        posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
      }
      var pointers: [UnsafeMutablePointer<CChar>?] = ([tool.path] + arguments).map { strdup($0) } + [nil]
      defer {
        for pointer in pointers { free(pointer) }
        pointers.removeAll()
      }
      var process: pid_t = 0
      let status = posix_spawn(&process, tool.path, &actions, nil, pointers, environ)
      guard status == 0 else {
        throw ServerError("\(tool.path) cannot be started: \(String(cString: strerror(status)))")
      }
      return process
    }

    private static let binaries: URL? = {
      var folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
      for parent in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        folders += names.sorted { $0.compare($1, options: .numeric) == .orderedDescending }.map {
          "\(parent)/\($0)/bin"
        }
      }
      return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
        .map { URL(fileURLWithPath: $0) }
    }()

    /// As whom to run the server where the tests run as root.
    private static let account: String? = ["postgres", "nobody"].first { getpwnam($0) != nil }

    /// Has a server stopped and removed when the tests end, by whatever.
    private static func stopAtExit(_ server: PostgreSQLServer) {
      _ = try? spawn(
        URL(fileURLWithPath: "/bin/sh"),
        [
          "-c",
          """
          while kill -0 "$1" 2>/dev/null; do sleep 0.5; done
          pid=$(head -1 "$2/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" && sleep 1
          rm -rf "$2"
          """, "watcher", String(getpid()), server.folder.path,
        ])
    }
  }

  /// A server that cannot be run.
  package struct ServerError: Error, CustomStringConvertible {
    /// What is wrong.
    package var description: String

    /// Says what is wrong.
    package init(_ description: String) { self.description = description }
  }
#endif
