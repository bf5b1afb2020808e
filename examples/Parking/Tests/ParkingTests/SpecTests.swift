import EventSourcing
import EventSpecTesting
import Parking
import Testing

@Suite struct SpecTests {
  @Test("Specs", arguments: SpecCase.all(in: "specs", domain: parking))
  func spec(_ spec: SpecCase) async throws { try await spec.check() }

  @Test func `nothing is due on a ticket that was paid a moment ago`() async {
    let start = Date(timeIntervalSince1970: 1_750_000_000)
    await Scenario(of: Ticket.self)
      .given(time: start)
      .given(.ticketDrawn(plate: "AA 1234 BB", at: start))
      .given(.ticketPaid(amount: 2, leaveBefore: start + 900))
      .when(.payTicket(amount: 2))
      .then(throws: TicketError.nothingToPay)
      .verify()
  }
}
