import EventSourcing
import EventSpec
import Ordering
import Testing

@testable import EventSpecREPL

@Suite("Completion")
struct CompletionTests {
  private func candidates(_ text: String, after lines: [String] = []) async -> [String] {
    let session = REPLSession(domain: ordering)
    for line in lines { _ = await session.answer(to: line) }
    return CompletionGrammar(session).completion(of: text, at: text.utf8.count).candidates.map(\.text)
  }

  private func hint(_ text: String) -> String? { CompletionGrammar(REPLSession(domain: ordering)).hint(for: text) }

  @Test("A message's name is completed, whatever its case, under each keyword")
  func messages() async {
    #expect(await candidates("Pl") == ["PlaceOrder"])
    #expect(await candidates("When pl") == ["PlaceOrder"])
    #expect(await candidates("Then orderp") == ["OrderPlaced"])
    #expect(
      await candidates("Then error Can") == [
        "error CannotModifyPlacedOrder", "error CannotPlaceEmptyOrder", "error CannotCancelShippedOrder",
      ])
    #expect(await candidates("Then no e") == ["no events"])
    #expect(await candidates("Order o2: Canc") == ["CancelOrder"])
    #expect(await candidates("The") == ["Then "])
  }

  @Test("Within brackets come the fields that are missing, then values by type")
  func fields() async {
    #expect(await candidates("AddItem(") == ["productID: ", "productName: ", "quantity: ", "unitPrice: "])
    #expect(await candidates("AddItem(quantity: 2, p") == ["productID: ", "productName: "])
    #expect(await candidates("PlaceOrder(shippingAddress: ") == ["{"])
    #expect(
      await candidates("PlaceOrder(shippingAddress: {street: \"a, (b\", ") == ["city: ", "postalCode: ", "country: "])
    #expect(await candidates("PlaceOrder(\n  ship") == ["shippingAddress: "])
    #expect(await candidates("Then OrderPlaced(") == ["shippingAddress: ", "totalAmount: ", "..."])
    let created = ["CreateOrder(customerID: alice)"]
    #expect(await candidates("Then state(status: p", after: created) == ["placed"])
    #expect(await candidates("CancelOrder(cancelledBy: a", after: created) == ["alice"])
    #expect(await candidates("AddItem(productName: \"Wid") == [])
  }

  @Test("Meta-commands and their arguments are completed")
  func meta() async {
    #expect(await candidates(":st") == [":state ", ":streams "])
    #expect(await candidates(":view Or") == ["OrderDetails "])
    let created = ["CreateOrder(customerID: alice)", "Order o2: CreateOrder(customerID: bob)"]
    #expect(await candidates(":view OrderDetails o", after: created) == ["o2", "order"])
    #expect(await candidates(":open o", after: created).contains("o2"))
    #expect(await candidates(":help sa") == ["save"])
    #expect(await candidates(":describe PlaceO") == ["PlaceOrder"])
    #expect(await candidates(":state it", after: created) == ["items"])
    #expect(await candidates(":json o") == ["on", "off"])
  }

  @Test("A hint says what comes next")
  func hints() {
    #expect(hint("RemoveItem") == "(productID: UUID)")
    #expect(hint("AddItem(productID: widget, ") == "productName: String, quantity: Int, unitPrice: Decimal")
    #expect(hint(":save") == " \"TITLE\" [FILE]")
    #expect(hint("Nonsense") == nil)
  }

  @Test(
    "No text makes completion fail",
    arguments: ["(", ")", "{[(", "))))", ":", "\"", "\\", "a:b:c(", "Then x for ", "AddItem(:,:,", "  \n\n(", "x(\"\\"])
  func robust(_ text: String) async {
    for length in 0...text.utf8.count {
      _ = CompletionGrammar(REPLSession(domain: ordering)).completion(of: text, at: length)
    }
    _ = hint(text)
  }
}
