import ArgumentParser
import EventSpec

/// `describe`: the domain's names, fields and types.
struct DescribeCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Describe the domain: aggregates, commands, events, errors, views, fields and types.")

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "What to describe, such as Order, PlaceOrder or Order.OrderPlaced (default: everything).")
  var name: String?

  @Option(name: .long, help: "How to print it.")
  var format: Form = .text

  @OptionGroup var color: ColorOptions

  var needsDomain: Bool { true }

  func run(_ context: ToolContext) async throws -> Int32 {
    let output = context.streams.output
    var description = DomainDescription(context.domain)
    if let name {
      guard let named = description.named(name) else {
        let nearest = NearestName.nearest(to: name, among: description.names)
        throw CallFailure(
          message: "the domain '\(description.name)' has nothing called '\(name)'"
            + (nearest.map { "; did you mean \($0)?" } ?? ""))
      }
      description = named
    }
    switch format {
    case .text: output.write(description.text(isColored: color.isColored(output)))
    case .json: output.write(description.json)
    }
    return 0
  }
}
