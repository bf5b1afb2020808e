/// Whether a type codes itself as its schema says, tried with samples.
enum CodingCheck: Sendable {
  /// It takes what the schema says and gives the same form back.
  case passed
  /// It does not, with what is wrong and where.
  case failed(message: String, path: String?)
  /// No sample could be made that the type accepts.
  case untried

  /// Tries samples of a type.
  ///
  /// - Parameters:
  ///   - samples: Coded forms that the schema allows; with none, nothing is tried.
  ///   - envelope: How many steps of a path are none of the user's.
  ///   - roundTrip: Decodes a sample and encodes it again.
  init(_ samples: [DynamicRecord], envelope: Int = 0, roundTrip: (DynamicRecord) throws -> DynamicRecord) {
    self = .untried
    for sample in samples {
      do {
        let result = try roundTrip(sample)
        guard result.hasForm(of: sample) else {
          self = .failed(message: Self.difference(sample, result), path: nil)
          return
        }
        self = .passed
      } catch let error as DecodingError {
        // Data that a type finds wrong, rather than missing or of another kind, says nothing about its form.
        if case .dataCorrupted = error { continue }
        let error = CodecError.wrapping(error, .invalidPayload, type: "", envelope: envelope)
        self = .failed(message: "codes itself otherwise than its fields say: " + error.message, path: error.path)
        return
      } catch {
        continue
      }
    }
  }

  private static func difference(_ expected: DynamicRecord, _ found: DynamicRecord) -> String {
    let names = found.fields.map(\.name).joined(separator: ", ")
    if Set(found.fields.map(\.name)) != Set(expected.fields.map(\.name)) {
      return "codes itself otherwise than its fields say: its coded fields are (\(names))"
    }
    let field = expected.fields.first { found[$0.name].map($0.value.hasForm(of:)) != true }
    return "codes the field '\(field?.name ?? "")' otherwise than its type says"
  }

  var hasPassed: Bool { if case .passed = self { true } else { false } }
}

/// The types whose own coding is being tried, which may well use the codec of the type in turn.
enum TypesOnTrial {
  @TaskLocal private static var types: Set<ObjectIdentifier> = []

  /// Tries the coding of a type; nil where that is what is going on already, so that it would have no end.
  static func trying<Result>(_ type: Any.Type, _ body: () throws -> Result?) rethrows -> Result? {
    let id = ObjectIdentifier(type)
    if types.contains(id) { return nil }
    return try $types.withValue(types.union([id])) { try body() }
  }
}
