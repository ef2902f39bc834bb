import SourceText
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    #"{"a":[1,2.50,-0e+1],"b":{"c":null},"a":true}"#,
    #""\"\\\n\t\u0001é😀/""#,
    "[]", "{}", "0", "false",
  ])
  func writesWhatItRead(text: String) throws {
    #expect(try JSONValue(parsing: text).text() == text)
  }

  @Test(arguments: [
    (#""\u00e9\ud83d\ude00\/""#, "é😀/"), (#""\ud83d""#, "\u{FFFD}"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"),
  ])
  func decodesEscapes(text: String, expected: String) throws {
    #expect(try JSONValue(parsing: text).stringValue == expected)
  }

  @Test func remembersWhereThingsStood() throws {
    let text = #"{ "name": [10, "x"] }"#
    let value = try JSONValue(parsing: text)
    let member = try #require(value.members?.first)
    #expect(member.nameRange == 2..<8)
    #expect(member.value.range == 10..<19)
    #expect(member.value[1]?.range == 15..<18)
  }

  @Test func indentsByTwo() throws {
    let text = "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}"
    #expect(try JSONValue(parsing: text).text(.indented) == text)
  }

  @Test(arguments: [
    ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("01", 0), ("1 2", 2), ("\"a", 0),
    ("\"\\x\"", 1), ("\"\u{1}\"", 1), ("nul", 0), ("{a:1}", 1), ("1.", 0), ("\"\\u12g4\"", 3),
    ("\"\\u+123\"", 3),
  ])
  func refusesOtherTextWithItsPlace(text: String, offset: Int) {
    let error = #expect(throws: JSONValue.ParseError.self) { try JSONValue(parsing: text) }
    #expect(error?.offset == offset)
  }

  @Test func refusesIllFormedText() {
    #expect(throws: JSONValue.ParseError.self) {
      try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22])
    }
  }

  @Test func refusesDeepNestingInsteadOfOverflowingTheStack() {
    let deep = String(repeating: "[", count: 100_000)
    let error = #expect(throws: JSONValue.ParseError.self) { try JSONValue(parsing: deep) }
    #expect(error?.message.contains("1000 levels") == true)
  }
}
