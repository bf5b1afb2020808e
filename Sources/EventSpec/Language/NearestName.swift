internal import EventSourcing

/// The known name that a wrong one was most likely meant to be.
package enum NearestName {
  /// Finds the name with the fewest edits.
  ///
  /// - Parameters:
  ///   - name: The name that is not known.
  ///   - candidates: The names that are.
  /// - Returns: The nearest one, nil where all of them are further away than a third of the name.
  /// - Complexity: O(*n* · *m* · *k*) for *k* candidates of *m* bytes; names above 100 bytes are cut.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(NormalizedName.fold(name.utf8.prefix(100)).utf8)
    guard !wanted.isEmpty else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let known = Array(NormalizedName.fold(candidate.utf8.prefix(100)).utf8)
      var limit = max(1, max(wanted.count, known.count) / 3)
      // What only adds to a name, or takes away from it, is nearer than the count of edits says.
      let isPart = wanted.count >= 3 && (known.starts(with: wanted) || known.reversed().starts(with: wanted.reversed()))
      if isPart { limit = known.count }
      let distance = isPart ? limit.signum() : self.distance(wanted, known)
      if distance <= limit,
        distance < best?.distance ?? .max || (distance == best?.distance && candidate < best?.name ?? "")
      {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours between two texts.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int { EditDistance.between(left, right) }
}
