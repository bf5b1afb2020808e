import EventSourcing
import Testing

@Suite("A tree read as it would be stored")
struct StoredReadingTests {
  /// What decoding gives, or why it fails, to the last bit.
  static func outcome<T: Codable>(_ type: T.Type, _ decode: () throws -> T) -> String {
    do {
      return exactText(try DynamicEncoder().encode(try decode()))
    } catch {
      return "\(error)"
    }
  }

  static func expectSame<T: Codable>(
    _ type: T.Type, _ tree: DynamicValue, _ location: SourceLocation = #_sourceLocation
  ) {
    let expected = outcome(type) { try DynamicDecoder().decode(type, from: JSONText.read(JSONText.write(tree))) }
    let found = outcome(type) { try DynamicDecoder(readingAsStored: true).decode(type, from: tree) }
    #expect(found == expected, "\(type) from \(exactText(tree))", sourceLocation: location)
  }

  @Test("Whatever a type asks for, in any order, is answered or refused as for the tree's JSON", arguments: 0..<40)
  func randomRequests(_ round: Int) throws {
    var random = SeededRandom(UInt64(round) &* 977)
    for _ in 0..<100 {
      let tree = RandomTree.make(&random, depth: 4)
      let seed = random.next()
      var logs: [String] = []
      for asStored in [false, true] {
        let log = RequestLog(seed)
        var decoder = asStored ? DynamicDecoder(readingAsStored: true) : DynamicDecoder()
        decoder.userInfo = [RequestLog.key: log]
        do {
          _ = try decoder.decode(
            Asking.self, from: asStored ? tree : JSONText.read(JSONText.write(tree)))
        } catch {
          log.lines.append("\(error)")
        }
        logs.append(log.lines.joined(separator: "\n"))
      }
      #expect(logs[0] == logs[1], "\(exactText(tree))")
    }
  }

  @Test("Every type from every kind of value", arguments: RandomTree.scalars.indices)
  func everyScalar(_ index: Int) {
    let value = RandomTree.scalars[index]
    func all(_ tree: DynamicValue) {
      Self.expectSame(Bool.self, tree)
      Self.expectSame(String.self, tree)
      Self.expectSame(Int.self, tree)
      Self.expectSame(Int8.self, tree)
      Self.expectSame(UInt64.self, tree)
      Self.expectSame(Int128.self, tree)
      Self.expectSame(UInt128.self, tree)
      Self.expectSame(Double.self, tree)
      Self.expectSame(Float.self, tree)
      Self.expectSame(Decimal.self, tree)
      Self.expectSame(UUID.self, tree)
      Self.expectSame(Date.self, tree)
      Self.expectSame(Duration.self, tree)
      Self.expectSame(Data.self, tree)
      Self.expectSame(URL.self, tree)
      Self.expectSame(Shop.Status.self, tree)
      Self.expectSame(Shop.Payment.self, tree)
      Self.expectSame(Shop.CustomerID.self, tree)
      Self.expectSame(Shop.SKU.self, tree)
      Self.expectSame(Shop.Cents.self, tree)
      Self.expectSame(Half.self, tree)
      Self.expectSame(Price.self, tree)
      Self.expectSame(ShowingCustom.self, tree)
      Self.expectSame(TextFirst.self, tree)
      Self.expectSame(WholeFirst.self, tree)
      Self.expectSame(DecimalFirst.self, tree)
      Self.expectSame(TruthFirst.self, tree)
      Self.expectSame(Wrapped.self, tree)
      Self.expectSame([String: Int].self, tree)
      Self.expectSame([Int: String].self, tree)
      Self.expectSame([UUID: Int].self, tree)
      Self.expectSame([Shop.Address: Int].self, tree)
      Self.expectSame(Shop.Item.self, tree)
      Self.expectSame(DynamicCodingTests.Nesting.self, tree)
    }
    all(value)
    Self.expectSame([TextFirst].self, .array([value]))
    Self.expectSame([WholeFirst?].self, .array([value, .null]))
    Self.expectSame(Shop.Item.self, .record(.init([.init("name", value), .init("quantity", value)])))
    Self.expectSame([Int: WholeFirst].self, .record(.init([.init("5", value)])))
    Self.expectSame([TextFirst].self, .record(.init([.init("5", value)])))
  }

  @Test("Numbers, dates and lengths of time of any bits are the same as their JSON")
  func randomScalars() {
    var random = SeededRandom(5)
    for _ in 0..<2_000 {
      let double = Double(bitPattern: random.next())
      Self.expectSame(Double.self, .double(double))
      Self.expectSame(Decimal.self, .double(double))
      Self.expectSame(Date.self, .date(Date(timeIntervalSinceReferenceDate: double)))
      Self.expectSame(
        Date.self, .date(Date(timeIntervalSinceReferenceDate: Double(Int64(truncatingIfNeeded: random.next())) / 1e6)))
      Self.expectSame(
        Date.self, .date(Date(timeIntervalSinceReferenceDate: Double.random(in: -1e10...1e10, using: &random))))
      let decimal = RandomTree.decimal(&random)
      Self.expectSame(Decimal.self, .decimal(decimal))
      Self.expectSame(Double.self, .decimal(decimal))
      Self.expectSame(DecimalFirst.self, .decimal(decimal))
      Self.expectSame(
        Duration.self,
        .duration(
          Duration(
            secondsComponent: Int64(truncatingIfNeeded: random.next() >> UInt64.random(in: 0...63, using: &random)),
            attosecondsComponent: Int64.random(in: -999_999_999_999_999_999...999_999_999_999_999_999, using: &random)))
      )
    }
  }

