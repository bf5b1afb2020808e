/// Which events are taken for what is stated in any order, step by step: as many as possible find one.
struct EventAssignment: Sendable {
  private var candidates: [[Int]] = []
  private var owners: [Int: Int] = [:]

  /// Takes an event, moving earlier ones to another of theirs where that makes room.
  ///
  /// - Parameter choices: The events that may be taken.
  /// - Returns: The event that is taken; nil where there is no room.
  mutating func take(_ choices: [Int]) -> Int? {
    let owner = candidates.count
    // Breadth first, so that no chain of moves is too long for the stack.
    var cameFrom: [Int: Int?] = [:]
    var queue = choices
    for choice in choices { cameFrom[choice] = .some(nil) }
    var next = 0
    while next < queue.count {
      let choice = queue[next]
      next += 1
      guard let holder = owners[choice] else {
        candidates.append(choices)
        return move(to: choice, cameFrom, owner)
      }
      for other in candidates[holder] where cameFrom[other] == nil {
        cameFrom[other] = .some(choice)
        queue.append(other)
      }
    }
    return nil
  }

  /// Whether an event is taken.
  func isTaken(_ event: Int) -> Bool { owners[event] != nil }

  private mutating func move(to free: Int, _ cameFrom: [Int: Int?], _ owner: Int) -> Int {
    var place = free
    while let before = cameFrom[place] ?? nil {
      owners[place] = owners[before]
      place = before
    }
    owners[place] = owner
    return place
  }
}
