import Banking
import DurableStoreChecks
import EventSourcing
import EventSpec
import EventSpecREPL
import Foundation
import Lending
import Ordering
import Testing

/// Sessions as they look on a terminal: each file under `Transcripts` is played again, line by line.
///
/// With `EVENTSPEC_RECORD` set the files are written anew, to be looked at before they are committed.
@Suite("Transcripts")
struct TranscriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Transcripts")
  static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".txt") }.sorted() ?? []

  /// Those that are played over a store.
  static let storeFiles = files.filter { name in
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8))?.hasPrefix("## store") ?? false
  }

  @Test("A session answers as its transcript says", arguments: files)
  func transcript(_ name: String) async throws { try await check(name, on: .memory) }

  private func check(_ name: String, on kind: StoreKind) async throws {
    let file = Self.folder.appending(path: name)
    let content = try String(contentsOf: file, encoding: .utf8)
    let played = try await Transcript(content).play(on: kind)
    if ProcessInfo.processInfo.environment["EVENTSPEC_RECORD"] != nil {
      try played.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = content.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = played.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, (left, right)) in zip(expected, actual).enumerated() where left != right {
      Issue.record("\(name):\(line + 1):\nexpected \(left)\nactual   \(right)")
      return
    }
    #expect(expected.count == actual.count, "\(name) goes on after line \(min(expected.count, actual.count))")
  }

  #if SQLite
    @Test("A session over a SQLite file answers as over a store in memory", arguments: storeFiles)
    func transcriptOverSQLite(_ name: String) async throws { try await check(name, on: .sqlite) }
  #endif

  #if PostgreSQL
    @Test(
      "A session over PostgreSQL answers as over a store in memory",
      .enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"), arguments: storeFiles)
    func transcriptOverPostgreSQL(_ name: String) async throws { try await check(name, on: .postgresql) }
  #endif

  @Test("There are transcripts of every meta-command")
  func completeness() throws {
    let all = try Self.files.map { try String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8) }.joined()
    for command in MetaCommand.allCases where command != .follow {
      #expect(all.contains("> :\(command.rawValue)"), "no transcript shows :\(command.rawValue)")
    }
  }
}

/// A transcript: what stands behind a prompt is given in, everything else is what comes.
///
/// Lines that start with `##` are comments; `## domain NAME` chooses the domain, `## store` or `## store writable`
/// opens a store with three orders in it, and `## elsewhere STEP` is done to that store by somebody else.
struct Transcript {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// Plays the transcript.
  ///
  /// - Parameters:
  ///   - kind: Where the streams of a store are.
  ///   - writesJSON: Whether answers are for programs.
  ///   - see: Is shown each answer.
  func play(
    on kind: StoreKind, writesJSON: Bool = false, see: (REPLAnswer, REPLSession) -> Void = { _, _ in }
  ) async throws -> String {
    var domain = ordering
    var store: TestStore?
    defer { store?.remove() }
    var isWritable = false
    for line in lines where line.hasPrefix("## ") {
      switch line.dropFirst(3) {
      case "domain Banking": domain = banking
      case "domain Lending": domain = lending
      case "store", "store writable":
        store = try await TestStore(kind)
        if let store { try await PrefilledStore.fill(store.store) }
        isWritable = line.hasSuffix("writable")
      default: break
      }
    }
    let opened = try await store?.opened(isReadOnly: !isWritable)
    let session = REPLSession(
      domain: domain, storage: opened.map { REPLStore($0, isWritable: isWritable) }, writesJSON: writesJSON,
      now: { Date(timeIntervalSince1970: 1_760_000_000) })
    let files = FileManager.default.temporaryDirectory.appending(path: "eventspec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: files) }
    var played: [String] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      if line.hasPrefix("##") {
        if line.hasPrefix("## elsewhere "), let store {
          try await PrefilledStore.change(store.store, String(line.dropFirst(13)))
        }
        played.append(String(line))
        continue
      }
      guard let end = promptEnd(line) else { continue }
      var input = String(line[end...])
      played.append((session.prompt.plain + " " + input).trimmingEnd)
      while index < lines.count, lines[index].hasPrefix("…") {
        input += "\n" + lines[index].dropFirst(2)
        played.append(String(lines[index]))
        index += 1
      }
      let answers = await session.answer(to: input.replacing("FOLDER", with: files.path))
      for answer in answers {
        see(answer, session)
        for line in answer.lines { played.append(line.plain.replacing(files.path, with: "FOLDER").trimmingEnd) }
      }
    }
    return played.joined(separator: "\n") + "\n"
  }

  private func promptEnd(_ line: Substring) -> Substring.Index? {
    guard let end = line.firstRange(of: ">"), !line.hasPrefix(" ") else { return nil }
    let head = line[..<end.lowerBound]
    let isPrompt = head.hasPrefix("eventspec") || head.contains(/v\d+( |$)/) || head.contains(/^[a-z]+-[^ ]+/)
    guard isPrompt else { return nil }
    return line[end.upperBound...].hasPrefix(" ") ? line.index(after: end.upperBound) : end.upperBound
  }
}

extension String {
  var trimmingEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// A store as another program may have left it.
enum PrefilledStore {
  static func fill(_ store: any EventStore) async throws {
    let names = IdentityNames()
    let time = Date(timeIntervalSince1970: 1_750_000_000)
    func append(_ stream: StreamName, _ events: [(type: String, json: String)]) async throws {
      _ = try await store.append(
        to: stream,
        events: events.enumerated().map { index, event in
          NewEvent(
            id: names.identity(named: "e\(index)-" + stream.text), type: event.type,
            occurredAt: time.addingTimeInterval(Double(index) * 60), metadata: ["user": "carol"],
            payload: .json(Array(event.json.utf8)))
        }, expected: .noStream)
    }
    let alice = names.identity(named: "alice").uuidString
    let widget = names.identity(named: "widget").uuidString
    for name in ["o1", "o2"] {
      let id = names.identity(named: name)
      try await append(
        Order.stream(of: id),
        [
          ("OrderCreated", #"{"orderID":"\#(id)","customerID":"\#(alice)"}"#),
          (
            "OrderItemAdded",
            #"{"orderID":"\#(id)","productID":"\#(widget)","productName":"\u001b]0;x\u0007","quantity":1,"unitPrice":5}"#
          ),
        ])
    }
    try await append(
      StreamName("shipment-\u{1B}]0;x\u{7}"), [("ShipmentStarted", #"{"carrier":"\u001b[31mACME","weight":3}"#)])
  }

  /// Does a command as another program would.
  static func change(_ store: any EventStore, _ step: String) async throws {
    let session = REPLSession(domain: ordering, storage: REPLStore(store, isWritable: true))
    for line in step.split(separator: ";") { _ = await session.answer(to: String(line).trimmingBlanksOfTest) }
    _ = await session.answer(to: ":commit")
  }
}

extension String {
  fileprivate var trimmingBlanksOfTest: String { trimmingCharacters(in: .whitespaces) }
}
