#if PostgreSQL
  internal import EventSourcing

  /// What can go wrong with a connection, before it is put into words.
  enum PostgreSQLFailure: Error {
    /// No connection could be made, and the server may be reachable later.
    case unreachable(String)
    /// The server or the address says no.
    case refused(String)
    /// The connection broke, or no answer came in time: what was asked for may have happened or not.
    case disconnected(String)
    /// A statement failed; its transaction has been rolled back.
    case statement(state: String, message: String)
    /// An answer does not look as it should.
    case unexpected(String)
    /// An error that is in words already.
    case store(EventStoreError)

    /// Whether the same statement can be tried again at once.
    var isTransient: Bool {
      guard case .statement(let state, _) = self else { return false }
      return ["40001", "40P01"].contains(state)
    }

    /// Whether a unique key was violated.
    var isUniqueViolation: Bool {
      guard case .statement(let state, _) = self else { return false }
      return state == "23505"
    }

    /// Whether the connection is of no more use.
    var breaksConnection: Bool {
      switch self {
      case .unreachable, .disconnected: true
      case .statement(let state, _): state.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(state)
      case .refused, .store, .unexpected: false
      }
    }

    /// The error for whoever called the store.
    func error(doing action: String) -> EventStoreError {
      switch self {
      case .store(let error): return error
      case .unreachable(let message):
        return EventStoreError(.unavailable, "\(action): the PostgreSQL server cannot be reached: \(message)")
      case .refused(let message):
        return EventStoreError(.forbidden, "\(action): the PostgreSQL server refuses the connection: \(message)")
      case .disconnected(let message):
        return EventStoreError(.unavailable, "\(action): the connection to PostgreSQL broke: \(message)")
      case .unexpected(let message):
        return EventStoreError(.corrupt, "\(action): PostgreSQL's answer is not what it should be: \(message)")
      case .statement(let state, let message):
        return EventStoreError(
          Self.code(of: state), "\(action): \(Self.phrase(of: state))\(message) (SQLSTATE \(state))")
      }
    }

    private static func code(of state: String) -> EventStoreError.Code {
      switch state {
      case "42501", "25006", "28000", "28P01": .forbidden
      case "23505": .duplicateEvent
      case "54000", "22021", "22P05", "22P02", "22003", "22008": .invalidArgument
      case "42P01", "42703", "3F000", "42804", "XX001", "XX002": .corrupt
      default: .unavailable
      }
    }

    private static func phrase(of state: String) -> String {
      switch state {
      case "42501": "the database role lacks a right: "
      case "25006": "the database or this connection is read-only: "
      case "53100": "the server's disk is full: "
      case "57014": "the statement took longer than its time-out: "
      case "55P03": "a lock was not free in time: "
      case "42P01", "42703", "3F000": "the schema lacks what this library needs: "
      default: ""
      }
    }
  }
#endif
