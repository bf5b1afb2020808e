import Testing

@testable import EventSpecREPL

@Suite("History")
struct LineHistoryTests {
  @Test(
    "An entry comes back from its line", arguments: ["a", "a\nb", "\\n", "\t\u{1B}\u{202E}\\u{1B}", "世界", "\\", ""])
  func roundTrip(text: String) {
    let line = HistoryFile.escape(text)
    #expect(!line.contains("\n") && !line.contains("\u{1B}"))
    #expect(HistoryFile.unescape(line) == text)
  }

  @Test("A line that nobody escaped is taken as it is", arguments: ["a\\", "\\x", "\\u{110000}", "\\u{", "\\u1"])
  func foreign(line: String) {
    #expect(HistoryFile.unescape(line) == line)
  }

  @Test("The environment says where it is")
  func location() {
    #expect(HistoryFile(environment: ["EVENTSPEC_HISTORY": "/h", "HOME": "/home/me"])?.path == "/h")
    #expect(HistoryFile(environment: ["EVENTSPEC_HISTORY": "", "HOME": "/home/me"]) == nil)
    #expect(HistoryFile(environment: ["XDG_STATE_HOME": "/s", "HOME": "/home/me"])?.path == "/s/eventspec/history")
    #expect(HistoryFile(environment: ["HOME": "/home/me"])?.path == "/home/me/.local/state/eventspec/history")
    #expect(HistoryFile(environment: [:]) == nil)
  }

  @Test("A file that cannot be written is said once, and the entries stay")
  func failure() {
    let history = LineHistory(file: HistoryFile(path: "/dev/null/history"))
    history.add("one")
    #expect(history.entries == ["one"])
    #expect(history.failure?.contains("/dev/null/history cannot be written") == true)
  }

  @Test("Blank and repeated texts are not remembered, old ones are forgotten")
  func adding() {
    let history = LineHistory()
    for text in ["a", "a", " ", "", "b", "a"] { history.add(text) }
    #expect(history.entries == ["a", "b", "a"])
    for number in 0..<LineHistory.limit { history.add("\(number)") }
    #expect(history.entries.count == LineHistory.limit)
    #expect(history.entries.first == "0")
  }

  @Test("A search takes letters in either case until a capital is typed")
  func search() {
    let entries = ["Alpha", "beta", "alpha", "alpha"]
    var search = HistorySearch(original: "")
    search.append("a", in: entries)
    #expect(search.match == 3)
    search.append("l", in: entries)
    search.advance(-1, in: entries)
    #expect(search.match == 0)
    search.advance(-1, in: entries)
    #expect(search.isFailing && search.match == 0)
    search.advance(1, in: entries)
    #expect(search.match == 2 && !search.isFailing)

    search = HistorySearch(original: "")
    search.append("A", in: entries)
    #expect(search.match == 0)
  }
}

@Suite("Candidates in columns")
struct CandidateColumnsTests {
  private func candidates(_ count: Int, description: String? = nil) -> [Completion.Candidate] {
    (1...count).map { Completion.Candidate("c\($0)", description: description) }
  }

  @Test("Columns are filled downwards")
  func columns() {
    #expect(CandidateColumns(candidates(5), columns: 11, rows: 10).lines == ["c1  c3  c5", "c2  c4"])
  }

  @Test("What does not fit is counted")
  func overflow() {
    #expect(CandidateColumns(candidates(9), columns: 7, rows: 3).lines == ["c1  c3", "c2  c4", "… 5 more"])
  }

  @Test("Descriptions stand behind the candidates while all fit, cut to the width")
  func descriptions() {
    let some = candidates(2, description: "described at length")
    #expect(
      CandidateColumns(some, columns: 16, rows: 5).lines
        == ["c1  described a…", "c2  described a…"].map { String($0.dropLast(2)) + "…" })
    #expect(CandidateColumns(candidates(3, description: "words"), columns: 16, rows: 2).lines == ["c1  c2  c3"])
  }

  @Test("Wide characters and long names keep the columns straight")
  func width() {
    let wide = [Completion.Candidate("世界"), .init("ab"), .init("cd"), .init("e")]
    #expect(CandidateColumns(wide, columns: 13, rows: 9).lines == ["世界  cd", "ab    e"])
    #expect(CandidateColumns([.init("abcdefgh"), .init("i")], columns: 6, rows: 9).lines == ["abcd…", "i"])
    #expect(CandidateColumns([], columns: 6, rows: 9).lines == [])
  }

  @Test("The shared beginning never ends within a character")
  func commonPrefix() {
    let completion = Completion([.init("na\u{EF}ve"), .init("nai")], replacing: 0..<0)
    #expect(completion.commonPrefix == "na")
  }
}

@Suite("Styled text")
struct StyledTextTests {
  @Test("The longest piece gives way")
  func cut() {
    var text = StyledText()
    text.append("ordering/0123456789", .cyan)
    text.append(" v3>", .bold)
    #expect(text.cut(to: 30) == text)
    #expect(text.cut(to: 12).plain == "orderin… v3>")
    #expect(text.cut(to: 1).plain == "… v3>")
  }

  @Test("Pieces are escaped")
  func escaped() {
    #expect(StyledText(stringLiteral: "a\u{1}b").plain == "a\\u{1}b")
  }
}
