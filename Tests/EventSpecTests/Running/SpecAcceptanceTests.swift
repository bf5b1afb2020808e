@testable import EventSpec
import Ordering
import Testing

@Suite("Accepting what happens")
struct SpecAcceptanceTests {
  /// Accepts what the first scenario does, and gives back its file.
  private func accept(_ source: String, scenario: Int = 0) async -> (text: String, refusal: String?) {
    let result = await SpecAcceptance(ordering).accept(
      path: "a.feature", content: Array(source.utf8), failing: [scenario])
    return (result.content.map { String(decoding: $0, as: UTF8.self) } ?? source, result.refused.first?.reason)
  }

  private func feature(_ steps: String...) -> String {
    "Feature: A\r\n\n   # odd blanks stay  \n  Background:\n    Given OrderCreated(customerID: alice)\n\n  Scenario: B\n"
      + steps.map { "     " + $0 + "\n" }.joined()
  }

  private let cancel = #"When CancelOrder(reason: "x", cancelledBy: bob)"#
  private let add = "When AddItem(productID: p, productName: P, quantity: 2, unitPrice: 1.50)"

  @Test("changes values where they stand, and nothing else")
  func values() async {
    let before = feature(
      add, "Then OrderItemAdded(productID: q,  quantity:3, ...)", "And state(total: 1, items.count: > 0)")
    let after = feature(
      add, "Then OrderItemAdded(productID: p,  quantity:2, ...)", "And state(total: 3, items.count: > 0)")
    #expect(await accept(before).text == after)
  }

  @Test("changes values in tables and versions")
  func tables() async {
    let table = ["|productID| p|", "| productName |P |", "| quantity | 7 |", "| unitPrice | 1.5 |"]
    let changed = ["|productID| p|", "| productName |P |", "| quantity | 2 |", "| unitPrice | 1.5 |"]
    let before = feature(add, "Then OrderItemAdded", table[0], table[1], table[2], table[3], "And version is 7")
    let after = feature(add, "Then OrderItemAdded", changed[0], changed[1], changed[2], changed[3], "And version is 2")
    #expect(await accept(before).text == after)
  }

  @Test("writes other events in the place of those stated")
  func otherEvents() async {
    let before = feature(
      cancel, "Then OrderShipped(trackingNumber: T, carrier: C)", "# a comment", "And no commands",
      "* state(status: draft)")
    let after = feature(
      cancel, "Then no commands", "And OrderCancelled(reason: x, cancelledBy: bob)", "# a comment",
      "* state(status: cancelled)")
    #expect(await accept(before).text == after)
  }

  @Test("leaves what is stated rightly as it was written, matchers and all")
  func keptMatchers() async {
    let before = feature(add, cancel, "Then OrderItemAdded(quantity: > 1, productID: any, ...)")
    let after = feature(
      add, cancel, "Then OrderItemAdded(quantity: > 1, productID: any, ...)",
      "And OrderCancelled(reason: x, cancelledBy: bob)")
    #expect(await accept(before).text == after)
    let reversed = feature(
      add, cancel, "Then OrderCancelled(reason: any, cancelledBy: /bob/)", "And OrderItemAdded(quantity: 1..3, ...)")
    let mended = feature(
      add, cancel, "Then OrderItemAdded(quantity: 1..3, ...)", "And OrderCancelled(reason: any, cancelledBy: /bob/)")
    #expect(await accept(reversed).text == mended)
  }

  @Test("writes an error in the place of events, and events in the place of an error")
  func errors() async {
    #expect(
      await accept(feature("When RemoveItem(productID: p)", "Then OrderItemRemoved(productID: p)")).text
        == feature("When RemoveItem(productID: p)", "Then error \"Product not in order\""))
    #expect(
      await accept(feature(cancel, "Then error OrderNotFound")).text
        == feature(cancel, "Then OrderCancelled(reason: x, cancelledBy: bob)"))
    #expect(
      await accept(feature(cancel, "Then no events")).text
        == feature(cancel, "Then OrderCancelled(reason: x, cancelledBy: bob)"))
    #expect(
      await accept(feature("When RemoveItem(productID: p)", "Then state(status: draft)")).text
        == feature("When RemoveItem(productID: p)", "Then state(status: draft)", "And error \"Product not in order\""))
  }

  @Test("says the stream where a reader could not know it")
  func streams() async {
    #expect(
      await accept(feature("When Order o2: CreateOrder(customerID: bob)", "Then no events")).text
        == feature("When Order o2: CreateOrder(customerID: bob)", "Then Order o2: OrderCreated(customerID: bob)"))
  }

  @Test("refuses what it cannot do, and says why")
  func refusals() async {
    let outline =
      "Feature: A\n  Scenario Outline: B\n    When Order: CreateOrder(customerID: <c>)\n    Then no events\n"
      + "    Examples:\n      | c |\n      | alice |\n"
    #expect(await accept(outline).refusal == "it is a row of an outline, whose Then steps other rows share")
    #expect(await accept(feature(cancel)).refusal == "it asserts nothing")
    #expect(await accept(feature("When CancelOder", "Then no events")).refusal == "it cannot be read")
    #expect(
      await accept(feature("Given RemoveItem(productID: p)", cancel, "Then no events")).refusal?
        .contains("Product not in order") == true)
  }

  @Test("leaves a scenario that passes as it is")
  func passing() async {
    let source = feature(cancel, "Then OrderCancelled(...)")
    let result = await accept(source)
    #expect(result.text == source)
    #expect(result.refusal == nil)
  }
}
