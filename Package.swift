// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "EventSpec",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Gherkin", targets: ["Gherkin"]),
    .library(name: "EventSourcing", targets: ["EventSourcing"]),
    .library(name: "EventSourcingTesting", targets: ["EventSourcingTesting"]),
    .library(name: "EventSourcingSQLite", targets: ["EventSourcingSQLite"]),
    .library(name: "EventSourcingPostgreSQL", targets: ["EventSourcingPostgreSQL"]),
    .library(name: "EventSpec", targets: ["EventSpec"]),
    .library(name: "EventSpecTesting", targets: ["EventSpecTesting"]),
    .library(name: "EventSpecREPL", targets: ["EventSpecREPL"]),
    .library(name: "EventSpecCLI", targets: ["EventSpecCLI"]),
    .executable(name: "eventspec", targets: ["EventSpecTool"]),
  ],
  traits: [
    .trait(name: "SQLite", description: "The SQLite event store, through GRDB."),
    .trait(name: "PostgreSQL", description: "The PostgreSQL event store, through libpq."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // The parser: knows nothing of domains, imports nothing.
    .target(name: "Gherkin", swiftSettings: settings),

    // The core: knows nothing of specs.
    .target(name: "EventSourcing", swiftSettings: settings),
    .target(name: "EventSourcingTesting", dependencies: ["EventSourcing"], swiftSettings: settings),
    .target(
      name: "EventSourcingSQLite",
      dependencies: [
        "EventSourcing",
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
        .product(name: "GRDBSQLite", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
      ],
      swiftSettings: settings),
    .systemLibrary(
      name: "CPostgreSQL", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .target(
      name: "EventSourcingPostgreSQL",
      dependencies: [
        "EventSourcing",
        .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
      ],
      swiftSettings: settings),

    // Specs, joined from the two.
    .target(name: "EventSpec", dependencies: ["Gherkin", "EventSourcing"], swiftSettings: settings),
    .target(name: "EventSpecTesting", dependencies: ["EventSpec"], swiftSettings: settings),
    .systemLibrary(
      name: "CLibEditSystem", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
    .target(name: "CLibEdit", dependencies: ["CLibEditSystem"]),
    .target(name: "EventSpecREPL", dependencies: ["EventSpec", "CLibEdit"], swiftSettings: settings),
    .executableTarget(
      name: "LineEditorProbe", dependencies: ["EventSpecREPL", "EventSpecCLI", "EventSourcing"], swiftSettings: settings
    ),
    .target(
      name: "EventSpecCLI",
      dependencies: [
        "EventSpec", "EventSpecREPL", "Gherkin",
        .target(name: "EventSourcingSQLite", condition: .when(traits: ["SQLite"])),
        .target(name: "EventSourcingPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // The example domains, and the tool over them.
    .target(name: "Ordering", dependencies: ["EventSourcing"], path: "examples/Ordering", swiftSettings: settings),
    .target(name: "Banking", dependencies: ["EventSourcing"], path: "examples/Banking", swiftSettings: settings),
    .target(name: "Lending", dependencies: ["EventSourcing"], path: "examples/Lending", swiftSettings: settings),
    .executableTarget(
      name: "EventSpecTool",
      dependencies: ["EventSpecCLI", "Ordering", "Banking", "Lending"],
      swiftSettings: settings),

    .testTarget(name: "GherkinTests", dependencies: ["Gherkin"], swiftSettings: settings),
    .testTarget(
      name: "EventSourcingTests",
      dependencies: ["EventSourcing", "EventSourcingTesting", "Ordering", "Banking", "Lending"],
      swiftSettings: settings),
    // What the stores' tests have in common, and a process that they start and kill.
    .target(
      name: "DurableStoreChecks",
      dependencies: [
        "EventSourcing", .target(name: "EventSourcingPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
      ],
      path: "Tests/DurableStoreChecks",
      swiftSettings: settings),
    .target(
      name: "StoreExpectations", dependencies: ["EventSourcing"], path: "Tests/StoreExpectations",
      swiftSettings: settings),
    .executableTarget(
      name: "StoreLoadClient",
      dependencies: [
        "EventSourcing", "DurableStoreChecks",
        .target(name: "EventSourcingSQLite", condition: .when(traits: ["SQLite"])),
        .target(name: "EventSourcingPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
      ],
      path: "Tests/StoreLoadClient", swiftSettings: settings),
    .testTarget(
      name: "EventSourcingSQLiteTests",
      dependencies: [
        "EventSourcingSQLite", "EventSourcingTesting", "Ordering", "DurableStoreChecks", "StoreExpectations",
        "StoreLoadClient",
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
      ],
      exclude: ["Fixtures"], swiftSettings: settings),
    .testTarget(
      name: "EventSourcingPostgreSQLTests",
      dependencies: [
        "EventSourcingPostgreSQL", "EventSourcingTesting", "Ordering", "DurableStoreChecks", "StoreExpectations",
        "StoreLoadClient",
        .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "EventSpecTests", dependencies: ["EventSpec", "EventSpecTesting", "Ordering", "Banking", "Lending"],
      swiftSettings: settings),
    .testTarget(
      name: "EventSpecREPLTests",
      dependencies: [
        "EventSpecREPL", "LineEditorProbe", "EventSpecTool", "DurableStoreChecks", "Ordering", "Banking", "Lending",
        .target(name: "EventSourcingSQLite", condition: .when(traits: ["SQLite"])),
        .target(name: "EventSourcingPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
      ],
      exclude: ["Transcripts"], swiftSettings: settings),
    .testTarget(
      name: "EventSpecCLITests",
      dependencies: [
        "EventSpecCLI", "EventSpecTool", "LineEditorProbe", "DurableStoreChecks", "Ordering", "Banking", "Lending",
        .target(name: "EventSourcingSQLite", condition: .when(traits: ["SQLite"])),
        .target(name: "EventSourcingPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
