import OverlayKit
import SourceText
import Testing

/// How the fields of kustomizations, and of the files they name, are read.
@Suite struct FieldReadingTests {
  private static let pod = "\n## x.yaml\n{apiVersion: v1, kind: Pod, metadata: {name: x}}"

  /// What comes later wins, merged or not.
  @Test(arguments: [
    ("namePrefix: a-\n<<: {namePrefix: b-, nameSuffix: -c}", "name: b-x-c\n"),
    ("<<: {namePrefix: b-, nameSuffix: -c}\nnamePrefix: a-", "name: a-x-c\n"),
    ("commonAnnotations: &c {a: b}\nlabels: [{pairs: {<<: *c, d: e}}]", "    a: b\n    d: e\n"),
    ("labels: [{pairs: {<<: [{a: b}, {a: c, d: e}]}}]", "    a: b\n    d: e\n"),
    ("NAMEPREFIX: a-", "name: a-x\n"), ("name\u{212A}refix: a-", ""),
    ("namePrefix: exact-\nnameprefix: lower-", "name: lower-x\n"),
    ("nameprefix: lower-\nnamePrefix: exact-", "name: lower-x\n"),
    ("name\u{17F}uffix: -a", "name: x-a\n"),
    ("images: [null]\nlabels: [null]", "name: x\n"),
    ("metadata: {name: a, namespace: b, labels: {a: b}, annotations: {c: d}}", "name: x\n"),
    ("commonAnnotations: {\"\u{E9}\": a, \"e\u{301}\": b}", "    e\u{301}: b\n    \u{E9}: a\n"),
  ])
  func readsFields(_ fields: String, expected: String) {
    let result = OverlayTree("resources: [x.yaml]\n" + fields + Self.pod).build()
    #expect(result.errors.isEmpty == !expected.isEmpty)
    #expect(result.text.utf8.firstRange(of: expected.utf8) != nil)
  }

  @Test(arguments: [
    ("labels: [{pairs: {<<: 5}}]", "yaml-merge-key"),
    ("labels: [{pairs: {<<: null}}]", "yaml-merge-key"),
    ("labels: [{pairs: {\"<<\": {a: b}}}]", "unexpected-type"),
    ("labels: [{pairs: {a: b}, fields: [null]}]", "unexpected-field-type"),
    ("metadata: foo", "unexpected-type"), ("metadata: {name: 5}", "unexpected-type"),
    ("metadata: {labels: {a: 5}}", "unexpected-type"), ("metadata: {uid: a}", "unknown-field"),
    ("patchesJson6902: [{target: {kind: Pod, name: x}, patch: '[]'}]", "empty-patch"),
    ("patches: [{patch: \" \\n \"}]", "missing-field"),
  ])
  func refusesFields(_ fields: String, error: String) {
    #expect(OverlayTree("resources: [x.yaml]\n" + fields + Self.pod).build().errors == [error])
  }

  /// Only the first document of a file counts. Unknown fields are refused in configurations only.
  @Test(arguments: [
    ("configurations", "namePrefix: [{path: spec/a, create: true}]\n---\nfoo: bar", ""),
    ("configurations", "foo: bar", "unknown-field"),
    ("configurations", "apiVersion: x\nnamePrefix: []", "unknown-field"),
    ("configurations", "nameReference: [{kind: a, foo: b}]", "unknown-field"),
    ("configurations", "namePrefix: [&a {path: b}, {<<: *a, path: c}]", "duplicate-key"),
    ("replacements", "{foo: bar, sourceValue: v, targets: [{select: {kind: Pod, a: b}}]}", ""),
    ("replacements", "{sourceValue: v, targets: [{select: {kind: Pod}}]}\n---\n[a]", ""),
    (
      "transformers",
      """
      apiVersion: builtin
      kind: AnnotationsTransformer
      metadata: {name: t}
      annotations: {a: b}
      fieldSpecs: [{path: metadata/annotations, create: true, foo: bar}]
      """, ""
    ),
  ])
  func readsFiles(_ field: String, _ text: String, error: String) {
    let entry = field == "replacements" ? "{path: f.yaml}" : "f.yaml"
    let result = OverlayTree(
      "resources: [x.yaml]\nnamePrefix: p-\n\(field): [\(entry)]\(Self.pod)\n## f.yaml\n\(text)"
    ).build()
    #expect(result.errors == (error.isEmpty ? [] : [error]))
  }

