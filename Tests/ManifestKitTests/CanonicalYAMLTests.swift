import ManifestKit
import SourceText
import Testing

@Suite struct CanonicalYAMLTests {
  @Test(arguments: [
    ("x: 'a: b'", "x: 'a: b'\n"), ("x: '- a'", "x: '- a'\n"), ("x: 'yes'", "x: \"yes\"\n"),
    ("x: '0777'", "x: \"0777\"\n"), ("x: '1:30'", "x: \"1:30\"\n"),
    ("x: '2020-01-01'", "x: \"2020-01-01\"\n"),
    ("x: '<<'", "x: <<\n"), ("x: ''", "x: \"\"\n"), ("x: 'it''s'", "x: it's\n"),
    ("x: ' a'", "x: ' a'\n"), ("x: \"a\\tb\"", "x: \"a\\tb\"\n"),
    ("x: \"😀\"", "x: \"\\U0001F600\"\n"),
    ("x: é漢", "x: é漢\n"), ("x: \"\\ufeffx\"", "x: \"\\uFEFF\\x78\"\n"),
    ("x: \"a\\nb\"", "x: |-\n  a\n  b\n"), ("x: \"a\\n\\n\"", "x: |+\n  a\n\n"),
    ("x: \"  a\\nb\"", "x: |2-\n    a\n  b\n"), ("x: \"a \\nb\"", "x: \"a \\nb\"\n"),
    ("x: 1.0", "x: 1\n"), ("x: 0777", "x: 511\n"), ("x: 08", "x: 8\n"), ("x: 1e20", "x: 1e+20\n"),
    ("x: 1234567.5", "x: 1.2345675e+06\n"), ("x: 0.00001", "x: 1e-05\n"), ("x: -0.0", "x: 0\n"),
    ("x: 2020-01-01", "x: \"2020-01-01T00:00:00Z\"\n"), ("x:", "x: null\n"),
    ("x: TRUE", "x: true\n"),
    ("x: {a: , b: []}", "x:\n  a: \"\"\n  b: []\n"), ("x: !!binary aGk=", "x: hi\n"),
    ("x:\n  - - a\n    - {b: 1}", "x:\n- - a\n  - b: 1\n"),
  ])
  func values(text: String, expected: String) throws {
    #expect(try canonical(text) == expected)
  }

  @Test func keysAreInNaturalOrder() throws {
    let text = "{a10: 1, a9: 1, a2b: 1, _x: 1, '10': 1, '9': 1, U: 1, l: 1, a-b: 1}"
    let keys = ["_x", "\"9\"", "\"10\"", "U", "a-b", "a2b", "a9", "a10", "l"]
    #expect(try canonical("m: " + text) == "m:\n" + keys.map { "  \($0): 1\n" }.joined())
  }

  @Test func longScalarsWrap() throws {
    let words = Array(repeating: "word", count: 20).joined(separator: " ")
    let head = Array(repeating: "word", count: 16).joined(separator: " ")
    #expect(try canonical("s: \(words)") == "s: \(head)\n  word word word word\n")
    #expect(try canonical("s: '\(words):'") == "s: '\(head)\n  word word word word:'\n")
  }

  /// Kustomize writes folded text folded and reads it again.
  @Test(arguments: [
    ("s\n d\n", "s\n\n d\n"), ("s\n\n\td", "s\n\n\n\td"), ("a b\n\n", "a b\n\n\n"),
    ("a\nb\n", "a\nb\n"), ("a\n\nb", "a\n\nb"), (" a\nb", " a\nb"), ("a\n b\nc", "a\n\n b\nc"),
    ("a", "a"), ("\n\na\n b", "\n\na\n\n b"),
  ])
  func foldedTextIsRefolded(text: String, expected: String) throws {
    var tree = ValueTree()
    let document = tree.makeMapping()
    tree.set("s", in: document, to: tree.makeScalar(text, style: .folded))
    var output: [UInt8] = []
    try CanonicalYAML.write(document, in: tree, to: &output, refoldsText: true)
    let read = try stream(String(decoding: output, as: UTF8.self))
    #expect(read.documents[0].root["s"]?.text == expected)
    // Nothing changes where it is not asked for.
    let plain = try stream(CanonicalYAML.text(of: document, in: tree))
    #expect(plain.documents[0].root["s"]?.text == text)
  }

  @Test func aVeryLongKeyIsWrittenExplicitly() throws {
    let key = String(repeating: "k", count: 129)
    #expect(try canonical("\(key): 1") == "? \(key)\n: 1\n")
  }

  @Test(arguments: [
    ("a: {1: b}", CanonicalYAML.Failure.Reason.keyIsNotString), ("a: {b: 1, b: 2}", .duplicateKey),
    ("a: .inf", .notFinite), ("a: !!int x", .tagMismatch), ("a: !!binary '@'", .badBase64),
  ])
  func whatJSONCannotHold(text: String, reason: CanonicalYAML.Failure.Reason) throws {
    let error = try #require(throws: CanonicalYAML.Failure.self) { try canonical(text) }
    #expect(error.reason == reason)
  }

  @Test func canonicalOutputReadsBackToTheSameValue() throws {
    let once = try canonical(sampler)
    #expect(try canonical(once) == once)
    var tree = ValueTree()
    let before = try tree.add(documentsOf: stream(sampler))
    let after = try tree.add(documentsOf: stream(once))
    #expect(zip(before, after).allSatisfy { tree.isEqual($0, $1) })
  }

  @Test func mergeKeysAndAliasesAreResolved() throws {
    let text = "base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n"
    #expect(try canonical(text) == "base:\n  x: 1\n  \"y\": 2\nuse:\n  x: 1\n  \"y\": 3\n")
  }
}
