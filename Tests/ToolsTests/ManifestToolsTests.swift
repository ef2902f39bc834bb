import TestSupport
import Testing

@Suite struct ManifestToolsTests {
  private let web = """
    # the web
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 3 # scale
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: app
            image: nginx:1.26

    """

  @Test func validateTellsGoodFromBad() throws {
    let tool = BuiltTool("manifest-validate")
    let good = try tool.run(["--summary"], input: web)
    #expect(good.status == 0)
    #expect(good.output == "1 objects: 1 valid, 0 invalid, 0 without a schema\n")
    let bad = try tool.run([], input: web.replacing("replicas", with: "replcas"))
    #expect(bad.status == 1)
    #expect(bad.errors.contains("<stdin>:6:3: error: /spec has no field 'replcas' [unknown-field]"))
    #expect(bad.errors.contains("did you mean 'replicas'?"))
    #expect(
      try tool.run(["--json"], input: web).output == """
        {"objects":[{"file":"<stdin>","status":"valid","apiVersion":"apps/v1",\
        "kind":"Deployment","namespace":"","name":"web","messages":[]}]}

        """)
    #expect(try tool.run(["--explain", "floating-image"]).output.hasPrefix("floating-image: "))
    #expect(try tool.run([], input: "a: [").status == 2)
    #expect(try tool.run(["--kubernetes-version", "1.0"]).status == 64)
    #expect(try tool.run(["/no/such/file"]).status == 2)
  }

  @Test func validateReadsStreamsAPieceAtATime() throws {
    let tool = BuiltTool("manifest-validate")
    let padding = "# " + String(repeating: "x", count: 100_000) + "\n"
    let object =
      "apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 1}\n\(padding)---\n"
    // The definition stands behind the objects it defines, several pieces away.
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
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties: {spec: {type: object, properties: {size: {type: integer, maximum: 3}}}}

      """
    let count = 100
    let many = String(repeating: object, count: count)
    let result = try tool.run(["--summary"], input: many + definition)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("\(count + 1) objects: \(count + 1) valid"))
    let bad = try tool.run([], input: many + object.replacing("1}", with: "4}") + definition)
    #expect(
      bad.errors.hasPrefix("<stdin>:\(count * 6 + 4):14: error: /spec/size must be at most 3"))
    #expect(bad.status == 1)
  }

  @Test func validateNamesOldVersions() throws {
    let old = "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\n"
    let tool = BuiltTool("manifest-validate")
    let result = try tool.run(["--lint", "--ignore-missing-schemas"], input: old)
    #expect(result.errors.contains("is not served since Kubernetes 1.25 [deprecated-api-version]"))
    #expect(result.status == 1)
  }

  @Test func editChangesOneLine() throws {
    let tool = BuiltTool("manifest-edit")
    let path = "spec.template.spec.containers[name=app].image=nginx:1.27"
    let result = try tool.run(["--set", path, "--set", "spec.replicas=5"], input: web)
    #expect(result.status == 0)
    #expect(
      result.output
        == web.replacing("1.26", with: "1.27").replacing("3 # scale", with: "5 # scale"))
    #expect(try tool.run(["--set", "a[=1"], input: web).status == 64)
    #expect(try tool.run(["--delete", "spec.template.spec.containers[3]"], input: web).status == 2)
  }

  @Test func editInsertsAndReadsFolders() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("a/list.yaml", "l:\n- a # first\n- c\n")
    _ = try folder.write("notes.txt", "l: []\n")
    let tool = BuiltTool("manifest-edit")
    let result = try tool.run(["--insert", "l[1]=b", "--in-place", folder.path("")])
    #expect(result.status == 0)
    #expect(try folder.text("a/list.yaml") == "l:\n- a # first\n- b\n- c\n")
    #expect(try folder.text("notes.txt") == "l: []\n")
    #expect(try tool.run(["--insert", "l=b"], input: "l: [a]\n").status == 64)
    #expect(try tool.run(["--insert", "l[5]=b"], input: "l: [a]\n").status == 2)
  }

  @Test func patchMergesListsOfCustomResources() throws {
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
              properties:
                parts:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [id]
                  items:
                    type: object
                    properties: {id: {type: string}, size: {type: integer}}

      """
    let folder = try TemporaryFolder()
    let crd = try folder.write("crd.yaml", definition)
    let patch = try folder.write("patch.yaml", "parts: [{id: b, size: 5}]\n")
    let object = "apiVersion: x.io/v1\nkind: Widget\nparts: [{id: a, size: 1}, {id: b, size: 2}]\n"
    let tool = BuiltTool("manifest-patch")
    for type in ["strategic", "kustomize"] {
      let result = try tool.run(
        [patch, "-", "--type", type, "--crd", crd, "--output", "json"], input: object)
      #expect(result.errors == "")
      #expect(result.output.contains(#"{"id":"a","size":1}"#))
      #expect(result.output.contains(#"{"id":"b","size":5}"#))
    }
    #expect(try tool.run([patch, "-", "--type", "strategic"], input: object).status == 2)
  }

  @Test func linksDoNotMakeAFolderLarger() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/a.yaml", web)
    for name in ["x", "y"] {
      _ = try BuiltTool.program("ln", ["-s", ".", folder.path("d/" + name)])
    }
    let result = try BuiltTool("manifest-validate").run(["--summary", folder.path("d")])
    #expect(result.output.hasPrefix("1 objects: 1 valid"))
  }

  @Test func editSaysWhenThereIsNothingToEdit() throws {
    let tool = BuiltTool("manifest-edit")
    let none = try tool.run(["--set", "a=1", "--kind", "Nope"], input: web)
    #expect(none.status == 1 && none.errors.contains("no-such-object"))
    let folder = try TemporaryFolder()
    let (one, two) = (try folder.write("1.yaml", "a: 1"), try folder.write("2.yaml", "b: 1\n"))
    let both = try tool.run(["--set", "c=2", one, two])
    #expect(both.output == "a: 1\nc: 2\n---\nb: 1\nc: 2\n", "\(both)")
  }

  @Test func whatIsWrongWithADefinitionHasItsPlace() throws {
    let folder = try TemporaryFolder()
    let crd = try folder.write("crd.yaml", "a: [1\n")
    let schema = try folder.write("schema.json", "{}")
    let tool = BuiltTool("manifest-validate")
    let broken = try tool.run(["--crd", crd], input: web)
    #expect(broken.status == 2 && broken.errors.contains("crd.yaml:2:1: error"), "\(broken)")
    let empty = try tool.run(["--schema", schema], input: web)
    #expect(empty.status == 2 && empty.errors.contains("bad-schema"))
    #expect(try tool.run(["--skip", "deployment", "--summary"], input: web).output.hasPrefix("0 "))
  }

  @Test func getPrintsValues() throws {
    let tool = BuiltTool("manifest-get")
    #expect(try tool.run(["spec.replicas"], input: web).output == "3\n")
    #expect(
      try tool.run(["spec.selector", "--json"], input: web).output
        == "{\"matchLabels\":{\"app\":\"web\"}}\n")
    #expect(try tool.run(["spec.nope"], input: web).status == 1)
  }

  @Test func diffShowsFields() throws {
    let folder = try TemporaryFolder()
    let old = try folder.write("old.yaml", web)
    let tool = BuiltTool("manifest-diff")
    let new = web.replacing("1.26", with: "1.27")
    let result = try tool.run([old, "-", "--exit-code"], input: new)
    #expect(result.status == 1)
    #expect(result.output.contains("containers[name=app].image: \"nginx:1.26\" -> \"nginx:1.27\""))
    #expect(try tool.run([old, "-", "--exit-code"], input: web).status == 0)
  }

  @Test func patchAndGraphAndSplit() throws {
    let folder = try TemporaryFolder()
    let patch = try folder.write("patch.yaml", "spec: {replicas: null}\n")
    let patched = try BuiltTool("manifest-patch").run([patch], input: web)
    #expect(patched.status == 0 && !patched.output.contains("replicas"))
    let none = try BuiltTool("manifest-patch").run([patch, "--kind", "Pod"], input: web)
    #expect(none.status == 1)
    let graph = try BuiltTool("manifest-graph").run(["--output", "mermaid"], input: web)
    #expect(graph.output == "flowchart LR\n  n0[\"Deployment<br>web\"]\n")
    let page = try BuiltTool("manifest-graph").run([], input: web)
    #expect(page.output.contains("<svg") && page.output.contains("replicas: 3"))
    let joined = try BuiltTool("manifest-split").run(["--join"], input: web)
    #expect(joined.output == web)
  }

  @Test func splitChangesNothingWhereInputIsBad() throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("good.yaml", web + "---\n" + web)
    let bad = try folder.write("bad.yaml", "a: [\n")
    let out = folder.root + "/out"
    let tool = BuiltTool("manifest-split")
    #expect(try tool.run(["--into", out, good, bad]).status == 2)
    // Neither files nor the folder itself.
    #expect(try tool.run(["--join", out]).status == 2)
    let names = try tool.run(["--into", out, good])
    #expect(names.output == "\(out)/deployment-web.yaml\n\(out)/deployment-web-2.yaml\n")
    #expect(try folder.text("out/deployment-web.yaml") == web)
  }
}
