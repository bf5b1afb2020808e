package import EventSourcing

/// An event or command of some aggregate with its coded form, checked once and shared from then on.
///
/// Nothing in it changes after it was made, neither here nor in its only subclass.
package class CodedMessage: @unchecked Sendable {
  /// The aggregate's index in the domain.
  package let aggregate: Int
  /// The case's index in the message type's schema.
  package let caseIndex: Int
  /// The bare payload in coded form.
  package let coded: DynamicRecord
  /// What is wrong with it.
  package let findings: [Finding]

  init(aggregate: Int, caseIndex: Int, coded: DynamicRecord, findings: [Finding]) {
    self.aggregate = aggregate
    self.caseIndex = caseIndex
    self.coded = coded
    self.findings = findings
  }

  /// The message without its type.
  package var erased: any DomainMessage { UndeclaredError.undeclared }
}

/// A message with its type.
final class TypedMessage<Message: DomainMessage>: CodedMessage, @unchecked Sendable {
  let value: Message

  init(_ value: Message, aggregate: Int, caseIndex: Int, coded: DynamicRecord, findings: [Finding]) {
    self.value = value
    super.init(aggregate: aggregate, caseIndex: caseIndex, coded: coded, findings: findings)
  }

  override var erased: any DomainMessage { value }
}
