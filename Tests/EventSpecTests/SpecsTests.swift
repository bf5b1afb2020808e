import Banking
import EventSourcing
import EventSpecTesting
import Lending
import Ordering
import Testing
import XCTest

private let examples = Domain.merging([ordering, banking, lending])

@Suite("The specs of the example domains")
struct SpecsTests {
  @Test("hold", arguments: SpecCase.all(in: "specs", domain: examples))
  func specs(_ spec: SpecCase) async throws { try await spec.check() }
}

final class SpecsUnderXCTest: SpecTestCase {
  func testSpecsHold() async { await XCTSpecs.check(in: "specs", domain: examples, for: self) }
}
