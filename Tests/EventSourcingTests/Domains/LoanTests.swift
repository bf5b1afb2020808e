import Banking
import EventSourcing
import Lending
import Testing

@Suite struct LoanTests {
  let id = UUID()
  let start = Date(timeIntervalSince1970: 0)

  private func decide(_ command: Loan.Command, after history: [Loan.Event], day: Double) throws -> [Loan.Event] {
    var loan = LoadedAggregate<Loan>(id: id, history: history)
    let now = start.addingTimeInterval(day * 86_400)
    return try loan.handle(command, in: CommandContext(id: id, now: now, identities: { UUID() }))
  }

  private func day(_ number: Double) -> Date { start.addingTimeInterval(number * 86_400) }

  private var borrowed: Loan.Event {
    .bookBorrowed(loanID: id, title: "Emma", reader: id, borrowedAt: start, dueAt: day(14))
  }

  @Test(arguments: [(13, 0), (14, 0), (14.01, 0.5), (15, 0.5), (15.5, 1)])
  func `a late return costs for each day that has begun`(day: Double, fee: Decimal) throws {
    #expect(
      try decide(.returnBook, after: [borrowed], day: day)
        == [.bookReturned(loanID: id, returnedAt: self.day(day), fee: fee)])
  }

  @Test func `a loan is extended twice, and not once it is due`() throws {
    let extended = try decide(.extendLoan(days: 7), after: [borrowed], day: 10)
    #expect(extended == [.loanExtended(loanID: id, dueAt: day(21))])
    let twice = [borrowed, extended[0], .loanExtended(loanID: id, dueAt: day(28))]
    #expect(throws: LoanError.tooManyExtensions) { try decide(.extendLoan(days: 7), after: twice, day: 20) }
    #expect(throws: LoanError.loanIsOverdue(since: day(14))) {
      try decide(.extendLoan(days: 7), after: [borrowed], day: 15)
    }
  }

  @Test func `a reminder that comes early or twice does nothing`() throws {
    #expect(try decide(.markOverdue, after: [borrowed], day: 13).isEmpty)
    #expect(
      try decide(.markOverdue, after: [borrowed, .loanBecameOverdue(loanID: id, since: day(14))], day: 15).isEmpty)
  }

  @Test func `the domains can be used`() throws {
    try lending.validate()
    try banking.validate()
  }
}
