import OverlayKit
import SourceText
import Testing

@Suite struct KustomizationEditorTests {
  static let file = """
    # the staging overlay
    resources:  # what is built
    - ../../base
    images:
    - name: api  # ours
      newTag: "1.0"
    - name: redis
      newName: mirror/redis
      digest: sha256:0123
    namePrefix: st-   # short
    configMapGenerator:
    - name: cm
      literals: [k=v]
    # the end

    """

  typealias Edit = @Sendable (inout KustomizationEditor) throws(DiagnosticError) -> Void

  func changed(_ text: String = file, _ edit: Edit) throws -> String {
    var editor = try KustomizationEditor(
      SourceFile(name: "kustomization.yaml", bytes: Array(text.utf8)))
    try edit(&editor)
    return String(decoding: editor.bytes, as: UTF8.self)
  }

  /// The argument of `set image`, the text it replaces, and the text it puts there.
  @Test(arguments: [
    ("api:1.10", "\"1.0\"", "\"1.10\""),
    ("api=*:2", "\"1.0\"", "\"2\""),
    ("redis=*:7", "  digest: sha256:0123\n", "  newTag: \"7\"\n"),
    ("redis:7", "  newName: mirror/redis\n  digest: sha256:0123\n", "  newTag: \"7\"\n"),
    (
      "redis@sha256:4567", "  newName: mirror/redis\n  digest: sha256:0123", "  digest: sha256:4567"
    ),
    ("api=*:*", "api", "api"),
    (
      "localhost:5000/x=reg:80/y:t", "images:\n- name: api  # ours\n  newTag: \"1.0\"\n",
      "images:\n- name: api  # ours\n  newTag: \"1.0\"\n"
        + "- name: localhost:5000/x\n  newName: reg:80/y\n  newTag: t\n"
    ),
  ])
  func setsImages(_ argument: String, _ old: String, _ new: String) throws {
    let result = try changed { editor throws(DiagnosticError) in try editor.setImage(argument) }
    #expect(result == Self.file.replacing(old, with: new, maxReplacements: 1))
  }

  @Test(arguments: ["api", "=x:1", "api=", ":1", ""])
  func refusesWhatIsNoImage(_ argument: String) {
    #expect(throws: DiagnosticError.self) {
      try changed { editor throws(DiagnosticError) in try editor.setImage(argument) }
    }
  }

  @Test func keepsACommentWhenAFieldGoes() throws {
    let result = try changed { editor throws(DiagnosticError) in
      try editor.set(.namePrefix, to: "")
    }
    #expect(result == Self.file.replacing("namePrefix: st-   # short", with: "# short"))
  }

  @Test func quotesWhatWouldBeABoolean() throws {
    let result = try changed("resources: [a]\n") { editor throws(DiagnosticError) in
      try editor.set(.namespace, to: "n")
    }
    #expect(result == "resources: [a]\nnamespace: \"n\"\n")
  }

  @Test func startsAnEmptyFile() throws {
    let result = try changed("") { editor throws(DiagnosticError) in
      try editor.setReplicas("web=3")
    }
    #expect(
      result == """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        replicas:
        - name: web
          count: 3

        """)
  }

  @Test func addsFilesThatFitAndNotesTheRest() throws {
    let files = MemoryFileSystem([
      "/a.yaml": "", "/b.yaml": "", "/kustomization.yaml": "", "/c.txt": "",
    ])
    var editor = try KustomizationEditor(
      SourceFile(name: "kustomization.yaml", bytes: Array("resources:\n- b.yaml\n".utf8)))
    try editor.add(.resource, ["*.yaml"], in: "/", files)
    #expect(String(decoding: editor.bytes, as: UTF8.self) == "resources:\n- b.yaml\n- a.yaml\n")
    #expect(editor.notes.map { "\($0.id)" } == ["already-there"])
    try editor.remove(.resource, ["?.yaml"])
    #expect(String(decoding: editor.bytes, as: UTF8.self).contains("yaml") == false)
    #expect(throws: DiagnosticError.self) {
      try editor.add(.resource, ["none.yaml"], in: "/", files)
    }
  }

  @Test func modernisesOnlyWhenAsked() throws {
    let result = try changed(
      """
      bases: [base]
      patchesStrategicMerge: [p.yaml]
      commonLabels: {app: web}
      configMapGenerator:
      - name: c
        env: a.env

      """
    ) { editor throws(DiagnosticError) in try editor.fix { $0 == "p.yaml" } }
    let kustomization = MemoryFileSystem(["/kustomization.yaml": result])
    #expect(!result.contains("bases") && !result.contains("commonLabels"))
    for text in ["path: p.yaml", "includeSelectors: true", "- a.env", "resources: [base]"] {
      #expect(result.contains(text))
    }
    #expect(kustomization.kind(of: "/kustomization.yaml") == .file)
  }

  @Test(arguments: ["unknownField: 1\n", "namespace: [\n", "labels: [{pairs: {a: true}}]\n"])
  func refusesFilesThatCannotBeBuilt(_ text: String) {
    #expect(throws: DiagnosticError.self) {
      try changed(text) { editor throws(DiagnosticError) in try editor.set(.namespace, to: "a") }
    }
  }

  @Test(arguments: [
    (
      "# a\nbases:  # b\n  # c\n  - ../base  # d\n",
      "# a\nresources:  # b\n  # c\n  - ../base  # d\n"
    ),
    (
      "bases:  # a\n  # b\n  - ../base  # c\n\nresources:\n- x # d\n# e\n",
      "\nresources:\n- x # d\n# a\n# b\n- ../base  # c\n"
    ),
    (
      "patches:\n    - path: a.yaml # a\npatchesJson6902:\n# b\n- target: {kind: X} # c\n  path: p.yaml\n",
      "patches:\n    - path: a.yaml # a\n    # b\n    - target: {kind: X} # c\n      path: p.yaml\n"
    ),
    ("bases: [a] # a\nresources: [b]\n", "# a\nresources: [b, a]\n"),
  ])
  func fixKeepsComments(old: String, new: String) throws {
    var editor = try KustomizationEditor(SourceFile(name: "kustomization.yaml", text: old))
    try editor.fix { _ in true }
    #expect(String(decoding: editor.bytes, as: UTF8.self).hasPrefix(new))
  }
}
