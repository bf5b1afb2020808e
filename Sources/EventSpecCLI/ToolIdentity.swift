internal import Synchronization

/// The tool's name and version, which the parser asks for through static properties.
enum ToolIdentity {
  private static let storedVersion = Mutex("")

  /// The name under which the process was started.
  static let name: String = {
    let path = CommandLine.arguments.first ?? "eventspec"
    let name = path.split(separator: "/").last.map(String.init) ?? "eventspec"
    // A test runner is no tool that anybody could call.
    return name.hasSuffix(".xctest") || name.hasPrefix("swiftpm-") || name == "xctest" ? "eventspec" : name
  }()

  static var version: String { storedVersion.withLock { $0 } }

  static func set(version: String) { storedVersion.withLock { $0 = version } }
}
