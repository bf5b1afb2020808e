/// One thing that every store of a kind must do.
///
/// It depends on no test framework. Under Swift Testing:
///
/// ```swift
/// @Test(arguments: EventStoreContract.checks)
/// func contract(check: EventStoreContract.Check) async throws {
///   try await check.run { try await MyStore.empty() }
/// }
/// ```
public struct ContractCheck<Store>: Sendable, CustomStringConvertible {
  /// What the store must do, as a sentence.
  public let description: String
  private let body: @Sendable (Store, inout SeededGenerator) async throws -> Void

  init(_ description: String, _ body: @escaping @Sendable (Store, inout SeededGenerator) async throws -> Void) {
    self.description = description
    self.body = body
  }

  /// Checks a store.
  ///
  /// - Parameters:
  ///   - seed: What random choices follow from; a violation names it.
  ///   - makeStore: Makes an empty store.
  /// - Throws: ``ContractViolation`` where the store does not do so, and whatever the store throws unasked.
  public func run(
    seed: UInt64 = .random(in: .min ... .max), _ makeStore: () async throws -> Store
  ) async throws {
    var generator = SeededGenerator(seed: seed)
    let store = try await makeStore()
    do {
      try await body(store, &generator)
    } catch let violation as ContractViolation {
      throw ContractViolation(check: description, message: violation.message, seed: seed)
    } catch {
      throw ContractViolation(check: description, message: "the store threw \(error)", seed: seed)
    }
  }
}

/// What a store did not do as it must.
public struct ContractViolation: Error, Sendable, CustomStringConvertible {
  /// What the store must do.
  public let check: String
  /// What it did instead.
  public let message: String
  /// What random choices followed from, to repeat them.
  public let seed: UInt64

  init(check: String = "", message: String, seed: UInt64 = 0) {
    self.check = check
    self.message = message
    self.seed = seed
  }

  /// What a person reads.
  public var description: String { "\(check): \(message) (seed \(seed))" }
}

/// Random numbers that follow from a seed.
struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  // SplitMix64 (Steele, Lea, Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
  guard condition else { throw ContractViolation(message: message()) }
}

func requireEqual<Value: Equatable>(_ actual: Value, _ expected: Value, _ what: @autoclosure () -> String) throws {
  guard actual == expected else {
    throw ContractViolation(message: "\(what()): expected \(expected), got \(actual)")
  }
}
