#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A spec file that was found, with the lines whose scenarios are meant.
package struct FoundSpec: Sendable, Hashable {
  /// The file's path.
  package var path: String
  /// The lines whose scenarios are meant; none for all.
  package var lines: [Int]

  package init(path: String, lines: [Int] = []) {
    self.path = path
    self.lines = lines
  }
}

/// Finds the spec files that a call means.
///
/// A folder means all `*.feature` and `*.feature.md` below it, hidden folders aside, in the order of their paths; links
/// are followed, each folder is entered once. What is called like a spec and is no file, such as a pipe, is a problem there,
/// and is read where it is named itself.
package struct SpecFinder {
  /// The files found, in order, each once.
  package private(set) var files: [FoundSpec] = []
  /// What was asked for and is not there.
  package private(set) var problems: [RunProblem] = []

  private var indexes: [String: Int] = [:]

  /// Finds the files of selections.
  ///
  /// - Parameter selections: What is asked for, in order.
  package init(_ selections: [SpecSelection]) {
    for selection in selections { find(selection) }
  }

  private mutating func find(_ selection: SpecSelection) {
    // A file may be called like a place in one.
    let whole = selection.description
    if selection.line != nil, !Self.exists(selection.path), Self.exists(whole) {
      find(SpecSelection(path: whole))
      return
    }
    var status = stat()
    guard stat(selection.path, &status) == 0 else {
      let reason = errno == ENOENT ? "there is no file or folder" : "\(Self.message(errno)):"
      problems.append(RunProblem(path: selection.path, "\(reason) '\(selection.path)'\(Self.advice(selection.path))"))
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      add(FoundSpec(path: selection.path, lines: selection.line.map { [$0] } ?? []))
      return
    }
    if let line = selection.line {
      problems.append(
        RunProblem(
          path: selection.path, "'\(selection.path)' is a folder, which has no line \(line); name a file, as FILE:LINE")
      )
      return
    }
    findAll(below: selection.path)
  }

  private mutating func add(_ found: FoundSpec) {
    guard let index = indexes[found.path] else {
      indexes[found.path] = files.count
      files.append(found)
      return
    }
    // The whole file, or more lines of it.
    if files[index].lines.isEmpty { return }
    files[index].lines = found.lines.isEmpty ? [] : files[index].lines + found.lines
  }

  private mutating func findAll(below folder: String) {
    struct Identity: Hashable {
      var device: UInt64
      var file: UInt64
    }
    var seen: Set<Identity> = []
    var paths: [String] = []
    var waiting = [folder]
    var unreadable: [RunProblem] = []
    while let path = waiting.popLast() {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let identity = Identity(
        device: UInt64(truncatingIfNeeded: status.st_dev), file: UInt64(truncatingIfNeeded: status.st_ino))
      guard seen.insert(identity).inserted else { continue }
      guard let names = Self.names(in: path) else {
        unreadable.append(RunProblem(path: path, "folder '\(path)' cannot be read: \(Self.message(errno))"))
        continue
      }
      for name in names where !name.hasPrefix(".") {
        let child = path == "." ? name : path.hasSuffix("/") ? path + name : "\(path)/\(name)"
        if Self.isFolder(child) {
          waiting.append(child)
        } else if Self.isSpec(name) {
          if Self.canBeRead(child) {
            paths.append(child)
          } else {
            unreadable.append(RunProblem(path: child, "'\(child)' is no ordinary file and was passed over"))
          }
        }
      }
    }
    paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for path in paths { add(FoundSpec(path: path)) }
    problems += unreadable
    if paths.isEmpty && unreadable.isEmpty {
      problems.append(
        RunProblem(path: folder, "no spec in folder '\(folder)': no file below it ends in .feature or .feature.md"))
    }
  }

  /// Tells whether a file's name is that of a spec.
  package static func isSpec(_ name: String) -> Bool { name.hasSuffix(".feature") || name.hasSuffix(".feature.md") }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether reading comes to an end: a pipe may have no writer.
  ///
  /// What is not there says so when it is read.
  private static func canBeRead(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  private static func names(in folder: String) -> [String]? {
    guard let handle = opendir(folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func advice(_ path: String) -> String {
    path == "specs" ? " here; name the file or folder that holds the specs" : ""
  }

  /// What the system says of an error.
  package static func message(_ code: Int32) -> String {
    switch code {
    case EACCES: "permission denied"
    case ENOENT: "no such file or folder"
    case EISDIR: "it is a folder"
    case ELOOP: "too many links, one within another"
    default: String(cString: strerror(code))
    }
  }
}
