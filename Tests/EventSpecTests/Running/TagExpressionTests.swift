import EventSpec
import Testing

@Suite("Tag expressions")
struct TagExpressionTests {
  @Test(
    "choose scenarios by their tags",
    arguments: [
      ("", [], true), ("@a", ["@a"], true), ("@a", ["@b"], false), ("not @a", ["@a"], false), ("not @a", [], true),
      ("@a and @b", ["@a"], false), ("@a and @b", ["@b", "@a"], true), ("@a or @b", ["@b"], true),
      ("@a or @b and @c", ["@a"], true), ("(@a or @b) and @c", ["@a"], false), ("not @a and @b", ["@b"], true),
      ("not (@a and @b)", ["@a"], true), ("not not @a", ["@a"], true), ("(((@a)))", ["@a"], true),
      ("not@a", ["not@a"], true), ("@a\tor\n@b", ["@b"], true), (#"@a\(1\)"#, ["@a(1)"], true),
      (#"@a\ b"#, ["@a b"], true), (#"@a\\b"#, [#"@a\b"#], true), ("@a and not @b or @c", ["@a", "@b"], false),
    ] as [(String, [String], Bool)])
  func choose(expression: String, tags: [String], isMeant: Bool) throws {
    #expect(try TagExpression(expression).matches(tags) == isMeant)
  }

  @Test(
    "say what is out of place, and where",
    arguments: [
      ("@a @b", 4, "expected 'and', 'or' or the end before '@b'"), ("and @a", 1, "expected a tag before 'and'"),
      ("@a or", 6, "expected a tag behind 'or', found the end"),
      ("not", 4, "expected a tag behind 'not', found the end"),
      ("(@a", 1, "this '(' is never closed"), ("@a)", 3, "this ')' closes no '('"),
      ("()", 2, "expected a tag before ')'"),
      ("@a not @b", 4, "expected 'and', 'or' or the end before 'not'"),
      (#"@a\b"#, 3, "a backslash may stand before '(', ')', a blank or another backslash only"),
      (#"@a\"#, 3, "expected '(', ')', a blank or a backslash behind the backslash"),
      ("@a (@b)", 4, "expected 'and', 'or' or the end before '('"),
    ])
  func errors(expression: String, column: Int, message: String) {
    #expect(throws: TagExpressionError.self) { try TagExpression(expression) }
    do { _ = try TagExpression(expression) } catch let error as TagExpressionError {
      #expect(error.column == column)
      #expect(error.message == message)
    } catch { Issue.record(error) }
  }

  @Test("may be nested as deep as one likes")
  func deep() throws {
    let count = 200_000
    let text = String(repeating: "not (", count: count) + "@a" + String(repeating: ")", count: count)
    #expect(try TagExpression(text).matches(["@a"]))
  }
}
