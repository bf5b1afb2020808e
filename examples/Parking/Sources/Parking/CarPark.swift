public import EventSourcing

/// The cars that are inside now, a row for each ticket.
public struct CarsInside: View {
  public var plate: String
  public var since: Date

  public static var projection: Projection<Self> {
    On(Ticket.self) { event, envelope, rows in
      guard let id = envelope.stream.id.flatMap({ UUID(uuidString: String($0)) }) else { return }
      switch event {
      case .ticketDrawn(let plate, let time): try rows.insert(Self(plate: plate, since: time), id: id)
      case .ticketPaid: break
      case .left: rows.remove(id)
      }
    }
  }
}

/// The domain: what `swift test` and the tool run specs over.
public let parking = Domain("Parking") {
  Ticket.self
  CarsInside.self
}
