import Foundation
import Testing

@Suite("The line editor on a terminal", .serialized)
final class LineEditorTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "eventspec-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func start(_ environment: [String: String] = [:], columns: Int = 80, rows: Int = 24) throws -> ProbeTerminal {
    let terminal = try ProbeTerminal(environment: environment, columns: columns, rows: rows)
    try terminal.expectLine("probe>")
    return terminal
  }

  private func temporaryFile() -> String {
    folder.appending(path: "deep/history").path
  }

  /// The answer and the next prompt: what is typed before it belongs to the terminal's own line editing.
  private func read(_ text: String) -> String { "read \(text.debugDescription)\nprobe>" }

  @Test("Letters of all kinds are typed, shown, and edited")
  func typing() throws {
    let terminal = try start()
    terminal.send("héllo 👍 世界")
    try terminal.expectLine("probe> héllo 👍 世界")
    terminal.send("\u{7F}x\u{1B}[D\u{1B}[D\u{1B}OD-\u{1B}[H¡\u{1B}[F.\r")
    try terminal.expect(read("¡héllo 👍- 世x."))
    terminal.send("flag 🇨🇭👩‍👩‍👧\u{7F}\u{7F}e\u{301}\u{7F}.\r")
    try terminal.expect(read("flag ."))
    // Sequences of keys without a meaning leave nothing behind.
    terminal.send("a\u{1B}[15~\u{1B}[1;2P\u{1B}Ox\u{16}\u{1B}[200~\u{1B}[201~b\r")
    try terminal.expect(read("ab"))
  }

  @Test("A word, a line, and the rest of a line can be cut and put back")
  func cutting() throws {
    let terminal = try start()
    terminal.send("one two three\u{17}\u{1}\u{1B}d\u{5}\u{19}\r")
    try terminal.expect(read(" two one"))
    terminal.send("abc def\u{15}x\r")
    try terminal.expect(read("x"))
    terminal.send("abc def\u{1B}[1;5D\u{B}y\r")
    try terminal.expect(read("abc y"))
  }

  @Test("TAB completes what is unique")
  func completion() throws {
    let terminal = try start()
    terminal.send("x CreateO\t")
    try terminal.expectLine("probe> x CreateOrder")
    terminal.send("!\r")
    try terminal.expect(read("x CreateOrder!"))
  }

  @Test("TAB inserts what the candidates share and lists them, escaped, with descriptions")
  func list() throws {
    let terminal = try start()
    terminal.send("Cre\t")
    try terminal.expect("CreateOrder    starts an order\nCreateAddress\nprobe> Create")
    try terminal.expectLine("probe> Create")
    terminal.send("O\t\r")
    try terminal.expect(read("CreateOrder"))
    terminal.send("C\t")
    try terminal.expect("CancelOrder    \\u{1B}[2Jgives it up")
    terminal.send("\u{3}")
    try terminal.expect("interrupted\nprobe>")
    terminal.send("evil\t\r")
    try terminal.expect("probe> evil\\u{1B}]0;x\\u{7}\nread")
    #expect(terminal.screen.titles.isEmpty)
    terminal.send("世\t")
    try terminal.expect("世界  wide\n世間  wide too")
  }

  @Test("Of more candidates than fit on the screen, a screenful is shown, and no key is swallowed")
  func manyCandidates() throws {
    let terminal = try start(columns: 40, rows: 12)
    terminal.send("Nu\tx")
    try terminal.expectLine("probe> Numberx")
    #expect(terminal.screen.text.contains("… 123 more\nprobe> Numberx"))
    #expect(terminal.screen.text.contains("Number1    Number10   Number19\n"))
    terminal.send("\r")
    try terminal.expect(read("Numberx"))
  }

  @Test("TAB without candidates leaves the line alone")
  func noCandidates() throws {
    let terminal = try start()
    terminal.send("zzz\ty\r")
    try terminal.expect(read("zzzy"))
  }

  @Test("A dim hint shows what comes next, and goes with the next key")
  func hint() throws {
    let terminal = try start()
    terminal.send("f(")
    try terminal.expectLine("probe> f(quantity: Int)\\u{1B}[31m")
    #expect(terminal.output.contains("\u{1B}[0;2mquantity"))
    #expect(terminal.screen.column == "probe> f(".count)
    terminal.send("1)")
    try terminal.expectLine("probe> f(1)")
    terminal.send("\r")
    try terminal.expect("probe> f(1)\n" + read("f(1)"))
    let narrow = try start(columns: 20)
    narrow.send("f(")
    try narrow.expectLine("probe> f(quantity:…")
  }

  @Test("A text goes on in other lines while a bracket is open, and comes back as a whole")
  func continuation() throws {
    let terminal = try start()
    terminal.send("f(\r")
    try terminal.expectLine("…")
    terminal.send("1,\r2)\r")
    try terminal.expect(read("f(\n1,\n2)"))
    terminal.send("\u{1B}[A")
    try terminal.expectLine("2)")
    terminal.send("\u{1B}[A!\r")
    try terminal.expect(read("f(\n1,!\n2)"))
    terminal.send("g(\r")
    try terminal.expectLine("…")
    terminal.send("\u{4}")
    try terminal.expect(read("g("))
  }

  @Test("A byte that is no UTF-8 shows, and the line with it is refused unless it was deleted")
  func unreadable() throws {
    let terminal = try start()
    terminal.send(Array("caf".utf8) + [0xE9] + Array(" x".utf8))
    try terminal.expectLine("probe> caf\u{FFFD} x")
    terminal.send("\r")
    try terminal.expect("unreadable the byte 0xE9 at column 4 is no UTF-8")
    terminal.send([0xE9, 0x7F] + Array("tea\r".utf8))
    try terminal.expect("read \"tea\"")
  }

  @Test("Ctrl-C gives up the text, the continued one too, and nothing else")
  func interrupt() throws {
    let terminal = try start()
    terminal.send("abc\u{1B}[D\u{3}")
    try terminal.expect("probe> abc^C\ninterrupted\nprobe>")
    terminal.send("f(\r")
    try terminal.expectLine("…")
    terminal.send("1\u{3}")
    try terminal.expect("… 1^C\ninterrupted\nprobe>")
    terminal.send("next\r")
    try terminal.expect(read("next"))
    #expect(!terminal.modes.signals)
    terminal.signal(SIGINT)
    try terminal.wait(for: "a third interruption") { $0.screen.text.split(separator: "interrupted").count == 4 }
  }

  @Test("Ctrl-D deletes in a line and ends on an empty one, with the terminal as it was")
  func endOfInput() throws {
    let terminal = try start()
    #expect(!terminal.modes.isCanonical)
    terminal.send("abc\u{1}\u{4}\r")
    try terminal.expect(read("bc"))
    terminal.send("\u{4}")
    #expect(try terminal.end() == 0)
    #expect(terminal.screen.text.hasSuffix("probe>\nbye"))
    #expect(terminal.modes == (true, true, true))
    #expect(terminal.output.hasSuffix("\u{1B}[?2004lbye\r\n"))
  }

  @Test("Ctrl-R finds earlier texts, older ones when repeated")
  func search() throws {
    let terminal = try start()
    for text in ["alpha one", "beta", "alpha two"] {
      terminal.send(text + "\r")
      try terminal.expect(read(text))
    }
    terminal.send("\u{12}alp")
    try terminal.expectLine("history: alp › alpha two")
    terminal.send("\u{12}")
    try terminal.expectLine("history: alp › alpha one")
    terminal.send("x")
    try terminal.expectLine("history, nothing found: alpx › alpha one")
    terminal.send("\u{7F}\u{12}\u{1B}[H>")
    try terminal.expectLine("probe> >alpha one")
    terminal.send("\r")
    try terminal.expect(read(">alpha one"))
    terminal.send("draft\u{12}bet\u{7}")
    try terminal.expectLine("probe> draft")
    terminal.send("\u{15}\u{12}bet\r")
    try terminal.wait(for: "beta twice") { $0.screen.text.hasSuffix(read("beta")) }
  }

  @Test("History survives a restart, in a file that only its owner can read")
  func history() throws {
    let file = temporaryFile()
    defer { try? FileManager.default.removeItem(atPath: file) }
    let first = try start(["EVENTSPEC_HISTORY": file])
    first.send("one\rtwo\rtwo\rf(\r\\)\r\r")
    try first.expect(read(""))
    first.send("\u{4}")
    #expect(try first.end() == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "one\ntwo\nf(\\n\\\\)\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let second = try start(["EVENTSPEC_HISTORY": file])
    second.send("draft\u{1B}[A")
    try second.expect("probe> f(\n\\)")
    second.send("\u{1B}[A\u{1B}[A")
    try second.expectLine("probe> two")
    second.send("\u{1B}[A\u{1B}[A")
    try second.expectLine("probe> one")
    second.send("\u{10}\u{E}\u{E}\u{1B}[B\u{1B}[B\u{1B}[B")
    try second.expectLine("probe> draft")
  }

  @Test("Without a history file the session still remembers")
  func memory() throws {
    let terminal = try start()
    terminal.send("one\r\u{1B}[A+\r")
    try terminal.expect(read("one+"))
  }

  @Test("A pasted text of several lines is one text, its control characters shown")
  func paste() throws {
    let terminal = try start()
    #expect(terminal.output.contains("\u{1B}[?2004h"))
    terminal.send("\u{1B}[200~Given a\r\n\tb\u{1B}[31m\u{3}\r(\n\u{1B}[201~)")
    try terminal.expect("probe> Given a\n        b\\u{1B}[31m\\u{3}\n()")
    terminal.send("\r")
    try terminal.expect(read("Given a\n\tb\\u{1B}[31m\\u{3}\n()"))
  }

  @Test("A pasted text may be longer than the screen")
  func longPaste() throws {
    let terminal = try start(columns: 40, rows: 8)
    let text = (1...60).map { "line \($0) of a text that is far too wide for it" }.joined(separator: "\n")
    terminal.send("\u{1B}[200~\(text)\u{1B}[201~")
    try terminal.wait(for: "the last line") { $0.screen.lines.joined().contains("line 60 of") }
    terminal.send(String(repeating: "x", count: 200) + "!")
    try terminal.wait(for: "the last letter") { $0.screen.currentLine.hasSuffix("x!") }
    terminal.send("\r")
    try terminal.expect("read")
    terminal.send("\u{1B}[A\u{1}x\r\u{1B}[A\r")
    terminal.send("still here\r")
    try terminal.expect(read("still here"))
  }

  @Test("A terminal resized while typing shows prompt and text once, wrapped anew")
  func resize() throws {
    let terminal = try start(columns: 60)
    let text = "abcdefghij klmnopqrst uvwxyz 0123456789"
    terminal.send(text)
    try terminal.expectLine("probe> " + text)
    terminal.resize(columns: 30, rows: 10)
    try terminal.wait(for: "two rows") {
      $0.screen.lines.contains("probe> abcdefghij klmnopqrst u") && $0.screen.currentLine == "vwxyz 0123456789"
    }
    terminal.send("!")
    try terminal.expectLine("vwxyz 0123456789!")
    terminal.resize(columns: 70, rows: 12)
    try terminal.expectLine("probe> \(text)!")
    terminal.send("\r")
    try terminal.expect(read(text + "!"))
  }

  @Test("Nothing in a prompt steers the terminal, and a long one leaves room")
  func hostilePrompt() throws {
    let name = "\u{1B}]0;x\u{7}\u{1}\u{9B}\u{202E}\n"
    let terminal = try ProbeTerminal(environment: ["PROBE_PROMPT": name])
    try terminal.expectLine("\\u{1B}]0;x\\u{7}\\u{1}\\u{9B}\\u{202E}\\u{A}>")
    terminal.send("abc\r")
    try terminal.expect("u{A}> abc\nread \"abc\"")
    #expect(terminal.screen.titles.isEmpty)

    let long = try ProbeTerminal(environment: ["PROBE_PROMPT": String(repeating: "long", count: 100)], columns: 30)
    try long.expectLine("longlonglonglonglo…>")
  }

  @Test("A dumb terminal gets plain text only")
  func dumb() throws {
    let terminal = try start(["TERM": "dumb"])
    terminal.send("f(\n")
    try terminal.expectLine("…")
    terminal.send("1)\n")
    try terminal.expect(read("f(\n1)"))
    terminal.send("abc\u{3}")
    try terminal.expect("interrupted\nprobe>")
    terminal.send("abc\n")
    try terminal.expect(read("abc"))
    terminal.send("\u{4}")
    #expect(try terminal.end() == 0)
    #expect(!terminal.output.contains("\u{1B}"))
  }

  @Test("NO_COLOR takes away colors and hints, not the editing")
  func noColor() throws {
    let terminal = try start(["NO_COLOR": "1"])
    terminal.send("f( CreateO\t)")
    try terminal.expectLine("probe> f( CreateOrder)")
    terminal.send("\u{12}\u{3}next\r")
    try terminal.expect(read("next"))
    #expect(!terminal.output.contains("mprobe"))
    #expect(!terminal.output.contains("quantity"))
  }

  @Test("A type of terminal that the system does not know can be edited on")
  func unknownTerminal() throws {
    let terminal = try start(["TERM": "no-such-terminal"])
    terminal.send("abd\u{7F}c\t\r")
    try terminal.expect(read("abc"))
    #expect(!terminal.output.contains("No entry"))
  }

  @Test("Another locale does not break UTF-8", arguments: ["C", "POSIX", "xx_YY.ISO8859-1"])
  func locale(name: String) throws {
    let terminal = try start(["LC_ALL": name])
    terminal.send("é世\r")
    try terminal.expect(read("é世"))
  }

  @Test("Ctrl-C cancels a command that runs, and the session goes on")
  func cancel() throws {
    let terminal = try start()
    terminal.send("sleep\r")
    try terminal.expect("sleeping")
    try terminal.wait(for: "the usual modes") { $0.modes == (true, true, true) }
    terminal.send("\u{3}")
    try terminal.expect("cancelled\nprobe>")
    terminal.send("next\r")
    try terminal.expect(read("next"))
  }

  @Test("A lost terminal leaves time to save", arguments: [("", "saved after"), ("sleep\r", "saved in monitor after")])
  func hangup(before: String, message: String) throws {
    let terminal = try start()
    terminal.send(before)
    if !before.isEmpty { try terminal.expect("sleeping") }
    terminal.signal(SIGHUP)
    try terminal.expect("\(message) hangup")
    #expect(try terminal.end() == 128 + Int(SIGHUP))
  }

  @Test("A process told to end while a line is typed restores the terminal")
  func terminate() throws {
    let terminal = try start()
    terminal.send("f(\r1")
    try terminal.expectLine("… 1")
    terminal.signal(SIGTERM)
    #expect(try terminal.end() == 128 + Int(SIGTERM))
    try terminal.expect("saved after terminate")
    #expect(terminal.modes == (true, true, true))
    #expect(terminal.output.contains("\u{1B}[?2004l"))
  }

  @Test("Ctrl-Z where there is no shell to return to, and continuing, draw the line again")
  func suspend() throws {
    let terminal = try start()
    terminal.send("abc\u{1A}")
    try terminal.wait(for: "a second prompt") { $0.screen.text.hasSuffix("probe> abc\nprobe> abc") }
    terminal.signal(SIGCONT)
    terminal.send("d\r")
    try terminal.expect(read("abcd"))
  }
}
