import ArgumentParser

/// The tool itself.
struct RootCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: ToolIdentity.name,
      abstract: "Runs behaviour specs against an event-sourced domain.",
      discussion: """
        A spec is a Gherkin file whose steps are typed literals of the domain.

        Exit codes: 0 all passed; 1 a scenario failed; 2 something could not be run at all; 64 the call is wrong.
        """,
      version: ToolIdentity.version,
      subcommands: [
        RunCommand.self, CheckCommand.self, ParseCommand.self, FormatCommand.self, DescribeCommand.self,
        ReplCommand.self, StoreCommand.self,
      ])
  }
}
