#if SQLite
  internal import EventSourcing

  /// Where an SQLite store is and how it is used.
  public struct SQLiteConfiguration: Sendable {
    /// When a commit counts as done.
    public enum Synchronization: String, Sendable {
      /// It is on the disk: no acknowledged event is lost when the power fails.
      case full
      /// It is in the operating system's hands: faster, and the last commits may be lost when the power fails.
      case normal
    }

    /// The file.
    public var path: String
    /// What the names of the tables begin with; several stores share a file by different prefixes.
    public var prefix: String
    /// Whether nothing may be written; the file and its tables are not created either.
    public var isReadOnly: Bool
    /// How long a call waits for other processes that use the file.
    public var busyTimeout: Duration
    /// How many connections read at the same time.
    public var readers: Int
    /// When a commit counts as done.
    public var synchronization: Synchronization
    /// How often a subscription looks for events of other processes.
    public var pollInterval: Duration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - path: The file, created where it is not there.
    ///   - prefix: What the names of the tables begin with.
    ///   - isReadOnly: Whether nothing may be written.
    public init(_ path: String, prefix: String = "", isReadOnly: Bool = false) {
      self.path = path
      self.prefix = prefix
      self.isReadOnly = isReadOnly
      busyTimeout = .seconds(10)
      readers = 4
      synchronization = .full
      pollInterval = .milliseconds(50)
    }
  }

  extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
  }
#endif
