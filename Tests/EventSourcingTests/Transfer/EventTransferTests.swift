import EventSourcing
import Foundation
import Testing

@Suite final class EventTransferTests {
  private let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).ndjson").path

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private func event(_ payload: String, type: String = "Happened") -> NewEvent {
    NewEvent(
      id: UUID(), type: type, schemaVersion: 2, occurredAt: Date(timeIntervalSinceReferenceDate: 800_000_000.123_456),
      metadata: ["user": "Ada \"λ\"\n\0", "trace": "\u{1F600}"], payload: .json(Array(payload.utf8)))
  }

  private func store(_ streams: [String]) async throws -> MemoryEventStore {
    let store = MemoryEventStore()
    for (number, stream) in streams.enumerated() {
      _ = try await store.append(to: StreamName(stream), events: [event("{\"n\": \(number)}")], expected: .any)
    }
    return store
  }

  private func contents(_ store: any EventStore) async throws -> [String] {
    try await store.readAll(after: .start, limit: .max).map {
      String(decoding: try EventLine.write($0), as: UTF8.self)
    }
  }

  @Test(
    "an event comes back from its line as it was",
    arguments: [
      "{\"text\": \"𝄞 \\u0000 \\\" é\", \"decimal\": 1.0, \"big\": 18446744073709551615}", "null", "[1,\n 2]", "\"x\"",
    ])
  func line(payload: String) async throws {
    let store = MemoryEventStore()
    _ = try await store.append(to: StreamName("a\0\"-\u{2028}"), events: [event(payload)], expected: .any)
    let written = try #require(try await store.readAll(after: .start, limit: 1).first)
    let line = try EventLine.write(written)
    #expect(line.filter { $0 == 0x0a }.count == 1 && line.last == 0x0a)
    let read = try EventLine.read(line)
    #expect(
      read.id == written.id && read.stream == written.stream && read.version == 1 && read.position == written.position)
    #expect(read.type == written.type && read.schemaVersion == 2 && read.occurredAt == written.occurredAt)
    #expect(read.metadata == written.metadata)
    #expect(try EventLine.write(read) == line)
  }

  @Test("a payload that is no JSON keeps its bytes")
  func base64() async throws {
    let store = MemoryEventStore()
    var odd = event("")
    odd.payload = .json([0xff, 0x00, 0x0a])
    _ = try await store.append(to: StreamName("a"), events: [odd], expected: .any)
    let written = try #require(try await store.readAll(after: .start, limit: 1).first)
    guard case .json(let bytes) = try EventLine.read(EventLine.write(written)).payload else { return }
    #expect(bytes == [0xff, 0x00, 0x0a])
  }

  @Test(
    "a line that is no event is refused with its number and the reason",
    arguments: [
      ("", "'{'"), ("{\"stream\":\"a\"", "'}'"), ("{\"stream\":\"a\"}", "version"), ("{\"id\":\"x\"}", "'id'"),
      ("{\"version\":0}", "'version'"), ("{\"occurredAt\":\"soon\"}", "'occurredAt'"), ("{} {}", "more behind"),
      ("{\"metadata\":[1]}", "'metadata'"), (String(repeating: "[", count: 100_000), "'{'"),
      ("{\"x\":" + String(repeating: "[", count: 100_000), "'x'"),
    ])
  func unreadable(line: String, part: String) {
    let error = #expect(throws: TransferError.self) { try EventLine.read(Array(line.utf8), number: 7) }
    #expect(error?.line == 7 && error?.code == .unreadableLine)
    #expect(error?.message.contains(part) == true)
  }

  @Test("a store goes through a file into another one unchanged")
  func roundTrip() async throws {
    let source = try await store(["a", "b", "a", "c", "a", "a", "b"])
    let exported = try await EventTransfer(from: StoreSource(source), batchSize: 3).export(to: path)
    #expect(exported.events == 7)
    let target = MemoryEventStore()
    let imported = try await EventTransfer(from: LineSource(path: path), batchSize: 2).importEvents(into: target)
    #expect(imported.events == 7)
    #expect(try await contents(target) == contents(source))
  }

  @Test("an export goes on where an earlier one ended, also behind a line that was cut off")
  func resumedExport() async throws {
    let source = try await store(["a", "b"])
    try await EventTransfer(from: StoreSource(source)).export(to: path)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"position\":\"3\",\"str".utf8))
    try handle.close()
    _ = try await source.append(to: StreamName("c"), events: [event("{}")], expected: .any)
    let progress = try await EventTransfer(from: StoreSource(source)).export(to: path)
    #expect(progress.events == 1)
    let lines = try String(contentsOfFile: path, encoding: .utf8)
    #expect(try await lines == contents(source).joined())
  }

  @Test("an export into a file of another store is refused")
  func otherExport() async throws {
    try await EventTransfer(from: StoreSource(store(["a", "b"]))).export(to: path)
    let before = try String(contentsOfFile: path, encoding: .utf8)
    let error = await #expect(throws: TransferError.self) {
      try await EventTransfer(from: StoreSource(store(["a", "b", "c"]))).export(to: path)
    }
    #expect(error?.code == .disagreement)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == before)
  }

  @Test("an import goes on where an earlier one ended")
  func resumedImport() async throws {
    let source = try await store(["a", "b", "a", "c", "a"])
    let target = MemoryEventStore()
    for event in try await source.readAll(after: .start, limit: 3) {
      _ = try await target.append(to: event.stream, events: [NewEvent(event)], expected: .any)
    }
    let progress = try await EventTransfer(from: StoreSource(source)).importEvents(into: target)
    #expect(progress.skipped == 3 && progress.events == 2)
    #expect(try await contents(target) == contents(source))
  }

  @Test("a target that holds other events is refused and left as it is")
  func disagreement() async throws {
    let target = try await store(["a"])
    let before = try await contents(target)
    for streams in [["a", "b"], []] {
      let source = try await store(streams)
      let error = await #expect(throws: TransferError.self) {
        try await EventTransfer(from: StoreSource(source)).importEvents(into: target)
      }
      #expect(error?.code == .disagreement)
    }
    #expect(try await contents(target) == before)
  }

  @Test("a stream with a gap in its versions is refused")
  func gap() async throws {
    let source = try await store(["a", "a", "a"])
    let lines = try await contents(source)
    try (lines[0] + lines[2]).write(toFile: path, atomically: false, encoding: .utf8)
    let error = await #expect(throws: TransferError.self) {
      try await EventTransfer(from: LineSource(path: path)).importEvents(into: MemoryEventStore())
    }
    #expect(error?.code == .brokenStream)
  }

  @Test(
    "the line of a gap or a repetition is named",
    arguments: [
      ([0, 2], 3, "version 2 is missing before it"), ([0, 1, 1], 4, "stands twice"),
      ([0, 3], 3, "versions 2 to 3 are missing"),
    ])
  func place(order: [Int], line: Int, reason: String) async throws {
    let lines = try await contents(store(["a", "a", "a", "a"]))
    // An empty line is none of an event, and is counted.
    try ("\n" + order.map { lines[$0] }.joined()).write(toFile: path, atomically: false, encoding: .utf8)
    for batchSize in [1, 2, 10] {
      let error = await #expect(throws: TransferError.self) {
        try await EventTransfer(from: LineSource(path: path), batchSize: batchSize).importEvents(
          into: MemoryEventStore())
      }
      #expect(error?.message.hasPrefix("line \(line) has version ") == true, "\(error?.message ?? "")")
      #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
  }

  @Test("a target with another payload is told of by what differs, also far behind in it")
  func payloadDifference() async throws {
    let target = MemoryEventStore()
    let text = String(repeating: "x", count: 1000)
    _ = try await target.append(to: StreamName("a"), events: [event("{\"t\": \"\(text)\", \"n\": 1}")], expected: .any)
    let line = try await contents(target)[0]
    try line.replacing("\"n\": 1", with: "\"n\": 2").write(toFile: path, atomically: false, encoding: .utf8)
    let error = await #expect(throws: TransferError.self) {
      try await EventTransfer(from: LineSource(path: path)).importEvents(into: target)
    }
    let message = try #require(error?.message)
    #expect(message.contains("line 1 of the source: payload is …"))
    #expect(message.contains("\"n\": 1} in the target") && message.contains("\"n\": 2} in the source"))
    #expect(!message.contains("id is") && message.count < 900)
  }

  @Test(
    "what is wrong with a mapping is said for people",
    arguments: [
      (#"{"table":"t","tiem":"at"}"#, "there is no key 'tiem'; did you mean 'time'?"),
      (#"{"table":"t","frobnicate":1}"#, "there is no key 'frobnicate'; the keys are table, stream"),
      (#"{"table":"t","Table":"u"}"#, "did you mean 'table'?"), (#"{"table":1}"#, "the key 'table' takes a text"),
      (#"{"firstVersion":"0"}"#, "takes a whole number"), (#"{"streamIsUUID":1}"#, "takes true or false"),
      (#"{"table":"t","table":"u"}"#, "twice"), ("[1]", "a JSON object was expected"), ("{", "it is no JSON"),
      (#"{"table":"t","stream":"s","version":"v","position":"p","type":"k"}"#, "the key 'payload' ("),
      ("{}", "are missing"),
    ])
  func wrongMapping(json: String, part: String) {
    let error = #expect(throws: TransferError.self) { try ForeignMapping(json: Array(json.utf8)) }
    #expect(error?.code == .mapping)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("DecodingError") == false)
  }

  @Test("every key of a mapping is read, and stands in the article")
  func mappingKeys() throws {
    let values = ForeignMapping.keys.map { key in
      "\"\(key.name)\": " + (key.form == .text ? "\"\(key.name)!\"" : key.form == .truth ? "true" : "7")
    }
    let mapping = try ForeignMapping(json: Array("{\(values.joined(separator: ","))}".utf8))
    let read = Mirror(reflecting: mapping).children.map { ($0.label ?? "", String(describing: $0.value)) }
    #expect(Set(read.map(\.0)) == Set(ForeignMapping.keys.map(\.name)))
    for (name, value) in read {
      #expect(value.contains("\(name)!") || value.contains("true") || value.contains("7"), "\(name)")
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let article = try String(
      contentsOf: root.appending(path: "Sources/EventSourcing/EventSourcing.docc/MovingEvents.md"), encoding: .utf8)
    for key in ForeignMapping.keys { #expect(article.contains("| `\(key.name)` |")) }
  }

  @Test("a row whose time cannot be read is refused, not moved to 1970")
  func unreadableTime() throws {
    var mapping = ForeignMapping(table: "t", stream: "s", version: "v", position: "p", type: "k", payload: "b")
    var row = ForeignRow(position: 3, stream: "a", version: 1, type: "T", payload: Array("{}".utf8))
    #expect(try row.event(mapping).occurredAt == Date(timeIntervalSince1970: 0))
    mapping.time = "at"
    #expect(throws: TransferError.self) { try row.event(mapping) }
    row.unreadableTime = "yesterday"
    let error = #expect(throws: TransferError.self) { try row.event(mapping) }
    #expect(error?.message.contains("position 3 has 'yesterday'") == true)
  }

  @Test("a mapping reads from JSON, and says what is wrong with it")
  func mapping() throws {
    let json = #"{"table":"t","stream":"s","version":"v","firstVersion":0,"position":"p","type":"k","payload":"b"}"#
    let mapping = try ForeignMapping(json: Array(json.utf8))
    #expect(mapping.firstVersion == 0 && mapping.payload == "b" && mapping.metadata == nil)
    let error = #expect(throws: TransferError.self) { try ForeignMapping(json: Array("{\"table\":\"t\"}".utf8)) }
    #expect(error?.code == .mapping)
  }
}
