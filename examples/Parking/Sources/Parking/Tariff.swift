import EventSourcing

/// What parking costs: every started hour.
enum Tariff {
  static let pricePerHour: Decimal = 2
  static let timeToLeave: TimeInterval = 15 * 60

  static func price(from start: Date, to end: Date) -> Decimal {
    let hours = (end.timeIntervalSince(start) / 3600).rounded(.up)
    return pricePerHour * Decimal(max(1, Int(hours)))
  }
}
