import ArgumentParser
import EventSpec

/// Which scenarios are meant.
struct SelectionOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The specs: folders, files, or FILE:LINE.", valueName: "path"),
    completion: .file(extensions: ["feature", "md"]))
  var paths: [String] = ["specs"]

  @Option(
    name: .long,
    help: ArgumentHelp("A tag expression, such as \"@order and not @slow\".", valueName: "expression"),
    transform: { try TagExpression($0) })
  var tags: TagExpression?

  @Option(
    name: .long,
    help: ArgumentHelp("A regular expression that is looked for in scenarios' names.", valueName: "regex"),
    transform: { try NamePattern($0) })
  var name: NamePattern?

  var selections: [SpecSelection] { paths.map { SpecSelection($0) } }

  var options: RunOptions { RunOptions(tags: tags, name: name) }
}
