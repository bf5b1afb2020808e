internal import ArgumentParser
public import EventSourcing
internal import EventSpec

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The command-line tool over a domain: `run`, `check`, `parse`, `fmt` and `describe`, with all their options.
///
/// Two lines make the tool of a domain of one's own, in the `main.swift` of an executable target:
///
/// ```swift
/// import EventSpecCLI
///
/// await EventSpecTool.main(ordering)
/// ```
public enum EventSpecTool {
  /// The version of this library and its own tool.
  public static let version = "0.1.0"

  /// Does what the command line asks for and ends the process with its exit code.
  ///
  /// - Parameters:
  ///   - domains: The domain; several become one.
  ///   - version: The tool's version, for `--version` and reports.
  public static func main(_ domains: Domain..., version: String = version) async -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let code = await run(domains, arguments: arguments, version: version, streams: .standard, endsProcess: true)
    exit(code)
  }

  /// Does what some arguments ask for.
  ///
  /// - Parameters:
  ///   - domains: The domain's parts.
  ///   - arguments: The arguments behind the tool's name.
  ///   - version: The tool's version.
  ///   - streams: Where output goes.
  ///   - endsProcess: Whether the process is there for this alone, so that signals to it are meant for it.
  /// - Returns: The exit code: 0, 1, 2, or 64 for a call that cannot be understood.
  package static func run(
    _ domains: [Domain], arguments: [String], version: String = version, streams: StandardStreams,
    endsProcess: Bool = false
  ) async -> Int32 {
    ToolIdentity.set(version: version)
    let command: any ToolCommand
    do {
      var parsed = try RootCommand.parseAsRoot(arguments)
      guard let tool = parsed as? any ToolCommand else {
        // What is left says by an error what it wants to be shown, such as help.
        try parsed.run()
        return 0
      }
      command = tool
    } catch {
      return report(error, streams: streams)
    }
    let domain: Domain
    do {
      domain = Domain.merging(domains)
      if command.needsDomain { try domain.validate() }
    } catch {
      streams.diagnose("\(error)")
      return 2
    }
    do {
      let code = try await command.run(
        ToolContext(domain: domain, version: version, streams: streams, endsProcess: endsProcess))
      streams.output.flush()
      return code
    } catch {
      streams.output.flush()
      return report(error, streams: streams)
    }
  }

  private static func report(_ error: any Error, streams: StandardStreams) -> Int32 {
    if error is FileReadingError || error is FileWritingError {
      return report(CallFailure(message: "\(error)"), streams: streams)
    }
    let code = RootCommand.exitCode(for: error)
    let message = RootCommand.fullMessage(for: error)
    if code.isSuccess {
      streams.output.write(message + "\n")
      streams.output.flush()
    } else if let failure = error as? CallFailure {
      streams.diagnose(failure.message)
      return failure.exitCode
    } else {
      streams.error.write(message + "\n")
      streams.error.flush()
    }
    return code.rawValue
  }
}

/// A command of the tool.
protocol ToolCommand: ParsableCommand {
  /// Whether it reads against the domain, so that the domain must be sound.
  var needsDomain: Bool { get }

  /// Does what is asked for.
  ///
  /// - Returns: The exit code.
  func run(_ context: ToolContext) async throws -> Int32
}

/// What a command works with.
struct ToolContext: Sendable {
  let domain: Domain
  let version: String
  let streams: StandardStreams
  /// Whether the process is there for the command alone.
  var endsProcess = false
}

/// An error of the call that is no matter of its grammar.
struct CallFailure: Error, CustomStringConvertible {
  let message: String
  var exitCode: Int32 = 2

  var description: String { message }
}
