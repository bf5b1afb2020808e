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
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      current.reserveCapacity(right.count + 1)
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
