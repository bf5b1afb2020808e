internal import Dispatch
internal import EventSpec
internal import Synchronization

/// What is said to a Ctrl-C that does not stop what runs.
final class Interrupts: Sendable {
  private let count = Mutex(0)

  /// What runs has ended.
  func end() { count.withLock { $0 = -1 } }

  /// Says what further ones do: after the first one as soon as it shows that it stopped nothing.
  ///
  /// - Parameters:
  ///   - number: How many there have been.
  ///   - patience: How many of them end the process.
  ///   - recovery: Where the session is kept then.
  func explain(_ number: Int, of patience: Int, _ recovery: RecoveryFile?) {
    count.withLock { if $0 >= 0 { $0 = number } }
    let left = patience - number
    let text = """

      What runs takes no notice of Ctrl-C. \(left == 1 ? "One more ends" : "\(left) more end") the REPL\
      \(recovery.map { " and keep\(left == 1 ? "s" : "") the session in \($0.path)" } ?? "").

      """
    DispatchQueue.global().asyncAfter(deadline: .now() + (number == 1 ? 1 : 0)) { [self] in
      count.withLock { count in
        guard count == number else { return }
        _ = AnswerWriter.descriptor(2)(Array(TerminalText(escapingLines: text).description.utf8))
      }
    }
  }
}
