/// The texts entered so far, those of earlier sessions included.
package final class LineHistory {
  /// The number of entries that are remembered.
  package static let limit = 5_000

  /// The entries, oldest first.
  package private(set) var entries: [String]
  /// Why the file could not be written, the last time that it could not.
  package private(set) var failure: String?

  private let file: HistoryFile?
  private var position: Int
  private var draft = ""

  /// Makes a history.
  ///
  /// - Parameter file: Where to keep it; `nil` keeps it in memory only.
  package init(file: HistoryFile? = nil) {
    self.file = file
    entries = file?.load(limit: Self.limit) ?? []
    position = entries.count
  }

  /// Adds a text, unless it is blank or the same as the last one.
  package func add(_ text: String) {
    defer { rewind() }
    guard text.contains(where: { !$0.isWhitespace }), text != entries.last else { return }
    entries.append(text)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    do throws(HistoryFile.Failure) {
      try file?.append(text)
    } catch {
      failure = error.description
    }
  }

  /// Goes back to the end, where a new text is typed.
  func rewind() {
    position = entries.count
    draft = ""
  }

  /// The entry before the current one; what is being typed is kept for the way back.
  func previous(leaving text: String) -> String? {
    guard position > 0 else { return nil }
    if position == entries.count { draft = text }
    position -= 1
    return entries[position]
  }

  /// The entry after the current one, in the end what was being typed.
  func next() -> String? {
    guard position < entries.count else { return nil }
    position += 1
    return position == entries.count ? draft : entries[position]
  }

  /// Makes an entry the current one, as if it had been reached by going back.
  func go(to index: Int, leaving text: String) {
    guard entries.indices.contains(index) else { return }
    if position == entries.count { draft = text }
    position = index
  }
}
