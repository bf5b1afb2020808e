import Foundation

/// Measures two sides in turn and prints the medians with their ratio, beside a figure of the peer where there is one.
struct Comparison {
  /// The Python package's figures by the measure's key.
  var peer: [String: Double] = [:]
  /// How often both sides are measured.
  var rounds = 5

  /// Reads lines of a key and a figure.
  init(peerFile: String?) throws {
    guard let peerFile else { return }
    for line in try String(contentsOfFile: peerFile, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if let key = words.first, let figure = words.last.flatMap({ Double($0) }) { peer[String(key)] = figure }
    }
  }

  /// Measures.
  ///
  /// - Parameters:
  ///   - title: What is measured.
  ///   - bar: The least percentage of the plain loop's rate.
  ///   - raw: Gives the plain loop's rate.
  ///   - ours: Gives the store's rate.
  nonisolated(nonsending) func plain(
    _ title: String, bar: Int?, raw: () -> Double, ours: () async throws -> Double
  ) async rethrows {
    var rates: (raw: [Double], ours: [Double]) = ([], [])
    for _ in 0..<rounds {
      rates.raw.append(raw())
      rates.ours.append(try await ours())
    }
    let (rawRate, ourRate) = (median(rates.raw), median(rates.ours))
    let ratio = ourRate / rawRate * 100
    let verdict = bar.map { ", bar \($0) %" + (ratio >= Double($0) ? "" : "   MISSED") } ?? ""
    print("\(padded(title)) plain \(text(rawRate))  ours \(text(ourRate))  \(Int(ratio.rounded())) %" + verdict)
    if ProcessInfo.processInfo.environment["ROUNDS"] != nil {
      print("    plain \(rates.raw.map { Int($0) })  ours \(rates.ours.map { Int($0) })")
    }
  }

  /// Measures one side against the peer's figure.
  nonisolated(nonsending) func peer(
    _ key: String, _ title: String, ours: () async throws -> Double
  ) async rethrows {
    guard let figure = peer[key] else { return }
    var rates: [Double] = []
    for _ in 0..<3 { rates.append(try await ours()) }
    let ratio = median(rates) / figure
    print(
      "\(padded(title)) peer \(text(figure))  ours \(text(median(rates)))  \((ratio * 10).rounded() / 10) times, "
        + "bar 5" + (ratio >= 5 ? "" : "   MISSED"))
  }

  private func median(_ rates: [Double]) -> Double { rates.sorted()[rates.count / 2] }
  private func text(_ rate: Double) -> String { rate.isNaN ? "failed" : String(Int(rate)) }
  private func padded(_ title: String) -> String { title.padding(toLength: 46, withPad: " ", startingAt: 0) }
}
