import EventSpecTesting
import Parking
import Testing

@Suite struct SpecTests {
  @Test(arguments: SpecCase.all(in: "specs", domain: parking))
  func spec(_ spec: SpecCase) async throws { try await spec.check() }

  @Test func `a ticket that is paid twice costs nothing the second time`() async throws {
    try await Scenario(of: Ticket.self)
      .when(.drawTicket(plate: "AA 1234 BB"))
      .when(.payTicket(amount: 2))
      .when(.payTicket(amount: 2))
      .then(throws: TicketError.nothingToPay)
      .check()
  }
}