  @Test("Two fields of one name fail as JSON does, also where nobody asks for them, and where the names are only equal")
  func doubledNames() {
    let one = DynamicRecord.Field("a", .integer(1))
    for fields in [
      [one, one], [.init("\u{E9}", .null), .init("e\u{301}", .null)],
      (0..<100).map { .init("n\($0 % 99)", .null) },
    ] {
      Self.expectSame(Int.self, .record(.init(fields)))
      Self.expectSame([String: [String: Int]].self, .record(.init([.init("x", .array([.record(.init(fields))]))])))
    }
    let many = (0..<100).map { DynamicRecord.Field("n\($0)", .integer(1)) }
    Self.expectSame([String: Int].self, .record(.init(many)))
  }

  @Test("Derived values are not there, nor in the way of a field of the same name")
  func derivedValues() throws {
    let derived = DynamicRecord.Field("street", .string("derived"), isDerived: true)
    Self.expectSame(Shop.Address.self, .record(.init([derived])))
    Self.expectSame(Shop.Address.self, .record(.init([derived, .init("street", .string("s"))])))
    Self.expectSame([String: String].self, .record(.init([derived, .init("a", .string("s")), derived])))
    let item = Shop.Item(name: "w", quantity: 2, price: 5, parts: [.init(name: "p", quantity: 1, price: 1)])
    Self.expectSame([Shop.Item].self, try DynamicEncoder(includesDerivedValues: true).encode([item]))
  }

  @Test("Nesting is refused from the very level at which JSON refuses it", arguments: 250..<262)
  func nesting(_ depth: Int) {
    var list = DynamicValue.integer(1)
    var record = list
    for _ in 0..<depth {
      list = .array([list])
      record = .record(.init([.init("next", record)]))
    }
    Self.expectSame(Int.self, list)
    Self.expectSame(Deep.self, list)
    Self.expectSame(DynamicCodingTests.Chain.self, record)
  }

  @Test("Messages are decoded as from their JSON, whatever their payload", arguments: MessageCodecTests.events)
  func messages(_ event: Shop.Event) throws {
    let codec = MessageCodec<Shop.Event>()
    let index = codec.caseIndex(of: event)
    let coded = try codec.encode(event)
    let trip = try codec.roundTrip(event, caseIndex: index)
    #expect(trip.coded == coded)
    #expect(try trip.restored.get() == event)
    var random = SeededRandom(7)
    for round in 0..<200 {
      var payload = coded
      if round > 0, !payload.fields.isEmpty {
        payload.fields[Int.random(in: 0..<payload.fields.count, using: &random)].value =
          RandomTree.make(&random, depth: 2)
      }
      let outcomes = [true, false].map { asStored in
        do {
          if asStored {
            return exactText(.record(try codec.encode(codec.decode(caseIndex: index, asStored: payload))))
          }
          guard case .record(let read) = try JSONText.read(JSONText.write(.record(payload))) else { return "no record" }
          return exactText(.record(try codec.encode(codec.decode(caseIndex: index, read))))
        } catch {
          return "\(error)"
        }
      }
      #expect(outcomes[0] == outcomes[1], "\(exactText(.record(payload)))")
    }
  }

  @Test("A value that is not what it was comes back so, and one that cannot come back says why")
  func losses() throws {
    let lossy = try DynamicEncoder.roundTrip(Lossy(kept: 1, lost: 2))
    #expect(lossy.coded == .record(.init([.init("kept", .integer(1))])))
    #expect(try lossy.restored.get() == Lossy(kept: 1, lost: 0))
    let shy = try DynamicEncoder.roundTrip(Half(value: UUID()))
    #expect(throws: Never.self) { try shy.restored.get() }
    let mute = try DynamicEncoder.roundTrip(Mute())
    #expect(throws: DecodingError.self) { try mute.restored.get() }
    #expect(throws: EncodingError.self) { try DynamicEncoder.roundTrip(Speechless()) }
  }
}

/// A value to the last bit.
func exactText(_ value: DynamicValue) -> String {
  switch value {
  case .double(let number): "double \(number) \(number.bitPattern)"
  case .decimal(let number): "decimal \(number) \(number.significand) \(number.exponent)"
  case .date(let date): "date \(date.timeIntervalSinceReferenceDate.bitPattern)"
  case .array(let elements): "[" + elements.map(exactText).joined(separator: ", ") + "]"
  case .record(let record):
    "{" + record.fields.map { "\($0.name)\($0.isDerived ? "'" : ""): \(exactText($0.value))" }.joined(separator: ", ")
      + "}"
  default: "\(value)"
  }
}
