import ArgumentParser
import EventSpec

/// `--order`.
enum OrderArgument {
  case defined
  case random(seed: UInt64?)

  /// Reads the option's value.
  init(_ text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("defined", 1): self = .defined
    case ("random", 1): self = .random(seed: nil)
    case ("random", 2):
      guard let seed = UInt64(parts[1]) else {
        throw ValidationError("the seed '\(parts[1])' is no whole number from 0 to \(UInt64.max)")
      }
      self = .random(seed: seed)
    default: throw ValidationError("expected 'defined', 'random' or 'random:SEED'")
    }
  }

  /// The order, with a seed of its own where none was given.
  var order: RunOptions.Order {
    switch self {
    case .defined: .defined
    case .random(let seed): .random(seed: seed ?? UInt64.random(in: 1...999_999))
    }
  }
}
