import OverlayKit
import Testing

/// Generators, transformers and validators that are configured by objects of their own.
@Suite struct PluginTests {
  private static func plugin(_ kind: String, _ name: String, _ fields: String) -> String {
    """
    - |-
      apiVersion: builtin
      kind: \(kind)
      metadata: {name: \(name)}
      \(fields)
    """
  }

  private static let pod = """
    ## x.yaml
    apiVersion: v1
    kind: Pod
    metadata: {name: x}
    """

  @Test func whatStandsInTheFileRunsBeforeFiles() {
    let prefix = "prefix: a-\n  fieldSpecs: [{path: metadata/name}]"
    let result = OverlayTree(
      """
      resources: [x.yaml]
      transformers:
      - file.yaml
      \(Self.plugin("PrefixTransformer", "inline", prefix))
      ## file.yaml
      apiVersion: builtin
      kind: PrefixTransformer
      metadata: {name: file}
      prefix: b-
      fieldSpecs: [{path: metadata/name}]
      \(Self.pod)
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("name: b-a-x"))
  }

  @Test(arguments: [("t", "t", ["duplicate-plugin"]), ("t", "u", [])])
  func pluginsHaveNamesOfTheirOwn(first: String, second: String, errors: [String]) {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      transformers:
      \(Self.plugin("HashTransformer", first, "x: y"))
      \(Self.plugin("HashTransformer", second, "x: y"))
      \(Self.pod)
      """
    ).build()
    #expect(result.errors == errors)
  }

  @Test(arguments: [
    ("LabelTransformer", "labels: {a: b}", ["validator-with-effect"]),
    ("LabelTransformer", "labels: {}", []),
    ("AnnotationsTransformer", "annotations: {a: b}", ["validator-with-effect"]),
  ])
  func validatorsChangeNothing(kind: String, fields: String, errors: [String]) {
    let path = kind == "LabelTransformer" ? "metadata/labels" : "metadata/annotations"
    let specs = "\n  fieldSpecs: [{path: \(path), create: true}]"
    let result = OverlayTree(
      """
      resources: [x.yaml]
      validators:
      \(Self.plugin(kind, "v", fields + specs))
      \(Self.pod)
      """
    ).build()
    #expect(result.errors == errors)
  }

  @Test(arguments: [
    ("PrefixTransformer", "prefix: a-", ["missing-field"]),
    ("SuffixTransformer", "suffix: a-\n  fieldSpecs: []", []),
    ("PrefixSuffixTransformer", "prefix: a-", ["missing-field"]),
    (
      "ValueAddTransformer", "value: v\n  targets: [{fieldPath: spec/l}]", ["unexpected-field-type"]
    ),
    (
      "ValueAddTransformer", "value: v\n  targets: [{fieldPath: spec/l/a}]",
      ["unexpected-field-type"]
    ),
    ("ValueAddTransformer", "value: v\n  targets: [{fieldPath: spec/n}]", []),
    ("PrefixTransformer", "prefix: a-\n  FieldSpecs: []", ["missing-field"]),
    ("PatchTransformer", "target: {kind: Pod, foo: bar}\n  patch: \" []\\n \"", []),
    ("PatchJson6902Transformer", "target: {kind: Pod, name: x}\n  jsonOp: '[]'", ["empty-patch"]),
  ])
  func configurationsAreChecked(kind: String, fields: String, errors: [String]) {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      transformers:
      \(Self.plugin(kind, "t", fields))
      \(Self.pod)
      spec: {l: [a], n: null}
      """
    ).build()
    #expect(result.errors == errors)
  }

  /// Other than in a kustomization, what a merge key brings never wins.
  @Test func ownKeysWin() {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      transformers:
      \(Self.plugin(
        "LabelTransformer", "t",
        "labels: {a: own, <<: {a: merged, b: merged}}\n"
          + "  fieldSpecs: [{path: metadata/labels, create: true}]"))
      \(Self.pod)
      """
    ).build()
    #expect(result.text.contains("    a: own\n    b: merged\n"))
  }
}
