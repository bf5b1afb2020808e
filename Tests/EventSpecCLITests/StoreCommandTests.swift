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
        #expect(await ToolCall.run("store", "import", "--store", store, "--mapping", "marten").code == 64)
      }
    }
  }
#endif
