internal import Foundation

/// The Python package `eventsourcing`, of which a real database is made.
public enum PythonPackage {
  /// The interpreter that has the package: `EVENTSPEC_PYTHON`, else `python3`; nil where the package is missing.
  public static let interpreter: String? = {
    let candidates = [ProcessInfo.processInfo.environment["EVENTSPEC_PYTHON"], "/usr/bin/python3", "python3"]
    return candidates.compactMap { $0 }.first { run($0, ["-c", "import eventsourcing.sqlite"], [:]) }
  }()

  /// Has the package write two aggregates with four events.
  ///
  /// - Parameter environment: Where to, in the package's own variables.
  /// - Returns: Whether it did.
  public static func writeDogs(_ environment: [String: String]) -> Bool {
    guard let interpreter else { return false }
    let script = """
      from eventsourcing.domain import Aggregate, event
      from eventsourcing.application import Application

      class Dog(Aggregate):
          @event('Registered')
          def __init__(self, name):
              self.name = name
              self.tricks = []

          @event('TrickAdded')
          def add_trick(self, trick):
              self.tricks.append(trick)

      class Dogs(Application):
          pass

      app = Dogs()
      first = Dog('Fido')
      first.add_trick('röll 𝄞')
      app.save(first)
      second = Dog('Rex')
      app.save(second)
      first.add_trick('fetch')
      app.save(first)
      """
    return run(interpreter, ["-c", script], environment)
  }

  private static func run(_ tool: String, _ arguments: [String], _ variables: [String: String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
