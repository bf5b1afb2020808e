public import EventSourcing

/// The domain, as tools and tests take it.
public let banking = Domain("Banking") {
  Account.self
  Transfer.self
  TransferProcess.self
  AccountStatement.self
}
