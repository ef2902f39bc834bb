import ManifestKit
import SourceText
import Testing

@Suite struct ParsingTests {
  @Test func nodesKnowTheirBytes() throws {
    let parsed = try stream(sampler)
    let container = parsed.documents[0].root[["spec", "template", "spec", "containers"]]?[0]
    let image = try #require(container?["image"])
    #expect(parsed.source.text(image.range) == "app:1")
    #expect(image.style == .plain)
    let script = try #require(container?["command"]?[2])
    #expect(script.style == .literal)
    #expect(script.text == "echo \"héllo 🎉\"\n  exit 1\n")
    #expect(parsed.documents.count == 2)
    #expect(parsed.documents[1].hasStartMarker)
  }

  @Test(arguments: [
    ("a: &x 1", "1", "x" as String?, nil as String?),
    ("a: !!str 1", "1", nil, "tag:yaml.org,2002:str"),
    ("a: !t &x 'q'", "'q'", "x", "!t"), ("a: &x !t [b]", "[b]", "x", "!t"),
    ("a: &x # c\n  b: 1", "b: 1", "x", nil), ("é: &u \"漢\"", "\"漢\"", "u", nil),
  ])
  func propertiesAreNotPartOfTheNode(
    text: String, own: String, anchor: String?, tag: String?
  ) throws {
    let parsed = try stream(text)
    let value = try #require(parsed.documents[0].root.entries.first { _ in true }?.value)
    #expect(parsed.source.text(value.range) == own)
    #expect(value.anchor == anchor)
    #expect(value.tag == tag)
  }

  @Test func blockCollectionsEndWithTheirLastChild() throws {
    let parsed = try stream("a:\n  b: 1 # c\n\n# d\ne: 2\n")
    let inner = try #require(parsed.documents[0].root["a"])
    #expect(parsed.source.text(inner.range) == "b: 1")
  }

  @Test func theLastOfEqualKeysCounts() throws {
    #expect(try root("a: 1\nb: 2\na: 3\n")["a"]?.text == "3")
  }

  @Test func byteOrderMarkAndCarriageReturns() throws {
    let parsed = try stream("\u{FEFF}a: 1\r\nb: é\r\nc: x\r\n")
    let value = try #require(parsed.documents[0].root["c"])
    #expect(parsed.source.text(value.range) == "x")
  }

  @Test func aliasesResolve() throws {
    let node = try root("a: &x {b: 1}\nc: *x\n")
    #expect(node["c"]?["b"]?.text == "1")
    #expect(node.entry("c")?.value.kind == .alias)
  }

  @Test(arguments: [
    ("a: [1\n", "yaml-syntax", 2), ("a: b: c\n", "yaml-syntax", 1),
    ("\ta: 1\n", "yaml-syntax", 1), ("a: *b\n", "yaml-unknown-alias", 1),
    ("a: \"x\n", "yaml-syntax", 2), ("a: 1\n b: 2\n", "yaml-syntax", 2),
    ("a: 'b' c\n", "yaml-syntax", 1),
  ])
  func badTextIsLocated(text: String, id: Diagnostic.ID, line: Int) throws {
    let error = try #require(throws: DiagnosticError.self) { try stream(text) }
    let diagnostic = error.diagnostics[0]
    #expect(diagnostic.id == id)
    let file = SourceFile(name: "", text: text)
    let span = try #require(diagnostic.span)
    #expect(LineIndex(file).lineNumber(of: Int(span.start)) == line)
  }

  @Test(arguments: [
    ("foo: \"bar\n\tbaz\"\n", 2), ("a:\n  b: \"x\ny\"\n", 3), ("[-]\n", 1), ("[ a,#x\n]\n", 1),
    ("a: ># x\n  y\n", 1), ("x: 1\n%YAML 1.2\n---\n", 2),
    ("- [\n\ta\n ]\n", 2), ("a: >\n \n   \n # c\n", 4),
  ])
  func whatLibyamlLetsThroughIsRefused(text: String, line: Int) throws {
    let error = try #require(throws: DiagnosticError.self) { try stream(text, isStrict: true) }
    #expect(throws: Never.self) { try stream(text) }
    let span = try #require(error.diagnostics[0].span)
    #expect(LineIndex(SourceFile(name: "", text: text)).lineNumber(of: Int(span.start)) == line)
  }

  @Test(arguments: ["a: [\n  b\n]\n", "\"a\nb\"\n", "a: \"x\n\n  y\"\n", "a: [b, # c\n  d]\n"])
  func usualLayoutsPassTheStrictReading(text: String) throws {
    #expect(throws: Never.self) { try stream(text, isStrict: true) }
  }

