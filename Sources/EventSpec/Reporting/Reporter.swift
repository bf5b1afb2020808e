/// Something that tells people or programs of a run, as it goes on.
///
/// A reporter takes events one by one and hands text to a closure; it knows nothing of files and terminals, and keeps
/// no more of a run than a bounded part, however long the run is.
public protocol Reporter: Sendable {
  /// What must be in the events for it, beside what is always there.
  var needs: ReportNeeds { get }

  /// Takes the next event.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - write: Takes text to be written, in UTF-8, in order.
  mutating func report(_ event: RunEvent, write: (String) -> Void)
}

/// What a reporter needs beside what is always in the events; what nobody needs is not made.
public struct ReportNeeds: OptionSet, Sendable {
  /// The needs as bits.
  public let rawValue: Int

  /// Makes needs of bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The steps of scenarios that passed; those of others are always there.
  public static let passedSteps = ReportNeeds(rawValue: 1)
  /// The bytes of the files.
  public static let content = ReportNeeds(rawValue: 2)
  /// How long each scenario took.
  public static let times = ReportNeeds(rawValue: 4)
}
