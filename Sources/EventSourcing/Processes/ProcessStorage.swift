/// The processes of a process manager, with their deadlines and the commands to execute, as rows in a transaction.
///
/// A first letter tells the kinds of rows apart: the commands and the deadlines stand in the order in which they are
/// due, so that the first one is found without looking at the others.
struct ProcessStorage<Process: ProcessManager> {
  private let transaction: any ViewTransaction
  private let id: ViewGeneration.ID

  init(_ transaction: any ViewTransaction, startingAt checkpoint: Checkpoint) throws {
    self.transaction = transaction
    let view = "process manager \(Process.name)"
    id = ViewGeneration.ID(view: view, number: 1)
    if try transaction.generations(of: view).isEmpty {
      try transaction.save(ViewGeneration(id: id, formVersion: 1, checkpoint: checkpoint, isActive: true))
    }
  }

  // MARK: How far events have been taken

  var generation: ViewGeneration {
    get throws {
      guard let generation = try transaction.generations(of: id.view).first(where: { $0.id == id }) else {
        throw EventStoreError(.corrupt, "the state of process manager \(Process.name) has gone")
      }
      return generation
    }
  }

  func move(to checkpoint: Checkpoint) throws {
    var moved = try generation
    moved.checkpoint = checkpoint
    try transaction.save(moved)
  }

  // MARK: Processes

  private struct StoredInstance: Codable {
    var state: Process
    var deadlines: [String: Date]
    var metadata: [String: String]
  }

  private static func row(_ correlation: Process.Correlation) -> String { "p" + correlation.streamText }

  func instance(_ correlation: Process.Correlation) throws -> ProcessInstance<Process>? {
    guard let row = try transaction.row(Self.row(correlation), in: id) else { return nil }
    let stored = try StoredValue.decode(StoredInstance.self, from: row.content)
    return ProcessInstance(
      state: stored.state, deadlines: stored.deadlines, metadata: Metadata(stored.metadata), isComplete: false)
  }

  func keep(
    _ instance: ProcessInstance<Process>, _ correlation: Process.Correlation, deadlinesBefore: [String: Date]
  ) throws {
    let text = correlation.streamText
    for (name, time) in deadlinesBefore where instance.deadlines[name] != time {
      try remove(StoredDeadline(time: time, correlation: text, name: name))
    }
    for (name, time) in instance.deadlines where deadlinesBefore[name] != time {
      let deadline = StoredDeadline(time: time, correlation: text, name: name)
      try transaction.put(
        StoredRow(id: deadline.row, key: "deadline", content: try StoredValue.encode(deadline)), in: id)
    }
    if instance.isComplete {
      try transaction.removeRow(Self.row(correlation), in: id)
    } else {
      let stored = StoredInstance(
        state: instance.state, deadlines: instance.deadlines, metadata: instance.metadata.values)
      try transaction.put(
        StoredRow(id: Self.row(correlation), key: "process", content: try StoredValue.encode(stored)), in: id)
    }
  }

  // MARK: Deadlines

  func firstDeadline() throws -> StoredDeadline? {
    guard let row = try first("d") else { return nil }
    return try StoredValue.decode(StoredDeadline.self, from: row.content)
  }

  func remove(_ deadline: StoredDeadline) throws { try transaction.removeRow(deadline.row, in: id) }

  // MARK: Commands

  func firstCommand() throws -> StoredCommand? {
    guard let row = try first("o") else { return nil }
    return try StoredValue.decode(StoredCommand.self, from: row.content)
  }

  func add(_ command: IssuedCommand, since checkpoint: Checkpoint, knowing aggregates: [any Aggregate.Type]) throws {
    guard aggregates.contains(where: { $0 == command.aggregate }) else {
      throw ProcessManagerError(
        .unknownAggregate, manager: Process.name,
        "process manager \(Process.name) sends a command to \(command.aggregate.name), which its runner was not given")
    }
    let number = try transaction.row("n", in: id).flatMap { Int(String(decoding: $0.content, as: UTF8.self)) } ?? 0
    try transaction.put(StoredRow(id: "n", key: "number", content: Array(String(number + 1).utf8)), in: id)
    let stored = try StoredCommand(command, number: number, since: checkpoint)
    try transaction.put(StoredRow(id: stored.row, key: "command", content: try StoredValue.encode(stored)), in: id)
  }

