import ManifestKit
import SourceText
import Testing

/// What `<<` brings in is read like what is written there.
@Suite struct MergedMappingTests {
  private static let text = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: w}
    spec:
      selector: {matchLabels: &l {app: w}}
      template:
        metadata: {labels: {<<: *l, tier: t}}
        spec:
          containers:
          - &a {name: a, image: "i:1"}
          - &b {<<: *a, name: b}
          - {<<: [*b, *a], name: c}

    """

  private func stream(_ text: String) throws -> YAMLStream {
    try YAMLStream(parsing: SourceFile(name: "m.yaml", text: text))
  }

  @Test(arguments: [
    ("spec.template.metadata.labels.app", "w"), ("spec.template.spec.containers[1].image", "i:1"),
    ("spec.template.spec.containers[name=c].image", "i:1"),
    ("spec.template.spec.containers[1].name", "b"),
  ])
  func isFound(path: String, value: String) throws {
    let root = try stream(Self.text).documents[0].root
    #expect(root[try EditPath(parsing: path)]?.text == value)
  }

  @Test func isValid() throws {
    let document = try stream(Self.text).documents[0]
    let verdicts = ManifestValidator().verdicts(of: document)
    #expect(verdicts.flatMap(\.diagnostics).isEmpty)
    let wrong = Self.text.replacing("image: \"i:1\"", with: "image: 1")
    #expect(
      !ManifestValidator().verdicts(of: try stream(wrong).documents[0]).flatMap(\.diagnostics)
        .isEmpty)
  }
}
