// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Parking",
  platforms: [.macOS(.v15)],
  dependencies: [
    // Outside this repository: .package(url: "…/EventSpec", from: "…")
    .package(name: "EventSpec", path: "../..")
  ],
  targets: [
    .target(name: "Parking", dependencies: [.product(name: "EventSourcing", package: "EventSpec")]),
    .executableTarget(
      name: "parking", dependencies: ["Parking", .product(name: "EventSpecCLI", package: "EventSpec")],
      path: "Sources/parking-tool"),
    .testTarget(
      name: "ParkingTests", dependencies: ["Parking", .product(name: "EventSpecTesting", package: "EventSpec")]),
  ]
)
