import OverlayKit
import SourceText
import Testing

@Suite struct VariableConversionTests {
  private static let pod = """
    apiVersion: v1
    kind: Service
    metadata: {name: svc}
    spec: {ports: [{port: 80}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: pod  # kept
      annotations: {a.b/c: $(SVC)}
    spec:
      containers:
      - name: c
        args: ["$(SVC)", '--host=$(SVC)', "a/$(SVC)/b", "$(SVC)/$(SVC)"]
        env: [{name: X, value: "http://x:$(PORT)"}]

    """

  private static let variables = """
    vars:
    - name: SVC
      objref: {kind: Service, name: svc, apiVersion: v1}
    - name: PORT
      objref: {kind: Service, name: svc, apiVersion: v1}
      fieldref: {fieldpath: "spec.ports[0].port"}
    - name: NONE
      objref: {kind: Service, name: svc, apiVersion: v1}

    """

  private func convert(
    _ files: [String: String]
  ) throws -> (before: MemoryFileSystem, after: MemoryFileSystem, notes: [Diagnostic]) {
    let before = MemoryFileSystem(files)
    let path = "/app/kustomization.yaml"
    let source = SourceFile(name: path, bytes: try before.read(path))
    var sources = SourceFiles()
    _ = sources.add(source)
    var editor = try KustomizationEditor(source)
    let changes = try editor.convertVariables(in: "/app", before, files: &sources)
    var after = before
    after.add(path, editor.bytes)
    for change in changes { after.add(change.path, change.new) }
    return (before, after, editor.notes)
  }

  @Test func theBuildStaysTheSame() throws {
    let (before, after, notes) = try convert([
      "/base/kustomization.yaml": "resources: [pod.yaml]\n", "/base/pod.yaml": Self.pod,
      "/app/kustomization.yaml": """
      # top
      namePrefix: p-
      resources: [../base]
      patches:
      - {path: merge.yaml, target: {kind: Pod}}
      - {path: json.yaml, target: {kind: Pod}}
      \(Self.variables)
      """,
      "/app/merge.yaml":
        "apiVersion: v1\nkind: Pod\nmetadata: {name: any}\nspec: {containers: [{name: c, command: [$(SVC)]}]}\n",
      "/app/json.yaml": "- {op: add, path: /metadata/annotations/d.e~1f, value: $(SVC)}\n",
    ])
    let old = OverlayBuilder(fileSystem: before).build("/app")
    let expected = try #require(old.yaml, "\(old.diagnostics)")
    let result = OverlayBuilder(fileSystem: after).build("/app")
    #expect(result.yaml == expected, "\(result.diagnostics)")
    #expect(notes.map(\.id) == ["unused-variable"])
    let text = String(decoding: try after.read("/app/kustomization.yaml"), as: UTF8.self)
    #expect(text.hasPrefix("# top\n") && !text.contains("vars") && text.contains("replacements:"))
    let pod = String(decoding: try after.read("/base/pod.yaml"), as: UTF8.self)
    let placeholders = Self.pod.replacing("$(SVC)", with: "SVC_PLACEHOLDER")
    #expect(pod == placeholders.replacing("$(PORT)", with: "PORT_PLACEHOLDER"))
  }

  @Test func whatCannotBeSetOffIsRefused() throws {
    let error = #expect(throws: DiagnosticError.self) {
      _ = try convert([
        "/app/kustomization.yaml": "resources: [p.yaml]\n" + Self.variables,
        "/app/p.yaml": "kind: Pod\nmetadata: {name: p}\nspec: {a: x$(SVC)y}\n",
      ])
    }
    #expect(error?.diagnostics.map(\.id) == ["variable-not-delimited"])
    #expect(error?.diagnostics.first?.span?.start != nil)
  }

  @Test func usesThatStayAreWarnedOf() throws {
    let (_, _, notes) = try convert([
      "/app/kustomization.yaml": """
      resources: [p.yaml]
      configMapGenerator: [{name: c, literals: [a=$(SVC)]}]
      \(Self.variables)
      """,
      "/app/p.yaml": Self.pod,
    ])
    #expect(notes.map(\.id).contains("variable-left"))
  }
}
