import EventSourcing
import Testing

@testable import EventSpec

@Suite("Comparing values of any type")
struct StructuralComparerTests {
  enum Shape: Codable, Sendable {
    case empty
    case circle(radius: Double)
    case named(String, Int?)
    case nested([Inner])
    case keyed([String: Inner])
  }

  struct Inner: Codable, Sendable {
    var flag: Bool
    var text: String?
    var amount: Decimal
    var shape: Small
    var id: UUID
  }

  enum Small: String, Codable, Sendable { case one, two }

  indirect enum Tree: Codable, Sendable {
    case leaf(Int)
    case node(Tree, Tree)
  }

  struct Node: Codable, Sendable {
    var value: Int
    var children: [Node] = []
  }

  struct Loose: Codable, Sendable, Equatable {
    var seen = 0
    var hidden = 0
    static func == (left: Self, right: Self) -> Bool { left.seen == right.seen }
  }

  private func inner(_ text: String?, _ amount: Decimal = 1, _ shape: Small = .one) -> Inner {
    Inner(flag: true, text: text, amount: amount, shape: shape, id: .named("x"))
  }

  @Test("cases with their payloads, optionals, collections")
  func shapes() {
    let equality = TypedEquality<Shape>()
    let long = String(repeating: "long enough to be elsewhere ", count: 3)
    let same: [(Shape, Shape)] = [
      (.empty, .empty), (.circle(radius: 1.5), .circle(radius: 1.5)), (.named(long, 3), .named(long + "", 3)),
      (.named("a", nil), .named("a", nil)),
      (.nested([inner(long), inner(nil)]), .nested([inner(String(long.map { $0 })), inner(nil)])),
      (.keyed(["a": inner("x"), "b": inner("y")]), .keyed(["b": inner("y"), "a": inner("x")])),
    ]
    for (left, right) in same { #expect(equality.areIdentical(left, right), "\(left)") }
    let different: [(Shape, Shape)] = [
      (.empty, .circle(radius: 0)), (.circle(radius: 0), .circle(radius: -0.0)), (.named(long, 3), .named(long, nil)),
      (.named("é", 1), .named("e\u{301}", 1)), (.nested([]), .nested([inner(nil)])),
      (.nested([inner("a")]), .nested([inner("b")])), (.nested([inner(nil)]), .nested([inner("")])),
      (.nested([inner("a", 1)]), .nested([inner("a", 2)])),
      (.nested([inner("a", 1, .one)]), .nested([inner("a", 1, .two)])),
      (.keyed(["a": inner("x")]), .keyed(["a": inner("y")])), (.keyed(["a": inner("x")]), .keyed(["b": inner("x")])),
    ]
    for (left, right) in different { #expect(!equality.areEqual(left, right), "\(left)") }
  }

  @Test("types that contain themselves")
  func recursive() {
    let nodes = TypedEquality<Node>()
    let node = Node(value: 1, children: [Node(value: 2), Node(value: 3, children: [Node(value: 4)])])
    var other = node
    #expect(nodes.areIdentical(node, other))
    other.children[1].children[0].value = 5
    #expect(!nodes.areEqual(node, other))
    let trees = TypedEquality<Tree>()
    #expect(trees.areEqual(.node(.leaf(1), .leaf(2)), .node(.leaf(1), .leaf(2))))
    #expect(!trees.areEqual(.node(.leaf(1), .leaf(2)), .node(.leaf(1), .leaf(3))))
  }

  @Test("an own == makes equal, never identical")
  func own() {
    let equality = TypedEquality<Loose>()
    #expect(equality.areEqual(Loose(seen: 1, hidden: 1), Loose(seen: 1, hidden: 2)))
    #expect(!equality.areIdentical(Loose(seen: 1, hidden: 1), Loose(seen: 1, hidden: 2)))
    #expect(!equality.areEqual(Loose(seen: 1), Loose(seen: 2)))
  }

  @Test("whatever is taken for something stated in any order makes room for others")
  func assignment() {
    var assignment = EventAssignment()
    #expect(assignment.take([0, 1]) == 0)
    #expect(assignment.take([0]) == 0)
    #expect(assignment.take([1, 2]) == 2)
    #expect(assignment.take([0, 1]) == nil)
    #expect(assignment.isTaken(1))
  }
}
