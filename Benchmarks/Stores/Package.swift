// swift-tools-version: 6.2
import PackageDescription

// A package of its own: only these benchmarks need libpq and SQLite.
let package = Package(
  name: "StoreBenchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "EventSpec", path: "../..", traits: ["SQLite", "PostgreSQL"])],
  targets: [
    .systemLibrary(name: "CLibPQ", path: "CLibPQ", pkgConfig: "libpq"),
    .systemLibrary(name: "CLibSQLite", path: "CLibSQLite", pkgConfig: "sqlite3"),
    .target(name: "RawStores", dependencies: ["CLibPQ", "CLibSQLite"], path: "RawStores"),
    .executableTarget(
      name: "store-benchmark",
      dependencies: [
        "RawStores",
        .product(name: "EventSourcing", package: "EventSpec"),
        .product(name: "EventSourcingSQLite", package: "EventSpec"),
        .product(name: "EventSourcingPostgreSQL", package: "EventSpec"),
      ],
      path: "StoreBenchmark"),
  ],
  swiftLanguageModes: [.v6]
)