  func contains(_ command: StoredCommand) throws -> Bool { try transaction.row(command.row, in: id) != nil }

  func remove(_ command: StoredCommand) throws { try transaction.removeRow(command.row, in: id) }

  private func first(_ kind: String) throws -> StoredRow? {
    guard let row = try transaction.rows(in: id, after: kind, limit: 1).first, row.id.hasPrefix(kind) else {
      return nil
    }
    return row
  }
}

/// A deadline of a process.
struct StoredDeadline: Codable, Sendable {
  var time: Date
  var correlation: String
  var name: String

  /// The id of its row: such ids stand in the order of their times.
  var row: String {
    let microseconds = min(max((time.timeIntervalSince1970 * 1_000_000).rounded(), -4e18), 4e18)
    return "d" + (Int64(microseconds) + (1 << 62)).padded + correlation + "/" + name
  }
}

/// A command that a process has sent and that is to be executed.
struct StoredCommand: Codable, Sendable {
  var number: Int
  var id: UUID
  var aggregate: String
  var stream: String
  var type: String
  var payload: String
  var metadata: [String: String]
  var correlation: String
  private var checkpoint: String

  init(_ command: IssuedCommand, number: Int, since checkpoint: Checkpoint) throws {
    self.number = number
    id = command.id
    aggregate = command.aggregate.name
    stream = command.stream.text
    (type, payload) = try Self.encode(command.command)
    metadata = command.metadata.values
    correlation = command.correlation
    self.checkpoint = checkpoint.description
  }

  /// The id of its row: such ids stand in the order of sending.
  var row: String { "o" + Int64(number).padded }

  /// A position before which it cannot have been executed.
  var since: Checkpoint { Checkpoint(checkpoint) ?? .start }

  func issued(by manager: String, among aggregates: [any Aggregate.Type]) throws -> IssuedCommand {
    guard let aggregate = aggregates.first(where: { $0.name == self.aggregate }) else {
      throw ProcessManagerError(
        .unknownAggregate, manager: manager,
        "process manager \(manager) has sent a command to \(self.aggregate), which its runner was not given")
    }
    return IssuedCommand(
      id: id, aggregate: aggregate, stream: StreamName(stream), command: try decode(as: aggregate),
      metadata: Metadata(metadata), manager: manager, correlation: correlation)
  }

  private static func encode<Command: DomainMessage>(_ command: Command) throws -> (String, String) {
    let codec = MessageCodec<Command>()
    let index = codec.caseIndex(of: command)
    guard codec.schema.cases.indices.contains(index) else {
      throw CodecError(.notEncodable, type: "\(Command.self)", "the command's case is none that the schema has")
    }
    let payload = JSONText.write(.record(try codec.encode(command)))
    return (codec.schema.cases[index].name, String(decoding: payload, as: UTF8.self))
  }

  private func decode<Target: Aggregate>(as aggregate: Target.Type) throws -> any DomainMessage {
    let codec = MessageCodec<Target.Command>()
    guard let index = codec.schema.cases.firstIndex(where: { $0.name == type }),
      case .record(let record) = try JSONText.read(Array(payload.utf8))
    else {
      throw EventStoreError(.corrupt, "the stored command '\(type)' to '\(stream)' is none of \(Target.name)'s")
    }
    return try codec.decode(caseIndex: index, record)
  }
}

extension Int64 {
  /// The number in 20 digits, so that texts stand in the order of numbers; for those that are not negative.
  fileprivate var padded: String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, 20 - digits.utf8.count)) + digits
  }
}
