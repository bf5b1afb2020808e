#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import Foundation

  /// Stands between the store and the server on a unix socket, and cuts connections when it is told to.
  final class CuttingProxy: @unchecked Sendable {
    /// What happens to the next request that is large enough to be an append.
    enum Plan: Sendable {
      /// It is passed on, and so is its answer.
      case pass
      /// The connection is cut before the server sees it.
      case cutBefore
      /// The server answers, and the connection is cut before the answer is passed on.
      case cutAfter
    }

    let folder: URL
    private let server: URL
    private let listener: Int32
    private let plan = Monitor(Plan.pass)

    /// Listens in a folder of its own for the server with a socket.
    init(to server: URL) throws {
      self.server = server
      folder = URL(fileURLWithPath: "/tmp").appendingPathComponent(
        "proxy-\(getpid())-\(UInt32.random(in: 0...0xffffff))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      listener = try Self.socket(at: folder.appendingPathComponent(".s.PGSQL.5432")) { bind($0, $1, $2) }
      listen(listener, 16)
      let (listener, server, plan) = (listener, server, plan)
      startThread { Self.accept(listener, server, plan) }
    }

    deinit {
      shutdown(listener, Int32(SHUT_RDWR))
      close(listener)
      try? FileManager.default.removeItem(at: folder)
    }

    /// Says what happens to the next append; after it, everything is passed on again.
    func plan(_ plan: Plan) { self.plan.withLock { $0 = plan } }

    /// Whether what was planned has happened.
    var isDone: Bool { plan.withLock { if case .pass = $0 { true } else { false } } }

    private static func accept(_ listener: Int32, _ server: URL, _ plan: Monitor<Plan>) {
      while true {
        let client = Foundation.accept(listener, nil, nil)
        guard client >= 0 else { return }
        guard let upstream = try? socket(at: server, { connect($0, $1, $2) }) else {
          close(client)
          continue
        }
        startThread { relay(client, upstream, plan) }
      }
    }

    private static func relay(_ client: Int32, _ upstream: Int32, _ plan: Monitor<Plan>) {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      var cutsAnswer = false
      defer {
        close(client)
        close(upstream)
      }
      while true {
        var sockets = [
          pollfd(fd: client, events: Int16(POLLIN), revents: 0),
          pollfd(fd: upstream, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&sockets, 2, 30_000) > 0 else { return }
        if sockets[0].revents != 0 {
          let count = read(client, &buffer, buffer.count)
          guard count > 0 else { return }
          // An append binds its parameters to a prepared statement whose name begins so.
          if buffer[..<count].contains(subsequence: Array("\0append".utf8)), buffer[0] == UInt8(ascii: "B") {
            let next = plan.withLock { plan in
              defer { plan = .pass }
              return plan
            }
            switch next {
            case .pass: break
            case .cutBefore: return
            case .cutAfter: cutsAnswer = true
            }
          }
          guard write(upstream, buffer, count) == count else { return }
        }
        if sockets[1].revents != 0 {
          let count = read(upstream, &buffer, buffer.count)
          guard count > 0, !cutsAnswer else { return }
          guard write(client, buffer, count) == count else { return }
        }
      }
    }

    private static func socket(
      at url: URL, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
      #if canImport(Darwin)
        let descriptor = Foundation.socket(AF_UNIX, SOCK_STREAM, 0)
      #else
        let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      #endif
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { bytes in
        bytes.copyBytes(from: url.path.utf8.prefix(bytes.count - 1))
      }
      let status = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      guard status == 0 else {
        close(descriptor)
        throw ServerError("no socket at \(url.path)")
      }
      return descriptor
    }
  }

  extension ArraySlice<UInt8> {
    fileprivate func contains(subsequence: [UInt8]) -> Bool {
      guard count >= subsequence.count else { return false }
      return (startIndex...endIndex - subsequence.count).contains { self[$0...].starts(with: subsequence) }
    }
  }
#endif
