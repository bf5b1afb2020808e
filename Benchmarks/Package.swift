// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "EventSpec", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "gherkin-fuzz", dependencies: [.product(name: "Gherkin", package: "EventSpec")], path: "GherkinFuzz"),
    .executableTarget(
      name: "gherkin-benchmark", dependencies: [.product(name: "Gherkin", package: "EventSpec")],
      path: "GherkinBenchmark"),
    .executableTarget(
      name: "gherkin-parse", dependencies: [.product(name: "Gherkin", package: "EventSpec")], path: "GherkinParse"),
  ],
  swiftLanguageModes: [.v6]
)
