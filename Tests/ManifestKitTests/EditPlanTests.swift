import ManifestKit
import SourceText
import Testing

@Suite struct EditPlanTests {
  private func edit(_ text: String, _ change: (inout EditPlan) throws -> Void) throws -> String {
    var plan = EditPlan()
    try change(&plan)
    let bytes = try plan.apply(to: SourceFile(name: "test.yaml", text: text))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func set(_ text: String, _ path: String, _ json: String) throws -> String {
    try edit(text) { try $0.set(EditPath(parsing: path), to: JSONValue(parsing: json)) }
  }

  @Test(arguments: [
    ("a: 1 # c\n", "a", "2", "a: 2 # c\n"), ("a: \"1\"\n", "a", #""2""#, "a: \"2\"\n"),
    ("a: 'x'\n", "a", #""it's""#, "a: 'it''s'\n"), ("a: x\n", "a", #""yes""#, "a: \"yes\"\n"),
    ("a: x\n", "a", #""1.10""#, "a: \"1.10\"\n"), ("a:\nb: 1\n", "a", "1", "a: 1\nb: 1\n"),
    ("a: &x 1\n", "a", "2", "a: &x 2\n"), ("a: &x 1\nb: *x\n", "b", "2", "a: &x 1\nb: 2\n"),
    ("a: |\n  x\nb: 1\n", "a", #""y\nz\n""#, "a: |\n  y\n  z\nb: 1\n"),
    ("a: |\r\n  x\r\nb: 1\r\n", "a", #""y""#, "a: |-\r\n  y\r\nb: 1\r\n"),
    ("a: >\n  x\n", "a", #""y z\n""#, "a: >\n  y z\n"),
    ("m: {a: 1}\n", "m.b", "2", "m: {a: 1, b: 2}\n"),
    ("m: {}\n", "m.b", "2", "m: {b: 2}\n"), ("m:\n", "m.b", "2", "m:\n  b: 2\n"),
    ("m:\n    a: 1\n\n# c\n", "m.b", "2", "m:\n    a: 1\n    b: 2\n\n# c\n"),
    ("a: 1", "b", "2", "a: 1\nb: 2"),
    ("a: 1\r\n", "b.c", "2", "a: 1\r\nb:\r\n  c: 2\r\n"),
    ("{\"a\": 1}\n", "b", #""x""#, "{\"a\": 1, \"b\": \"x\"}\n"),
    (
      "l:\n- n: a\n  v: 1\n- n: b\n  v: 2\n", "l[n=b].v", "3",
      "l:\n- n: a\n  v: 1\n- n: b\n  v: 3\n"
    ),
    (
      "b: &x {c: 1}\nm:\n  <<: *x\n  d: 1\n", "m.c", "2",
      "b: &x {c: 1}\nm:\n  <<: *x\n  d: 1\n  c: 2\n"
    ),
    ("a: {b: 1}\n", "/a/b", "2", "a: {b: 2}\n"), ("\u{FEFF}a: 1\n", "a", "2", "\u{FEFF}a: 2\n"),
    ("a: 1\n", "\"x.y\"", "2", "a: 1\nx.y: 2\n"), ("a:\n  b: 1\nc: 2\n", "a", "5", "a: 5\nc: 2\n"),
    ("a: 5\n", "a", #"{"b": [1]}"#, "a:\n  b:\n  - 1\n"),
    ("a: x  # c\nb: 1\n", "a", "[1]", "a:  # c\n  - 1\nb: 1\n"),
    ("a: !!int 1\n", "a", #""x""#, "a: x\n"), ("a: !!int &x 1\n", "a", "true", "a: &x true\n"),
    ("{a: , b: 1}\n", "c", "2", "{a: , b: 1, c: 2}\n"), ("a: |\n  x\n", "a", "[]", "a: []\n"),
    ("a: x  # c\n", "a", #""x""#, "a: x  # c\n"),
    // A list right below its key stands where a mapping would be the key's sibling.
    ("l:\n- a\nm: 1\n", "l", #"{"k": 1}"#, "l:\n  k: 1\nm: 1\n"),
    ("s:\n  l: &c\n  - a\n  m: *c\n", "s.l", "null", "s:\n  l: &c null\n  m: *c\n"),
    ("a: &x\n  !!map\n  b: 1\n", "a", "2", "a: &x 2\n"),
    ("a: &x Foo\nb: *x\n", "a", "[1]", "a: &x\n  - 1\nb: *x\n"),
    ("- &x a\n- *x\n", "[0]", #"{"k": 1}"#, "- &x\n  k: 1\n- *x\n"),
    ("a: !!seq\n- b\n", "a", "null", "a: null\n"), ("- !!str a\n", "[0]", "[1]", "- - 1\n"),
    ("m: # c\n  a: 1\n", "m", "5", "m: 5 # c\n"), ("{a, b: 1}\n", "a", "2", "{a: 2, b: 1}\n"),
    ("[a: 1]\n", "[0].b", "2", "[{a: 1, b: 2}]\n"), ("--- |1+", "", #""x""#, "--- \"x\""),
    // A newline behind a block scalar that had none must not become part of its text.
    ("a: |\n  x", "b", "2", "a: |-\n  x\nb: 2"), ("a: |+\n  x", "b", "2", "a: |-\n  x\nb: 2"),
    ("l:\n- >\n  x", "b", "2", "l:\n- >-\n  x\nb: 2"), ("a: |-\n  x", "b", "2", "a: |-\n  x\nb: 2"),
  ])
  func setting(text: String, path: String, value: String, expected: String) throws {
    #expect(try set(text, path, value) == expected)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\n", "a", "b: 2\n"), ("a: 1\nb: 2", "b", "a: 1"),
    ("m:\n  a: 1\nb: 2\n", "m.a", "m: {}\nb: 2\n"),
    ("m: # c\n  a: 1\n", "m.a", "m: {} # c\n"), ("l:\n- a # x\n- b\n", "l[0]", "l:\n- b\n"),
    ("l:\n- a: 1\n  b: 2\n", "l[0].a", "l:\n- b: 2\n"), ("[a, b, c]\n", "[1]", "[a, c]\n"),
    ("{a: 1, b: 2}\n", "b", "{a: 1}\n"), ("a: 1\n", "x", "a: 1\n"), ("l: [a]\n", "l[0]", "l: []\n"),
    ("a:\n  - x\nb: 1\n", "a[0]", "a: []\nb: 1\n"), ("a: |\n  x\n\nb: 1\n", "a", "\nb: 1\n"),
    ("a: 1\nb: 2\na: 3\n", "a", "b: 2\n"), ("{a: 1, b: 2, a: 3}\n", "a", "{b: 2}\n"),
    ("m:\n  a: 1\n  a: 2\n", "m.a", "m: {}\n"), ("{a: 1, a: 2}\n", "a", "{}\n"),
    ("[a: 1, b]\n", "[0].a", "[{}, b]\n"), ("k: &x\n !!map\n  a: 1\n", "k.a", "k: &x\n !!map {}\n"),
    // What stands above keeps its text.
    ("a: |\n  x\nb: 1", "b", "a: |\n  x\n"),
    ("a: |+\n  x\n\nb: 1\n\nc: 2\n", "b", "a: |+\n  x\n\nc: 2\n"),
    ("a: 1\n \t\nb: 2\n", "a", "b: 2\n"),
  ])
  func deleting(text: String, path: String, expected: String) throws {
    #expect(try edit(text) { try $0.delete(EditPath(parsing: path)) } == expected)
  }

  @Test func deletingTakesTheCommentsAboveWhenAsked() throws {
    let text = "a: 1\n# section\n\n# b\n# more\nb: 2\n"
    let path = try EditPath(parsing: "b")
    #expect(try edit(text) { $0.delete(path, comments: .drop) } == "a: 1\n# section\n\n")
    #expect(try edit(text) { $0.delete(path) } == "a: 1\n# section\n\n# b\n# more\n")
  }

  @Test(arguments: [
    ("l: []\n", "a", "l: [a]\n"), ("l: [a, b,]\n", "c", "l: [a, b, c]\n"),
    ("l: [\n  a,\n  b\n]\n", "c", "l: [\n  a,\n  b,\n  c\n]\n"),
    ("l:\n-   a\n", "b", "l:\n-   a\n-   b\n"),
    ("l:\n", "b", "l:\n  - b\n"), ("x: 1\n", "b", "x: 1\nl:\n- b\n"),
  ])
  func appending(text: String, value: String, expected: String) throws {
    #expect(
      try edit(text) { try $0.append(.string(value), to: EditPath(parsing: "l")) } == expected)
  }

  @Test func inserting() throws {
    let path = try EditPath(parsing: "l")
    let block = try edit("l:\n  - a\n  - b\n") { $0.insert(.string("x"), at: 1, of: path) }
    #expect(block == "l:\n  - a\n  - x\n  - b\n")
    #expect(try edit("l: [a]\n") { $0.insert(.string("x"), at: 0, of: path) } == "l: [x, a]\n")
  }

  @Test(arguments: [
    ("l: [1]\n", "l[5]"), ("a: 1\n", "a.b"), ("a: [1\n", "a"), ("a: &x {b: 1}\nc: *x\n", "c.b"),
    ("l: [1]\n", "l[n=x].v"), ("a:\n- &x 1\nb: *x\n", "a"),
  ])
  func impossibleChanges(text: String, path: String) throws {
    #expect(throws: EditPlan.Failure.self) { try set(text, path, "1") }
  }

  /// Keys without ':', of several lines, and comments where libyaml takes them.
  @Test(arguments: [
    ("? a\n? b # c\nd: 1\n", "b", "7", "? a\n? b # c\n: 7\nd: 1\n"),
    ("m:\n  ? |\n    b\n  ? c", "m.c", "[1]", "m:\n  ? |\n    b\n  ? c\n  : - 1"),
    ("? a\n", "a", "{\"b\": {\"c\": 1}}", "? a\n: b:\n    c: 1\n"),
    ("{x\n  y, b: 1}\n", "x y", "7", "{? x\n  y: 7, b: 1}\n"),
    ("{\"x\n  y\", b: 1}\n", "x y", "[]", "{? \"x\n  y\": [], b: 1}\n"),
  ])
  func keysWithoutAValue(text: String, path: String, value: String, expected: String) throws {
    #expect(try set(text, path, value) == expected)
  }

  @Test func aCommentRightBehindAComma() throws {
    let result = try edit("[ a, b,#c\n]\n") { $0.append(.string("x"), to: EditPath([])) }
    #expect(result == "[ a, b, x #c\n]\n")
  }

  /// Changes in many documents are made together; what stops one is told of that one.
  @Test func manyDocuments() throws {
    let count = 400
    let text = (0..<count).map { "---\na: &x \($0)\nb: *x\n" }.joined()
    var plan = EditPlan()
    for document in 0..<count {
      plan.set(try EditPath(parsing: "b"), to: .integer(document), document: document)
      plan.set(try EditPath(parsing: "c"), to: .integer(1), document: document)
    }
    let result = try plan.apply(to: SourceFile(name: "", text: text))
    let expected = (0..<count).map { "---\na: &x \($0)\nb: \($0)\nc: 1\n" }.joined()
    #expect(String(decoding: result, as: UTF8.self) == expected)
    plan.delete(try EditPath(parsing: "a[3]"), document: 17)
    #expect(throws: EditPlan.Failure.self) { try plan.apply(to: SourceFile(name: "", text: text)) }
  }

  @Test(arguments: ["a: &x 1\nb: *x\n", "a: {b: &x 1}\nb: *x\n", "&x a: 1\nb: *x\n"])
  func anchorsInUseAreNotDeleted(text: String) throws {
    #expect(throws: EditPlan.Failure.self) {
      try edit(text) { $0.delete(try EditPath(parsing: "a")) }
    }
  }

  @Test func deletingAnAliasWithItsAnchorIsFine() throws {
    #expect(
      try edit("m: {a: &x 1, b: *x}\nc: 1\n") { $0.delete(try EditPath(parsing: "m")) } == "c: 1\n")
  }

  @Test func settingEveryScalarAndBackRestoresTheBytes() throws {
    let parsed = try stream(sampler)
    for document in parsed.documents {
      for (path, node) in scalars(below: document.root, []) where node.style != .folded {
        var plan = EditPlan()
        plan.set(EditPath(path), to: .string("changed"), document: document.index)
        let changed = try plan.apply(to: parsed.source)
        #expect(changed != parsed.source.bytes)
        var back = EditPlan()
        var tree = ValueTree()
        let old = try tree.add(node)
        back.set(EditPath(path), to: tree.json(of: old), document: document.index)
        let restored = try back.apply(to: SourceFile(name: "", bytes: changed))
        // A number replaced by text comes back without quotes, text as it was.
        #expect(restored == parsed.source.bytes, "\(EditPath(path))")
      }
    }
  }

  private func scalars(
    below node: YAMLNode, _ path: [EditPath.Step]
  ) -> [([EditPath.Step], YAMLNode)] {
    switch node.kind {
    case .scalar: return node.text.isEmpty ? [] : [(path, node)]
    case .alias: return []
    case .mapping:
      return node.entries.flatMap { scalars(below: $0.value, path + [.key($0.key.text)]) }
    case .sequence:
      return node.elements.enumerated().flatMap { scalars(below: $1, path + [.index($0)]) }
    }
  }

  @Test(arguments: ["a[", "a..b", "a[x]", "\"a", "/a~2"])
  func badPaths(text: String) {
    #expect(throws: EditPath.ParseError.self) { try EditPath(parsing: text) }
  }

  @Test(arguments: ["a.b[0].c", "a[name=x.y].image", "\"a.b\".c"])
  func pathsPrintAsTheyRead(text: String) throws {
    #expect(try EditPath(parsing: text).description == text)
  }
}