  @Test(arguments: [
    ("%FOO bar # x\n---\na: 1\n", "1"), ("%YAML 1.3\n---\na: 1\n", "1"),
    (" \t\na: 1\n", "1"), ("x:\n-\t-1\na: 1\n", "1"), ("a:\n \tb\n", "b"),
    ("\t{a: 1}\n", "1"), ("{\"a\"\n: b}\n", "b"), ("{a # c\n\n  :\n b}\n", "b"),
    ("{\"a\" # c\n :b}\n", "b"), ("{a: :x}\n", ":x"), ("{a: ::x::y, b: :z}\n", "::x::y"),
  ])
  func whatLibyamlRefusesWithoutReasonIsRead(text: String, value: String) throws {
    #expect(throws: DiagnosticError.self) { try stream(text) }
    let parsed = try YAMLStream(parsing: SourceFile(name: "", text: text), repairs: true)
    let node = try #require(parsed.documents[0].root["a"])
    #expect(node.text == value)
    #expect(parsed.source.text(node.range) == value)
    #expect(String(decoding: parsed.source.bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    "-\t- a\n", "?\ta: b\n", "a:\n\tb: 1\n", "%YAML 2.0\n---\n", "%TAG !\n---\n",
    "a: |\n\t\nb: 1\n", "a:\n\tb\n", "a:\n  b:\n \t\tc\n", "[a\n: b]\n", "{a: :x\n  y}\n",
    "k: {\na\n: b}\n",
  ])
  func whatIsWrongStaysRefused(text: String) {
    #expect(throws: DiagnosticError.self) {
      try YAMLStream(parsing: SourceFile(name: "", text: text), repairs: true)
    }
  }

  /// Valid YAML of the kinds that the Compatibility article lists: a clear refusal, with a place.
  @Test(arguments: [
    "{a\n  b: c}\n", "[: a]\n", "{a :, b}\n", ": a\n", "- ? : x\n", "...\n",
    "a: |\n \tb\n", "&é a\n", "&a.b c\n", "a\n...\nb\n...\n", "--- >\nzero\n",
  ])
  func whatLibyamlCannotRead(text: String) throws {
    for repairs in [false, true] {
      let error = try #require(throws: DiagnosticError.self) {
        try YAMLStream(parsing: SourceFile(name: "", text: text), repairs: repairs)
      }
      #expect(error.diagnostics[0].id == "yaml-syntax" && error.diagnostics[0].span != nil)
      #expect(error.diagnostics[0].detail?.hasPrefix("a known limit: ") == true)
    }
  }

  @Test(arguments: ["a: [\n", "a: b: c\n", "{a: b\n", "a: 'x\n", "@a\n", "a\n%b: c\n: d: e\n"])
  func wrongYAMLIsNoKnownLimit(text: String) throws {
    let error = try #require(throws: DiagnosticError.self) { try stream(text) }
    #expect(error.diagnostics[0].detail == nil)
  }

  @Test(arguments: [
    ("[?x]\n", ["?x"]), ("[ ?x y, z]\n", ["?x y", "z"]), ("{? a : b, ?c : d}\n", ["a", "?c"]),
  ])
  func aQuestionMarkInBracketsMayBeText(text: String, expected: [String]) throws {
    let parsed = try YAMLStream(
      parsing: SourceFile(name: "", text: text), isStrict: true, repairs: true)
    let root = parsed.documents[0].root
    #expect(root.elements.map(\.text) + root.entries.map(\.key.text) == expected)
  }

  @Test(arguments: [("- |+\n   ", "\n"), ("- |\n  x\n   ", "x\n \n"), ("- 'x'\n  ", "x")])
  func whiteSpaceAtTheEndIsALine(text: String, expected: String) throws {
    let parsed = try YAMLStream(parsing: SourceFile(name: "", text: text), repairs: true)
    #expect(parsed.documents[0].root[0]?.text == expected)
    #expect(String(decoding: parsed.source.bytes, as: UTF8.self) == text)
  }

  @Test func commentsAreFoundOutsideOfScalars() throws {
    let text = "# top\na: b#c # one \nd: \"# no\" #two\ne: |\n  # no\nf: [x, # in\r\n  y]\n"
    let parsed = try stream(text)
    #expect(parsed.comments.map(\.text) == ["top", "one", "two", "in"])
    #expect(parsed.comments.map(\.isTrailing) == [false, true, true, true])
    let value = try #require(parsed.documents[0].root["a"])
    #expect(parsed.trailingComment(of: value)?.text == "one")
    let literal = try #require(parsed.documents[0].root["e"])
    #expect(parsed.trailingComment(of: literal) == nil)
  }
}
