#if SQLite
  #if canImport(Glibc)
    internal import Glibc
  #elseif canImport(Musl)
    internal import Musl
  #else
    internal import Darwin
  #endif

  /// What the file system says of a store's file, where SQLite only says that it could not be opened.
  struct SQLitePath {
    let path: String

    /// The folder in which the file lies.
    var folder: String {
      guard let slash = path.lastIndex(of: "/") else { return "." }
      return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Why the file cannot be opened; nil where nothing is found that is in the way.
    func obstacle(isReadOnly: Bool = false) -> String? {
      var status = stat()
      if stat(path, &status) == 0 {
        if status.st_mode & S_IFMT == S_IFDIR { return "it is a folder; name a file in it" }
        if status.st_mode & S_IFMT != S_IFREG { return "it is no ordinary file" }
        if access(path, R_OK) != 0 { return "the right to read it is missing" }
        if isReadOnly { return nil }
        if access(path, W_OK) != 0 { return "the right to write to it is missing" }
        if access(folder, W_OK) != 0 {
          return "the right to write to its folder '\(folder)' is missing, where the log stands"
        }
        return nil
      }
      switch errno {
      case ENOENT where stat(folder, &status) != 0: return "there is no folder '\(folder)'"
      case ENOENT where isReadOnly: return "there is no such file"
      case ENOENT where access(folder, W_OK) != 0: return "the right to make a file in '\(folder)' is missing"
      case ENOTDIR: return "'\(folder)' is no folder"
      case EACCES: return "the right to enter the folder '\(folder)' is missing"
      default: return nil
      }
    }

    /// Whether the file can be read and all events are in it, none in a log beside it.
    var isWholeByItself: Bool {
      var status = stat()
      guard access(path, R_OK) == 0 else { return false }
      return stat(path + "-wal", &status) != 0 ? errno == ENOENT : status.st_size == 0
    }

    /// The address under which SQLite reads the file and touches nothing beside it.
    ///
    /// Source: SQLite documentation, "Uniform Resource Identifiers", parameter `immutable`.
    var unchanging: String {
      var address = path.hasPrefix("/") ? "file://" : "file:"
      for byte in path.utf8 {
        if byte < 0x80, byte > 0x20, ![0x23, 0x25, 0x3F].contains(byte) {
          address.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
          let hex = String(byte, radix: 16)
          address += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
        }
      }
      return address + "?immutable=1"
    }
  }
#endif
