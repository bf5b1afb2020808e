/// The search through a history that Ctrl-R starts.
struct HistorySearch {
  /// What is looked for; letters match in either case unless one of them is a capital.
  private(set) var query = ""
  /// The index of the entry that was found last.
  private(set) var match: Int?
  /// Whether the last attempt found nothing.
  private(set) var isFailing = false
  /// The text to go back to if the search is given up.
  let original: String

  init(original: String) {
    self.original = original
  }

  /// Lengthens the query; the current match stays as long as it fits.
  mutating func append(_ scalar: Unicode.Scalar, in entries: [String]) {
    query.unicodeScalars.append(scalar)
    find(from: match ?? entries.count - 1, step: -1, in: entries)
  }

  /// Shortens the query and begins anew at the latest entry.
  mutating func removeLast(in entries: [String]) {
    guard !query.isEmpty else { return }
    query.removeLast()
    match = nil
    isFailing = false
    if !query.isEmpty { find(from: entries.count - 1, step: -1, in: entries) }
  }

  /// Goes on to the next older (-1) or newer (1) entry.
  mutating func advance(_ step: Int, in entries: [String]) {
    guard !query.isEmpty else { return }
    find(from: match.map { $0 + step } ?? entries.count - 1, step: step, in: entries)
  }

  private mutating func find(from start: Int, step: Int, in entries: [String]) {
    let matchesCase = query.contains(where: \.isUppercase)
    let wanted = matchesCase ? query : query.lowercased()
    let current = match.flatMap { entries.indices.contains($0) ? entries[$0] : nil }
    var index = start
    while entries.indices.contains(index) {
      let entry = matchesCase ? entries[index] : entries[index].lowercased()
      // An entry that looks like the one already shown would look as if the key had done nothing.
      if entry.contains(wanted), index == start && index == match || entries[index] != current {
        match = index
        isFailing = false
        return
      }
      index += step
    }
    isFailing = true
  }
}
