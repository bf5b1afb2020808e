/// One step on the way to a value in a tree.
enum PathElement: CodingKey {
  /// A field.
  case name(String)
  /// An element of a list.
  case index(Int)
  /// No step: a value in place of another.
  case same

  var stringValue: String {
    switch self {
    case .name(let name): name
    case .index(let index): String(index)
    case .same: ""
    }
  }

  var intValue: Int? { if case .index(let index) = self { index } else { nil } }

  init(stringValue: String) { self = .name(stringValue) }
  init(intValue: Int) { self = .index(intValue) }

  /// A coding path as people write it: `items[2].price`.
  static func text(of path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else if !key.stringValue.isEmpty {
        text += text.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
    return text
  }
}

/// How deep values may be nested: a deeper one is an error, never an overflow of the stack.
package let deepestNesting = 256
