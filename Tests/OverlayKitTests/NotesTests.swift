import OverlayKit
import Testing

/// The original notes in an object's annotations what happened to it; what builds can tell of that.
@Suite struct NotesTests {
  private static let generated = "configMapGenerator: [{name: c, literals: [a=b]}]"

  /// A patch of a generated object, and whether its name still gets a hash.
  @Test(arguments: [
    ("metadata: {name: c, annotations: null}", false),
    ("metadata: {name: c, annotations: {$patch: replace, a: b}}", false),
    ("metadata: {name: c, annotations: {a: b}}", true),
    ("metadata: {name: c, labels: null}", true),
  ])
  func patchesOfAllAnnotationsTakeTheHash(metadata: String, keepsHash: Bool) {
    let result = OverlayTree(
      """
      resources: [base]
      patches:
      - patch: |-
          apiVersion: v1
          kind: ConfigMap
          \(metadata)
      ## base/kustomization.yaml
      \(Self.generated)
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("name: c-") == keepsHash)
  }

  /// What happens to an object before a transformer that makes no annotations, and whether the
  /// transformer finds some nevertheless.
  @Test(arguments: [
    ("", false), ("namePrefix: a-", true), ("namespace: live", true),
    ("commonLabels: {a: b}", false),
    ("buildMetadata: [managedByLabel]", true),
  ])
  func renamedObjectsHaveAnnotations(fields: String, isAnnotated: Bool) {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      \(fields)
      transformers:
      - |-
        apiVersion: builtin
        kind: AnnotationsTransformer
        metadata: {name: t}
        annotations: {note: found}
        fieldSpecs: [{path: metadata/annotations}]
      ## x.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: x}
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("note: found") == isAnnotated)
  }

  @Test func secretsWithoutEntriesHaveData() {
    let result = OverlayTree("secretGenerator: [{name: s}]\nconfigMapGenerator: [{name: c}]")
      .build()
    #expect(
      result.text == """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: c-6ct58987ht
        ---
        apiVersion: v1
        data: {}
        kind: Secret
        metadata:
          name: s-46f8b28mk5
        type: Opaque

        """)
  }

  /// A replacement gives a name that nothing follows, since the original does not note it; a prefix
  /// before it is noted.
  @Test(arguments: [("", "name: c"), ("namePrefix: p-", "name: v")])
  func referencesDoNotFollowReplacements(fields: String, reference: String) {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      \(fields)
      replacements:
      - source: {kind: ConfigMap, name: c, fieldPath: data.k}
        targets: [{select: {kind: ConfigMap}, fieldPaths: [metadata.name]}]
      ## x.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c}
      data: {k: v}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec: {volumes: [{configMap: {name: c}}]}
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("      \(reference)\n"))
  }
}
