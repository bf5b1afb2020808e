#if PostgreSQL
  /// The tables of a store, as they are written in SQL.
  ///
  /// The schema's name is the only text that is ever put into a statement, quoted as an identifier; everything else is
  /// a parameter.
  struct SchemaNames: Sendable {
    /// The schema's name as it is.
    let name: String
    /// The schema's name, quoted.
    let schema: String

    /// Quotes a schema's name.
    init(_ name: String) {
      self.name = name
      schema = Self.quoted(name)
    }

    var versions: String { schema + ".schema_version" }
    var counters: String { schema + ".counters" }
    var streams: String { schema + ".streams" }
    var events: String { schema + ".events" }
    var snapshots: String { schema + ".snapshots" }
    var views: String { schema + ".views" }
    var viewRows: String { schema + ".view_rows" }
    /// The channel on which appends are told.
    var channel: String { "eventsourcing_" + name }

    /// A name as an identifier: in double quotes, with quotes in it doubled and U+0000 left out.
    static func quoted(_ name: String) -> String {
      var text = "\""
      for scalar in name.unicodeScalars where scalar.value != 0 {
        if scalar == "\"" { text += "\"" }
        text.unicodeScalars.append(scalar)
      }
      return text + "\""
    }
  }
#endif
