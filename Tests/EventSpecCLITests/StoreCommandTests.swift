import EventSourcing
import Testing

#if SQLite
  @Suite struct StoreCommandTests {
    @Test("events go through a file into another store, and an import of other events is refused")
    func transfer() async throws {
      let lines = (1...3).map { number in
        """
        {"position":"\(number)","stream":"order-a","version":\(number),"id":"6f0b1e0c-58f4-4d3f-9d52-00000000000\(number)",\
        "type":"Tested","occurredAt":"2026-01-02T03:04:05Z","payload":{"n":\(number)}}

        """
      }
      try await SpecFolder.with([
        "in.ndjson": lines.joined(), "other.ndjson": lines[0].replacing("Tested", with: "Else"),
      ]) {
        folder in
        let store = "sqlite:" + folder("x.db")
        let imported = await ToolCall.run("store", "import", "--store", store, folder("in.ndjson"))
        #expect(imported.code == 0)
        #expect(imported.error.contains("3 events imported"))
        let again = await ToolCall.run("store", "import", "--store", store, folder("in.ndjson"))
        #expect(again.error.contains("0 events imported, 3 were there already"))
        let exported = await ToolCall.run("store", "export", "--store", store, folder("out.ndjson"))
        #expect(exported.code == 0)
        let other = "sqlite:" + folder("y.db")
        _ = await ToolCall.run("store", "import", "--store", other, folder("out.ndjson"))
        _ = await ToolCall.run("store", "export", "--store", other, folder("again.ndjson"))
        #expect(folder.content("again.ndjson") == folder.content("out.ndjson"))
        #expect(folder.content("out.ndjson").split(separator: "\n").count == 3)
        let refused = await ToolCall.run("store", "import", "--store", store, folder("other.ndjson"))
        #expect(refused.code == 2)
        #expect(refused.error.contains("holds other events"))
      }
    }

    @Test("what cannot be opened or read says why")
    func errors() async throws {
      try await SpecFolder.with(["bad.ndjson": "{\"stream\":1}\n", "map.json": "[]"]) { folder in
        let store = "sqlite:" + folder("x.db")
        for (arguments, part) in [
          (["store", "export", "--store", "sqlite:" + folder("none.db")], "cannot be opened"),
          (["store", "import", "--store", store, folder("none.ndjson")], "cannot be opened"),
          (["store", "import", "--store", store, folder("bad.ndjson")], "line 1"),
          (["store", "import", "--store", store, "--from", store, "--mapping", folder("map.json")], "mapping"),
          (["store", "import", "--store", store, "--from", store, "--mapping", "marten"], "mt_events"),
        ] {
          let call = await ToolCall.run(arguments)
          #expect(call.code == 2)
          #expect(call.error.contains(part), "\(call.error)")
        }
        for (arguments, part) in [
          (["import", "--store", store, "--mapping", "marten"], "'--from' as well"),
          (["import", "--store", store, "--from", store, folder("bad.ndjson")], "not from both"),
          (["import", "--store", "memory", folder("bad.ndjson")], "gone when the import is"),
          (["import", "--store", store, "--from", "memory"], "holds nothing"),
          (["import", "--store", store, "--table", "t"], "'--mapping' as well"),
          (["export", "--store", "memory"], "holds nothing"),
        ] {
          let call = await ToolCall.run(["store"] + arguments)
          #expect(call.code == 64)
          #expect(call.error.contains(part), "\(call.error)")
        }
      }
    }

    @Test("a mapping without a time is told of, one with a wrong key is refused, and the keys stand in the help")
    func mapping() async throws {
      let mapping =
        #"{"table":"events","stream":"stream","version":"version","position":"position","type":"type","payload":"payload"}"#
      let event =
        #"{"stream":"a","version":1,"id":"6f0b1e0c-58f4-4d3f-9d52-000000000001","type":"T","occurredAt":"2026-01-02T03:04:05Z","payload":{}}"#
      try await SpecFolder.with([
        "in.ndjson": event + "\n", "map.json": mapping, "tiem.json": mapping.replacing("}", with: #","tiem":"at"}"#),
      ]) { folder in
        let source = "sqlite:" + folder("x.db")
        _ = await ToolCall.run("store", "import", "--store", source, folder("in.ndjson"))
        let arguments = ["store", "import", "--store", "sqlite:" + folder("y.db"), "--from", source, "--mapping"]
        let refused = await ToolCall.run(arguments + [folder("tiem.json")])
        #expect(refused.code == 2)
        #expect(refused.error.contains("there is no key 'tiem'; did you mean 'time'?"), "\(refused.error)")
        let told = await ToolCall.run(arguments + [folder("map.json")])
        #expect(told.code == 0)
        #expect(told.error.contains("all events are of 1970-01-01"), "\(told.error)")
      }
      let help = await ToolCall.run("store", "import", "--help").output
      for key in ForeignMapping.keys { #expect(help.contains("  \(key.name) "), "\(key.name)") }
    }

    @Test("what a run cannot open is said once, before anything runs")
    func unopened() async throws {
      try await SpecFolder.with(["a.feature": Specs.passing]) { folder in
        for (file, reason) in [
          ("/nonexistent/x.db", "there is no folder '/nonexistent'"), (folder.path, "it is a folder"),
          (folder("a.feature/x.db"), "is no folder"),
        ] {
          let call = await ToolCall.run("run", folder("a.feature"), "--store", "sqlite:" + file)
          #expect(call.code == 2)
          #expect(call.output.isEmpty)
          #expect(call.error.contains(reason) && call.error.contains("'\(file)' cannot be opened"), "\(call.error)")
        }
      }
    }
  }
#endif
