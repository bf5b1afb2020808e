#if SQLite
  /// The tables of a store, as they are written in SQL.
  ///
  /// The prefix is the only text that is ever put into a statement, quoted as part of an identifier.
  struct SQLiteTables: Sendable {
    let prefix: String

    var versions: String { quoted("schema_version") }
    var streams: String { quoted("streams") }
    var events: String { quoted("events") }
    var snapshots: String { quoted("snapshots") }
    var views: String { quoted("views") }
    var viewRows: String { quoted("view_rows") }
    var readableEvents: String { quoted("readable_events") }

    /// A name with the prefix, in double quotes.
    func quoted(_ name: String) -> String {
      var text = "\""
      for scalar in (prefix + name).unicodeScalars where scalar.value != 0 {
        if scalar == "\"" { text += "\"" }
        text.unicodeScalars.append(scalar)
      }
      return text + "\""
    }
  }
#endif
