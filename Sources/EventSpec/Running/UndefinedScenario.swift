/// Finds out, without running it, whether a scenario asserts nothing.
enum UndefinedScenario {
  /// Where an act begins that no Then looks at, or that there is no Then at all.
  ///
  /// - Parameter roles: The roles of the scenario's steps, in order.
  /// - Returns: The indexes of the first steps of such acts; nil stands for the scenario as a whole.
  static func places(in roles: [StepRole]) -> [Int?] {
    var places: [Int?] = []
    var act: Int?
    var hasThen = false
    for (index, role) in roles.enumerated() {
      switch role {
      case .given:
        if let start = act { places.append(start) }
        act = nil
      case .when: act = act ?? index
      case .then:
        act = nil
        hasThen = true
      }
    }
    if let act { places.append(act) }
    if !hasThen && places.isEmpty { places.append(nil) }
    return places
  }
}
