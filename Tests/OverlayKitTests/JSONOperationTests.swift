import OverlayKit
import SourceText
import Testing

/// JSON patches are applied as the original's library does, which is more lenient than RFC 6902.
@Suite struct JSONOperationTests {
  private static let object = """
    apiVersion: x/v1
    kind: Thing
    metadata: {name: a}
    spec: {l: [a, b], n: 1, big: 9007199254740993}
    """

  private func build(_ operations: String) -> BuildResult {
    OverlayTree(
      """
      resources: [thing.yaml]
      patches:
      - path: patch.yaml
        target: {kind: Thing}
      ## thing.yaml
      \(Self.object)
      ## patch.yaml
      \(operations)
      """
    ).build()
  }

  @Test(arguments: [
    // A missing value is null, and so is what is copied from nowhere.
    (#"[{"op": "add", "path": "/spec/x"}]"#, "  x: null\n"),
    (#"[{"op": "copy", "from": "/spec/none", "path": "/spec/x"}]"#, "  x: null\n"),
    // The first segment goes, whatever it is.
    (#"[{"op": "add", "path": "any/spec/x", "value": 1}]"#, "  x: 1\n"),
    // Negative indexes count from behind what is added.
    (#"[{"op": "add", "path": "/spec/l/-2", "value": z}]"#, ""),
    ("- {op: add, path: /spec/l/-2, value: z}", "  l:\n  - a\n  - z\n  - b\n"),
    ("- {op: add, path: /spec/l/-3, value: z}", "  l:\n  - z\n  - a\n  - b\n"),
    ("- {op: add, path: /spec/l/+1, value: z}", "  l:\n  - a\n  - z\n  - b\n"),
    // What is not there equals null.
    ("- {op: test, path: /spec/none, value: null}", "  \"n\": 1\n"),
    // Only the first document counts.
    ("- {op: add, path: /spec/x, value: 1}\n---\n- {op: add, path: /spec/y, value: 1}", "  x: 1\n"),
    // Keys are read as values are.
    (
      "- {op: add, path: /spec/x, value: {on: 1, 0x10: 2}}",
      "  x:\n    \"16\": 2\n    \"true\": 1\n"
    ),
    // Numbers of the whole object are doubles afterwards.
    ("- {op: add, path: /spec/x, value: 12345678901234567890}", "  big: 9007199254740992\n"),
    ("- {op: add, path: /spec/x, value: 12345678901234567890}", "  x: 12345678901234567000\n"),
    (#"[{"op": "add", "path": "/spec/x", "value": "\ud83d\ude00"}]"#, "  x: \"\\U0001F600\"\n"),
  ])
  func isApplied(operations: String, expected: String) throws {
    let result = build(operations)
    if expected.isEmpty {
      #expect(result.errors == ["malformed-patch"])
    } else {
      #expect(result.text.contains(expected), "\(result.text)\(result.diagnostics)")
    }
  }

  @Test(arguments: [
    #"[{"op": "test", "path": "/spec/n", "value": 1.0}]"#,
    "- {op: add, path: '', value: {kind: X}}",
    "- {op: remove, path: /spec/none}",
    "- {op: add, path: /spec/l/4, value: 1}",
    "- {op: add, path: /none/x, value: 1}",
    "- {op: add, path: /spec/n/x, value: 1}",
    "- {op: replace, path: /spec/l/2, value: 1}",
    "- {op: remove, path: /kind}",
    "- {op: remove, path: /metadata}",
  ])
  func isNotApplicable(operations: String) {
    #expect(build(operations).errors == ["patch-not-applicable"])
  }

  @Test(arguments: [
    "- {op: frob, path: /x}", "- {op: add}", "- {op: move, path: /x}", "- 1", "- {path: /x}",
    "- {op: add, path: /x, value: .inf}", "- {op: add, path: /x, value: {~: 1}}",
    #"[{"op": "add", "path": "/x", "value": 1e400}]"#, "[{op: add}]",
  ])
  func isMalformed(operations: String) {
    #expect(build(operations).errors == ["malformed-patch"])
  }

  @Test func failuresPointAtTheOperation() throws {
    let result = build("- {op: test, path: /spec/n, value: 1}\n- {op: remove, path: /spec/m}")
    let diagnostic = try #require(result.diagnostics.first)
    let span = try #require(diagnostic.span)
    #expect(result.files[span.file]?.name == "patch.yaml")
    #expect(span.bytes.lowerBound == 40)
    #expect(diagnostic.summary.contains("did you mean 'l'?"))
  }

  @Test func failuresInInlinePatchesPointIntoTheKustomization() throws {
    let kustomization = """
      resources: [thing.yaml]
      patches:
      - target: {kind: Thing}
        patch: |-
          - {op: test, path: /spec/n, value: 1}
          - {op: remove, path: /spec/m}
      """
    let result = OverlayTree(kustomization + "\n## thing.yaml\n" + Self.object).build()
    let span = try #require(result.diagnostics.first?.span)
    #expect(result.files[span.file]?.name == "kustomization.yaml")
    let start = kustomization.utf8.index(kustomization.startIndex, offsetBy: span.bytes.lowerBound)
    #expect(kustomization[start...].hasPrefix("{op: remove"))
  }
}
