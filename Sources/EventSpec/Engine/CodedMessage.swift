package import EventSourcing
import Synchronization

/// An event or command of some aggregate, checked once and shared from then on.
///
/// Nothing in it changes after it was made but the coded form, which may be made when somebody asks.
package class CodedMessage: @unchecked Sendable {
  /// The aggregate's index in the domain.
  package let aggregate: Int
  /// The case's index in the message type's schema.
  package let caseIndex: Int
  /// What is wrong with it.
  package let findings: [Finding]

  init(aggregate: Int, caseIndex: Int, findings: [Finding]) {
    self.aggregate = aggregate
    self.caseIndex = caseIndex
    self.findings = findings
  }

  /// The bare payload in coded form.
  package var coded: DynamicRecord { DynamicRecord() }
  /// The message without its type.
  package var erased: any DomainMessage { UndeclaredError.undeclared }
}

/// A message with its type.
///
/// Sendable unchecked, as every coded message is.
final class TypedMessage<Message: DomainMessage>: CodedMessage, @unchecked Sendable {
  let value: Message
  private let runtime: MessageRuntime<Message>
  private let payload: Mutex<DynamicRecord?>

  /// Makes a message.
  ///
  /// - Parameters:
  ///   - value: The message.
  ///   - runtime: Codes it.
  ///   - aggregate: The aggregate's index in the domain.
  ///   - caseIndex: The case's index in the schema.
  ///   - coded: The payload in coded form; nil where it is coded when somebody asks, which must not fail.
  ///   - findings: What is wrong with it.
  required init(
    _ value: Message, of runtime: MessageRuntime<Message>, aggregate: Int, caseIndex: Int, coded: DynamicRecord?,
    findings: [Finding]
  ) {
    self.value = value
    self.runtime = runtime
    payload = Mutex(coded)
    super.init(aggregate: aggregate, caseIndex: caseIndex, findings: findings)
  }

  override var coded: DynamicRecord {
    payload.withLock { payload in
      if let payload { return payload }
      let made = (try? runtime.codec.encode(value)) ?? DynamicRecord()
      payload = made
      return made
    }
  }

  override var erased: any DomainMessage { value }
}
