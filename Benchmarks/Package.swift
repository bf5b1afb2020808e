// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "EventSpec", path: "..")
  ],
  targets: [
    .target(name: "Files", path: "Files"),
    .executableTarget(
      name: "gherkin-fuzz", dependencies: ["Files", .product(name: "Gherkin", package: "EventSpec")],
      path: "GherkinFuzz"),
    .executableTarget(
      name: "gherkin-benchmark", dependencies: ["Files", .product(name: "Gherkin", package: "EventSpec")],
      path: "GherkinBenchmark"),
    .executableTarget(
      name: "gherkin-parse", dependencies: ["Files", .product(name: "Gherkin", package: "EventSpec")],
      path: "GherkinParse"),
    .executableTarget(
      name: "codec-benchmark", dependencies: [.product(name: "EventSourcing", package: "EventSpec")],
      path: "CodecBenchmark"),
    .executableTarget(
      name: "core-benchmark", dependencies: [.product(name: "EventSourcing", package: "EventSpec")],
      path: "CoreBenchmark", exclude: ["account.py"]),
    .executableTarget(
      name: "large-domain-tool", dependencies: [.product(name: "EventSpecCLI", package: "EventSpec")],
      path: "Repl", exclude: ["generate.py", "measure.py"]),
    // The example domains are linked into its folder.
    .executableTarget(
      name: "domain-benchmark", dependencies: [.product(name: "EventSourcing", package: "EventSpec")],
      path: "DomainBenchmark"),
  ],
  swiftLanguageModes: [.v6]
)
