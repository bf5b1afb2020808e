import Testing

@Suite("eventspec run")
struct RunCommandTests {
  @Test(
    "exits 0, 1 or 2, and ends with the sum",
    arguments: [
      (["a": Specs.passing], 0, "2 passed, 0 failed"), (["a": Specs.failing], 1, "0 passed, 1 failed"),
      (["a": Specs.unknown], 2, "1 passed, 1 failed"), (["a": Specs.undefined], 2, "0 passed, 1 failed"),
      (["a": Specs.broken], 2, "0 passed, 1 failed"),
      (["a": Specs.passing, "b": Specs.failing, "c": Specs.broken], 2, "2 passed, 2 failed"),
      (["a": "@skip\n" + Specs.failing, "b": Specs.passing], 0, "2 passed, 0 failed, 1 skipped"),
      (["a": "@skip\n" + Specs.unknown], 0, "0 passed, 0 failed, 2 skipped"),
      (["a": "@wip\n" + Specs.failing], 0, "1 passed, 0 failed"),
      (["a": "@wip\n" + Specs.passing], 1, "0 passed, 2 failed"),
      (["a": "Feature: Empty\n"], 2, "0 passed, 0 failed"), (["a": ""], 2, "0 passed, 0 failed"),
    ] as [([String: String], Int32, String)])
  func exitCodes(files: [String: String], code: Int32, last: String) async throws {
    let named = Dictionary(uniqueKeysWithValues: files.map { ("specs/\($0).feature", $1) })
    try await SpecFolder.with(named) { folder in
      for format in ["pretty", "progress"] {
        let call = await ToolCall.run("run", folder.path, "--format", format)
        #expect(call.code == code)
        #expect(call.lines.last == last)
      }
    }
  }

  @Test(
    "exits 64 where the call is wrong, and says why",
    arguments: [
      (["run", "--nonsense"], "--nonsense"), (["run", "--jobs", "0"], "whole number from 1"),
      (["run", "--jobs", "many"], "many"), (["run", "--format", "pdf"], "expected one of pretty, progress, junit"),
      (["run", "--format", "junit="], "expected a file"), (["run", "--tags", "@a or"], "expected a tag behind 'or'"),
      (["run", "--name", "("], "'('"), (["run", "--order", "backwards"], "'random:SEED'"),
      (["run", "--order", "random:x"], "no whole number"), (["run", "--store", "paper"], "'sqlite:FILE'"),
      (["run", "--store", "sqlite:"], "expected a file"), (["run", "--color", "red"], "red"),
      (["run", "--format", "junit", "--format", "json"], "standard output"), (["nonsense"], "nonsense"),
    ])
  func usage(arguments: [String], message: String) async {
    let call = await ToolCall.run(arguments)
    #expect(call.code == 64)
    #expect(call.error.contains(message), "\(call.error)")
    #expect(call.output.isEmpty)
  }

  @Test("says what is not there, and runs the rest")
  func missing() async throws {
    try await SpecFolder.with(["specs/a.feature": Specs.passing]) { folder in
      let call = await ToolCall.run("run", folder("nowhere"), folder("specs"))
      #expect(call.code == 2)
      #expect(call.error.contains("there is no file or folder '\(folder("nowhere"))'"))
      #expect(call.lines.last == "2 passed, 0 failed")
    }
  }

  @Test("chooses scenarios by line, tag and name")
  func selection() async throws {
    try await SpecFolder.with(["a.feature": Specs.passing]) { folder in
      let file = folder("a.feature")
      #expect(await ToolCall.run("run", file + ":4").lines.last == "1 passed, 0 failed")
      #expect(await ToolCall.run("run", file + ":4:5", file + ":8").lines.last == "2 passed, 0 failed")
      #expect(await ToolCall.run("run", file, "--tags", "@slow and not @fast").output.contains("Not created twice"))
      #expect(await ToolCall.run("run", file, "--name", "^Created$").lines.last == "1 passed, 0 failed")
      let none = await ToolCall.run("run", file, "--name", "Nobody", "--tags", "@fast")
      #expect(none.code == 2)
      #expect(none.error.contains("no scenario matches the tags '@fast' and the name 'Nobody'"))
      let line = await ToolCall.run("run", file + ":99")
      #expect(line.code == 2)
      #expect(line.error.contains("no scenario stands at line 99"))
    }
  }

  @Test("stops at the first failure where that is asked for")
  func failFast() async throws {
    let files = ["a.feature": Specs.passing, "b.feature": Specs.failing, "c.feature": Specs.failing]
    try await SpecFolder.with(files) { folder in
      let call = await ToolCall.run("run", folder.path, "--fail-fast")
      #expect(call.code == 1)
      #expect(call.lines.last == "2 passed, 1 failed")
      #expect(await ToolCall.run("run", folder.path).lines.last == "2 passed, 2 failed")
    }
  }

  @Test("shuffles in a way that the printed seed repeats")
  func order() async throws {
    let files = Dictionary(uniqueKeysWithValues: (1...9).map { ("\($0).feature", Specs.passing) })
    try await SpecFolder.with(files) { folder in
      let first = await ToolCall.run("run", folder.path, "--order", "random:42")
      #expect(first.lines.first == "Scenarios in random order, seed 42")
      #expect(first.output == (await ToolCall.run("run", folder.path, "--order", "random:42")).output)
      #expect(first.lines.last == "18 passed, 0 failed")
      let other = await ToolCall.run("run", folder.path, "--order", "random")
      #expect(other.lines.first?.hasPrefix("Scenarios in random order, seed ") == true)
    }
  }

  @Test("reports the same in the same order, however many scenarios run at once")
  func jobs() async throws {
    let files = Dictionary(
      uniqueKeysWithValues: (1...40).map { ("\($0).feature", $0 % 3 == 0 ? Specs.failing : Specs.passing) })
    try await SpecFolder.with(files) { folder in
      let alone = await ToolCall.run("run", folder.path, "--jobs", "1")
      #expect(await ToolCall.run("run", folder.path, "--jobs", "7").output == alone.output)
    }
  }

  @Test("writes several reports, each to its file")
  func reports() async throws {
    try await SpecFolder.with(["a.feature": Specs.failing]) { folder in
      let call = await ToolCall.run(
        "run", folder("a.feature"), "--format", "junit=\(folder("j.xml"))", "--format", "progress", "--format",
        "messages=\(folder("m.ndjson"))")
      #expect(call.code == 1)
      #expect(call.lines.last == "0 passed, 1 failed")
      #expect(folder.content("j.xml").contains("<testcase "))
      #expect(folder.content("m.ndjson").contains("\"testRunFinished\""))
      let deep = await ToolCall.run("run", folder("a.feature"), "--format", "json=\(folder("made/for/it.json"))")
      #expect(deep.code == 1)
      #expect(folder.content("made/for/it.json").hasPrefix("{"))
      let unwritable = await ToolCall.run("run", folder("a.feature"), "--format", "json=\(folder("j.xml/where.json"))")
      #expect(unwritable.code == 2)
      #expect(unwritable.error.contains("cannot be written: "))
    }
  }

  @Test("colours reports when told to")
  func color() async throws {
    try await SpecFolder.with(["a.feature": Specs.failing]) { folder in
      #expect(await ToolCall.run("run", folder.path, "--color", "always").output.contains("\u{1B}[31m"))
      #expect(!(await ToolCall.run("run", folder.path)).output.contains("\u{1B}"))
      #expect(!(await ToolCall.run("run", folder.path, "--color", "never", isTerminal: true)).output.contains("\u{1B}"))
    }
  }
}