  /// White space around a patch that stands in the kustomization is no part of it.
  @Test(arguments: [
    ("patches", "[{op: add, path: /z, value: |\n  a\n}]", "malformed-patch", ""),
    ("patches", "- op: add\n  path: /z\n  value: |\n    a\n\n", "", "\nz: a\n"),
    ("patches", "\u{A0}\n- op: add\n  path: /z\n  value: a\n", "", "\nz: a\n"),
    ("patchesJson6902", "- op: add\n  path: /z\n  value: |\n    a\n", "", "\nz: |\n  a\n"),
  ])
  func trimsPatches(_ field: String, _ patch: String, error: String, expected: String) {
    let escaped = patch.replacing("\n", with: "\\n")
    let result = OverlayTree(
      "resources: [x.yaml]\n\(field): [{target: {kind: Pod, name: x}, patch: \"\(escaped)\"}]"
        + Self.pod
    ).build()
    #expect(result.errors == (error.isEmpty ? [] : [error]))
    #expect(result.text.contains(expected) || !error.isEmpty)
  }

  /// A place in a patch is found although lines before it are left out.
  @Test func placesInTrimmedPatches() throws {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      patches:
      - target: {kind: Pod}
        patch: |


          apiVersion: v1
          kind: Pod
          metadata: []
      """ + Self.pod
    ).build()
    #expect(result.errors == ["missing-metadata"])
    let span = try #require(result.diagnostics.first { $0.severity == .error }?.span)
    let source = try #require(result.files[span.file])
    #expect(LineIndex(source).position(of: Int(span.bytes.lowerBound)).line == 7)
  }

  @Test func textsAreComparedByteByByte() {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      configMapGenerator:
      - name: c
        literals: ["K=\\u0301x", "\\u00e9=1", "e\\u0301=2", "Q=\\"x\\u0301\\""]
        options: {disableNameSuffixHash: true}
      replacements:
      - source: {kind: ConfigMap, name: x, fieldPath: "data.\\u0301x"}
        targets:
        - select: {name: x}
          fieldPaths: [data.y]
          options: {delimiter: "-", index: 1}
      ## x.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: x}
      data: {"\\u0301x": v, "y": "a-\\u0301b-c"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "\\u00e9"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "e\\u0301"}
      """
    ).build()
    #expect(result.errors == [])
    for line in ["K: \u{301}x", "Q: x\u{301}", "\"y\": a-v-c"] {
      #expect(result.text.utf8.firstRange(of: "  \(line)\n".utf8) != nil, "\(line)")
    }
  }

  /// Which labels a selector wants; `nil` for one that is refused.
  @Test(arguments: [
    ("n>1", true), ("n<2", false), ("n<x", nil), ("n>1,n<3", true), ("m>1", false),
    ("n=2,\\n\\tm=a", true), ("n in ()", false), ("e in ()", true), ("n in (2,)", true),
    ("n notin (3)", true), ("in", false), ("!in", true), ("n==2", true), ("n=", false),
    ("m=a/b", nil), ("a$=b", nil), ("A.b/n=2", nil), ("a.b/n=2", false), ("a/b/n=2", nil),
    ("n 2", nil), ("n=2,", nil), (",", nil), ("m=-a", nil), ("n===2", nil), ("(n)", nil),
  ])
  func selectsLabels(_ selector: String, isSelected: Bool?) {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      patches:
      - target: {labelSelector: "\(selector)"}
        patch: '[{"op": "add", "path": "/found", "value": true}]'
      ## x.yaml
      {apiVersion: v1, kind: Pod, metadata: {name: x, labels: {n: "2", m: a, e: ""}}}
      """
    ).build()
    #expect(result.errors == (isSelected == nil ? ["bad-label-selector"] : []))
    #expect(result.text.contains("found: true") == (isSelected ?? false))
  }
}
