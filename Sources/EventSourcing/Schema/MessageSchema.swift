/// The cases of a message type with their fields.
public struct MessageSchema: Sendable {
  /// The name of the type, as in `Order.Event`.
  public var typeName: String
  /// The cases in the order of declaration.
  public var cases: [CaseSchema]
  /// What is wrong with the type.
  public var findings: [SchemaFinding]

  /// Makes a schema by hand.
  public init(typeName: String, cases: [CaseSchema], findings: [SchemaFinding] = []) {
    self.typeName = typeName
    self.cases = cases
    self.findings = findings
  }
}

/// One case of a message type.
public struct CaseSchema: Sendable {
  /// The case's name in Swift, as in `orderItemAdded`.
  public var name: String
  /// The stored type name, as in `OrderItemAdded`.
  public var storedName: String
  /// Former stored type names.
  public var formerStoredNames: [String]
  /// The version of the stored form.
  public var schemaVersion: Int
  /// The fields of the payload.
  public var fields: [FieldSchema]

  /// Makes a case by hand.
  public init(
    name: String, storedName: String, formerStoredNames: [String] = [], schemaVersion: Int = 1, fields: [FieldSchema]
  ) {
    self.name = name
    self.storedName = storedName
    self.formerStoredNames = formerStoredNames
    self.schemaVersion = schemaVersion
    self.fields = fields
  }
}

/// One field of a message or record.
public struct FieldSchema: Sendable {
  /// The field's name; `_0` for a value without a label.
  public var name: String
  /// Its type.
  public var type: TypeSchema
  /// What stands for it where it is left out, in coded form.
  public var defaultValue: DynamicValue?
  /// Whether it is derived from others: it can be asked for and never given.
  public var isDerived: Bool

  /// Whether it may be null.
  public var isOptional: Bool { if case .optional = type { true } else { false } }

  /// Makes a field by hand.
  public init(_ name: String, _ type: TypeSchema, defaultValue: DynamicValue? = nil, isDerived: Bool = false) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.isDerived = isDerived
  }
}

/// A finding about a domain's types.
public struct SchemaFinding: Sendable, Hashable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: Sendable, Hashable {
    /// The domain cannot be used so.
    case error
    /// The domain can be used; trouble is likely.
    case warning
  }

  /// How bad it is.
  public var severity: Severity
  /// The type concerned, as in `Order.Event`.
  public var type: String
  /// The case and field concerned, as in `orderPlaced.shippingAddress`.
  public var path: String?
  /// What is wrong and what to do.
  public var message: String

  /// Makes a finding.
  public init(_ severity: Severity, type: String, path: String? = nil, message: String) {
    self.severity = severity
    self.type = type
    self.path = path
    self.message = message
  }

  /// What a person reads.
  public var description: String { (path.map { "\(type).\($0)" } ?? type) + ": " + message }
}
