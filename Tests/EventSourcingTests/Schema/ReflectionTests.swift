import EventSourcing
import Testing

@Suite("Reflection")
struct ReflectionTests {
  struct Box<Content, Other> {
    var content: Content
    let others: [Other]
    var computed: Int { 1 }
    lazy var late = 1
  }
  indirect enum Tree<Leaf> {
    case leaf(Leaf)
    case node(left: Tree, right: Tree)
    case empty
  }
  enum Odd {
    case plain
    case one(Int)
    case labelled(by: Int)
    case mixed(Int, label: String, Bool)
    case tuple((Int, Int))
    case closure(() -> Void)
    case erased(Any)
    case nothing(Void)
    case optional(Int?)
    case größe(höhe: Double)
  }
  class Parent { var x = 1 }

  func cases(_ type: Any.Type) -> [String] {
    guard case .enumeration(let cases) = Reflection.shape(of: type) else { return [] }
    return cases.map { found in
      guard let payload = found.payload else { return found.name }
      return found.name + "("
        + payload.map { "\($0.name ?? "_"): \($0.type.map { String(describing: $0) } ?? "?")" }.joined(separator: ", ")
        + ")" + (found.isIndirect ? " indirect" : "")
    }
  }

  @Test("Cases with labels and types, those that carry something first")
  func enums() {
    #expect(
      cases(Odd.self) == [
        "one(_: Int)", "labelled(by: Int)", "mixed(_: Int, label: String, _: Bool)", "tuple(_: Int, _: Int)",
        "closure(_: () -> ())", "erased(_: Any)", "optional(_: Optional<Int>)", "größe(höhe: Double)",
        "plain", "nothing()",
      ])
  }

  @Test("Generic and indirect enums")
  func generic() {
    #expect(
      cases(Tree<UUID>.self) == [
        "leaf(_: UUID) indirect", "node(left: Tree<UUID>, right: Tree<UUID>) indirect", "empty",
      ])
  }

  @Test("Stored properties alone, of generic structs too")
  func structs() {
    guard case .structure(let fields) = Reflection.shape(of: Box<String, [Int: Bool]>.self) else {
      Issue.record("no struct")
      return
    }
    #expect(fields.map(\.name) == ["content", "others", "$__lazy_storage_$_late"])
    #expect(
      fields.map { $0.type.map { String(describing: $0) } } == [
        "String", "Array<Dictionary<Int, Bool>>", "Optional<Int>",
      ])
  }

  @Test("Local types")
  func local() {
    struct Here { var x: Int }
    guard case .structure(let fields) = Reflection.shape(of: Here.self) else {
      Issue.record("no struct")
      return
    }
    #expect(fields.map(\.name) == ["x"])
    #expect(typeName(Here.self) == "ReflectionTests.Here" || typeName(Here.self).hasSuffix("Here"))
  }

  @Test("Other kinds of types are told apart")
  func kinds() {
    #expect(Reflection.kind(of: Parent.self) == .object)
    #expect(Reflection.kind(of: (() -> Void).self) == .function)
    #expect(Reflection.kind(of: (Int, Int).self) == .tuple)
    #expect(Reflection.kind(of: Any.self) == .existential)
    #expect(Reflection.kind(of: (any Error).self) == .existential)
    #expect(Reflection.kind(of: (any Hashable & Sendable).self) == .existential)
    #expect(Reflection.kind(of: Int.Type.self) == .metatype)
    #expect(Reflection.kind(of: Int?.self) == .optional)
    #expect(Reflection.kind(of: Int.self) == .structure)
  }

  @Test("The tag of a value is the place of its case")
  func tags() throws {
    let tags = try #require(EnumTag(Odd.self))
    let values: [Odd] = [
      .one(1), .labelled(by: 1), .mixed(1, label: "", true), .tuple((1, 2)), .closure({}), .erased(1), .optional(nil),
      .größe(höhe: 1), .plain, .nothing(()),
    ]
    #expect(values.map { tags.tag(of: $0) } == Array(0...9))
    guard case .plain? = tags.value(Odd.self, ofCaseWithoutPayload: 8) else {
      Issue.record("another case")
      return
    }
    let trees = try #require(EnumTag(Tree<String>.self))
    #expect(trees.tag(of: Tree<String>.node(left: .empty, right: .leaf("x"))) == 1)
    #expect(trees.tag(of: Tree<String>.empty) == 2)
    enum Lone { case only }
    #expect(EnumTag(Lone.self)?.tag(of: Lone.only) == 0)
    #expect(EnumTag(Int.self) == nil)
    #expect(EnumTag(Int?.self) == nil)
  }

  @Test("Names of types as people write them")
  func names() {
    #expect(typeName(Shop.Event.self) == "Shop.Event")
    #expect(typeName(Box<Shop.Event, Int>.self) == "ReflectionTests.Box<Shop.Event, Int>")
    #expect(typeName([String: Shop.Item].self) == "Dictionary<String, Shop.Item>")
  }
}
