#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import Foundation
  import StoreExpectations
  import Testing

  @testable import EventSourcingPostgreSQL

  @Suite(.enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
  struct PostgreSQLTransferTests {
    let server: PostgreSQLServer
    let schema = "t\(UInt32.random(in: 0 ... .max))"

    init() throws { server = try PostgreSQLServer.shared.get() }

    @Test("a store goes through a file into another one unchanged, and again is nothing to do")
    func roundTrip() async throws {
      let source = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let target = try await PostgreSQLEventStore(server.configuration(schema: schema + "_target"))
      expectNone(try await TransferCheck.faults(from: source, to: target))
    }

    @Test("many events at once go in together or not at all, and say which stream does not go on")
    func bulkConflict() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      func envelope(_ stream: String, _ version: Int) -> EventEnvelope {
        EventEnvelope(ConcurrencyCheck.event(), stream: StreamName(stream), version: version, position: .start)
      }
      for events in [
        [envelope("b", 1), envelope("a", 3)], [envelope("b", 1), envelope("a", 1)], [envelope("b", 2)],
        [envelope("b", 1), envelope("b", 3)],
      ] {
        await expectError(.conflict, naming: "version") { try await store.appendAll(events) }
      }
      try await store.appendAll([envelope("b", 1), envelope("a", 2), envelope("b", 2)])
      expectNone(try await StoreAudit.faults(in: store, acknowledged: []))
      #expect(try await store.readAll(after: .start, limit: 10).count == 4)
    }

    @Test(
      "events that the Python package wrote are imported",
      .enabled(if: PythonPackage.interpreter != nil, "the Python package eventsourcing is not installed"))
    func pythonPackage() async throws {
      let database = "dogs_\(schema)"
      try administer(server, "create database \(database)")
      let written = PythonPackage.writeDogs([
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": database,
        "POSTGRES_HOST": server.folder.path,
        "POSTGRES_PORT": "5432", "POSTGRES_USER": PostgreSQLServer.user, "POSTGRES_PASSWORD": PostgreSQLServer.password,
      ])
      try #require(written)
      var mapping = try #require(ForeignMapping.ready("pyeventsourcing"))
      mapping.table = "public.dogs_events"
      let address = server.address(schema: "unused")
        .replacingOccurrences(of: "/postgres?", with: "/\(database)?")
      let source = ForeignPostgreSQLEvents(address, mapping: mapping)
      let target = try await PostgreSQLEventStore(server.configuration(schema: schema))
      try await EventTransfer(from: source, batchSize: 3).importEvents(into: target)
      let events = try await target.readAll(after: .start, limit: 10)
      #expect(events.map(\.type) == ["Dog.Registered", "Dog.TrickAdded", "Dog.Registered", "Dog.TrickAdded"])
      #expect(events.map(\.version) == [1, 2, 1, 3])
      #expect(try String(decoding: events[1].payload.jsonBytes(), as: UTF8.self).contains("röll 𝄞"))
    }

    @Test("tables as Marten, message-db and Emmett make them are imported by their ready mappings")
    func readyMappings() async throws {
      let id = "6f0b1e0c-58f4-4d3f-9d52-3b1d8a9f0a01"
      let other = "6f0b1e0c-58f4-4d3f-9d52-3b1d8a9f0a02"
      try administer(
        server, "create schema \(schema)",
        """
        create table \(schema).mt_events (seq_id bigint primary key, id uuid not null, stream_id uuid, version bigint not null,
          data jsonb not null, type varchar(500) not null, timestamp timestamptz default now() not null,
          tenant_id varchar default '*DEFAULT*', mt_dotnet_type varchar, is_archived bool default false)
        """,
        """
        insert into \(schema).mt_events (seq_id, id, stream_id, version, data, type, timestamp) values
          (5, '\(id)', '\(other)', 1, '{"a": 1}', 'quest_started', '2026-01-02T03:04:05.678901Z'),
          (9, '\(other)', '\(other)', 2, '{}', 'members_joined', '2026-01-02T03:04:06Z')
        """,
        """
        create table \(schema).messages (id uuid not null, stream_name text not null, type text not null,
          position bigint not null, global_position bigserial not null, data jsonb, metadata jsonb,
          time timestamp without time zone default (now() at time zone 'utc') not null)
        """,
        """
        insert into \(schema).messages (id, stream_name, type, position, data, metadata) values
          ('\(id)', 'account-1', 'Opened', 0, '{"a": 1}', '{"correlationStreamName": "x-1", "n": 1}'),
          ('\(other)', 'account-1', 'Closed', 1, '{}', null)
        """,
        """
        create table \(schema).emt_messages (stream_position bigint not null, global_position bigint,
          transaction_id xid8 not null default pg_current_xact_id(), created timestamptz not null default now(),
          is_archived boolean not null default false, message_kind varchar(1) not null default 'E', stream_id text not null,
          partition text not null default 'global', message_schema_version text not null default '1', message_id text not null,
          message_type text not null, message_data jsonb not null, message_metadata jsonb not null)
        """,
        """
        insert into \(schema).emt_messages
          (stream_position, global_position, stream_id, message_id, message_type, message_data, message_metadata) values
          (1, 1, 'cart-1', '\(id)', 'ProductAdded', '{"a": 1}', '{}'), (2, 4, 'cart-1', '\(other)', 'Confirmed', '{}', '{}')
        """)
      for (name, table, types, stream) in [
        ("marten", "mt_events", ["quest_started", "members_joined"], other),
        ("message-db", "messages", ["Opened", "Closed"], "account-1"),
        ("emmett", "emt_messages", ["ProductAdded", "Confirmed"], "cart-1"),
      ] {
        var mapping = try #require(ForeignMapping.ready(name))
        mapping.table = "\(schema).\(table)"
        let source = ForeignPostgreSQLEvents(server.address(schema: schema), mapping: mapping)
        let target = MemoryEventStore()
        try await EventTransfer(from: source, batchSize: 1).importEvents(into: target)
        let events = try await target.readAll(after: .start, limit: 10)
        #expect(events.map(\.type) == types)
        #expect(events.map(\.stream.text) == [stream, stream])
        #expect(events.map(\.id.streamText) == [id, other])
        #expect(try events.first?.payload.jsonBytes() == Array("{\"a\": 1}".utf8))
        if name == "message-db" {
          #expect(events[0].metadata == ["correlationStreamName": "x-1", "n": "1"])
        }
        if name == "marten" { #expect(events[0].occurredAt == Date(timeIntervalSince1970: 1_767_323_045.678901)) }
      }
    }
  }
#endif
