package import EventSourcing

/// What a value in a Then must look like.
package enum Pattern: Sendable {
  /// Exactly this value.
  case exact(ValueTemplate)
  /// Anything at all.
  case any
  /// The value of a name: binds it the first time, must equal it from then on.
  case named(String)
  /// A text in which the expression is found; compiled when the step is read.
  indirect case regex(RegularExpression)
  /// Ordered so to the value.
  indirect case compare(Comparison, ValueTemplate)
  /// Between two values, both included.
  indirect case range(ValueTemplate, ValueTemplate)
  /// No further from a value than a tolerance.
  indirect case near(ValueTemplate, tolerance: ValueTemplate)
  /// Anything but this.
  indirect case not(Pattern)
  /// A text or collection without content.
  case empty
  /// Null or a text without content: what an empty cell asks for.
  case blank
  /// A collection with such an element, or a text with such a part.
  indirect case contains(Pattern)
  /// Elements, in order.
  case list([Pattern])
  /// Elements, in any order.
  case set([Pattern])
  /// Fields; with `isOpen` others are not looked at, without it every field must be named.
  case record([FieldPattern], isOpen: Bool)
  /// The values of a dictionary's keys, which are in coded form; with `isOpen` others are not looked at.
  case dictionary([(key: DynamicValue, value: FieldPattern)], isOpen: Bool)
  /// A case of an enumeration with a payload.
  case enumerationCase(name: String, fields: [FieldPattern], isOpen: Bool)

  /// How a value is ordered to another.
  package enum Comparison: String, Sendable, Hashable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }
}

/// What one field, or what lies at a path, must look like.
package struct FieldPattern: Sendable {
  /// The path to the value.
  package var path: [PathComponent]
  /// The type of the value there.
  package var type: TypeSchema
  package var pattern: Pattern
  /// Where the value stands in the spec.
  package var location: SpecLocation
  /// The value as written.
  package var text: String

  package init(path: [PathComponent], type: TypeSchema, pattern: Pattern, location: SpecLocation, text: String) {
    self.path = path
    self.type = type
    self.pattern = pattern
    self.location = location
    self.text = text
  }
}

/// One step on the way to a value.
package enum PathComponent: Sendable, Hashable {
  /// A field of a record.
  case field(String)
  /// An element of a list, counted from 0.
  case index(Int)
  /// The value of a dictionary's key.
  case key(String)
  /// The number of elements.
  case count
}

/// What an event or an issued command must look like.
package struct MessagePattern: Sendable {
  package var kind: MessageTemplate.Kind
  package var aggregate: Int
  package var caseIndex: Int
  /// The stream, where the step names one.
  package var stream: StreamTarget?
  package var fields: [FieldPattern]
  /// Whether fields that are not named are not looked at.
  package var isOpen: Bool
  package var location: SpecLocation

  package init(
    kind: MessageTemplate.Kind, aggregate: Int, caseIndex: Int, stream: StreamTarget?, fields: [FieldPattern],
    isOpen: Bool, location: SpecLocation
  ) {
    self.kind = kind
    self.aggregate = aggregate
    self.caseIndex = caseIndex
    self.stream = stream
    self.fields = fields
    self.isOpen = isOpen
    self.location = location
  }
}

/// What the error of an act must look like.
package enum ErrorPattern: Sendable {
  /// Any error but a conflict.
  case any
  /// An error with exactly this text.
  case text(String)
  /// A declared error, by aggregate and case; without fields any payload of the case is refused unless it has none.
  case declared(choices: [(aggregate: Int, caseIndex: Int)], fields: [FieldPattern], isOpen: Bool)
  /// A built-in error, such as `unknown event type`.
  case builtIn(String)
}

/// What a state must look like.
package enum StatePattern: Sendable {
  /// These fields and paths match.
  case fields([FieldPattern])
  /// The whole state.
  case whole(Pattern, type: TypeSchema)
  /// The elements of the collection at a path are these rows.
  case rows(path: [PathComponent], rows: [[FieldPattern]])
}

/// What a view must show.
package struct ViewPattern: Sendable {
  package enum Expectation: Sendable {
    /// Exactly these rows, in any order unless the view declares one.
    case rows([[FieldPattern]])
    /// Exactly one row, with these fields.
    case fields([FieldPattern])
    /// No row.
    case none
  }

  /// The view's index in the domain.
  package var view: Int
  /// The key asked for, nil for the only row.
  package var key: ValueTemplate?
  package var expectation: Expectation

  package init(view: Int, key: ValueTemplate?, expectation: Expectation) {
    self.view = view
    self.key = key
    self.expectation = expectation
  }
}
