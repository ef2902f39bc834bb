import ManifestKit
import SourceText
import Testing

@Suite struct ValidationTests {
  private func diagnostics(
    _ text: String, schemas: [SchemaTable] = [.kubernetes()], isStrict: Bool = true
  ) throws -> [String] {
    let parsed = try stream(text)
    let lines = LineIndex(parsed.source)
    let validator = ManifestValidator(schemas: schemas, isStrict: isStrict)
    return parsed.documents.flatMap { validator.verdicts(of: $0) }.flatMap(\.diagnostics)
      .map { diagnostic in
        let line = diagnostic.span.map { lines.lineNumber(of: Int($0.start)) } ?? 0
        return "\(line) \(diagnostic.id) \(diagnostic.detail ?? "")"
      }
  }

  private let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n"

  @Test(arguments: [
    ("  containers: [{name: a}]\n", [String]()),
    ("  containers: [{name: a, imag: x}]\n", ["5 unknown-field did you mean 'image'?"]),
    ("  containers: [{name: 5}]\n", ["5 wrong-type Put it in quotes: \"5\"."]),
    ("  containers: [{image: x}]\n", ["5 missing-field "]),
    ("  hostNetwork: true\n", ["5 missing-field "]),
    ("  containers: []\n  priority: '1'\n", ["6 wrong-type Remove the quotes."]),
    (
      "  containers: []\n  containers: []\n",
      ["6 duplicate-key Readers disagree on which of the two counts."]
    ),
    ("  containers: {}\n", ["5 wrong-type "]), ("  containers: []\n  nodeName: null\n", []),
    ("  containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]\n", []),
    ("  containers: [{name: a, command: [yes]}]\n", ["5 wrong-type Put it in quotes: \"yes\"."]),
    (
      "  containers: [{name: a, command: [y]}]\n",
      ["5 letter-read-as-boolean Put it in quotes: \"y\"."]
    ),
  ])
  func pods(spec: String, expected: [String]) throws {
    #expect(try diagnostics(pod + spec) == expected)
  }

  @Test func aliasesAndMergeKeysAreFollowed() throws {
    let text = """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: v1
        kind: ConfigMap
        metadata: &m {name: a}
        data: &d {x: 1}
      - apiVersion: v1
        kind: ConfigMap
        metadata: *m
        data: {<<: *d, y: z}

      """
    #expect(
      try diagnostics(text) == [
        "7 wrong-type Put it in quotes: \"1\".", "7 wrong-type Put it in quotes: \"1\".",
      ])
  }

  @Test func unknownFieldsPassWithoutStrictness() throws {
    #expect(try diagnostics(pod + "  containers: []\n  foo: 1\n", isStrict: false) == [])
  }

  @Test(arguments: [
    (
      "apiVersion: v1\nkind: Widget\n",
      "2 unknown-kind Give its CustomResourceDefinition, or skip kinds without a schema."
    ),
    ("apiVersion: apps/v1\nkind: Deploymnt\n", "2 unknown-kind did you mean 'Deployment'?"),
    ("apiVersion: apps/v1beta1\nkind: Deployment\n", "1 unknown-kind Deployment is in apps/v1."),
    ("a: 1\n", "1 not-an-object "), ("- a\n", "1 not-an-object "),
  ])
  func unknownObjects(text: String, expected: String) throws {
    #expect(try diagnostics(text) == [expected])
  }

  @Test func customResourcesAreCheckedByTheirDefinition() throws {
    let definition = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.x.io}
      spec:
        group: x.io
        scope: Cluster
        names: {kind: Widget, plural: widgets}
        versions:
        - name: v1
          schema:
            openAPIV3Schema:
              type: object
              required: [spec]
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer, minimum: 1}
                    mode: {type: string, enum: [a, b]}

      """
    let table = SchemaTable(customResources: try stream(definition).documents)
    let kind = GroupVersionKind(group: "x.io", version: "v1", kind: "Widget")
    #expect(table.isNamespaced(kind) == false)
    let head = "apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: w}\n"
    #expect(
      try diagnostics(head + "spec: {size: 0, mode: c, siz: 1}\n", schemas: [table]) == [
        "4 invalid-value ", "4 invalid-value ", "4 unknown-field did you mean 'size'?",
      ])
    #expect(try diagnostics(head, schemas: [table]) == ["1 missing-field "])
  }

  @Test func everyBuiltInTableUnpacks() {
    for version in SchemaTable.KubernetesVersion.allCases {
      let table = SchemaTable.kubernetes(version)
      #expect(table.version == version.rawValue)
      let kind = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")
      let containers = table.type(of: kind)?.property("spec")?.property("template")?
        .property("spec")?.property("containers")
      #expect(containers?.mergeKey == "name")
      #expect(table.isNamespaced(kind) == true)
    }
    #expect(SchemaTable.kustomize.allKinds.count > 100)
    #expect(SchemaTable(encoded: "1.0:3:AAAA") == nil)
  }
}
