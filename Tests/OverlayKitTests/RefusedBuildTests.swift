import OverlayKit
import SourceText
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct RefusedBuildTests {
  /// What is wrong, the tree, and where: `FILE:LINE:COLUMN`.
  @Test(
    arguments: [
      ("unknown-field", "nameprefixx: a", "kustomization.yaml:1:1"),
      ("unexpected-type", "namespace: N", "kustomization.yaml:1:12"),
      ("file-not-readable", "resources:\n- none.yaml", "kustomization.yaml:2:3"),
      ("remote-resource", "resources:\n- github.com/org/repo?ref=v1", "kustomization.yaml:2:3"),
      (
        "remote-resource", "resources:\n- https://me:secret@example.com/org/repo//x",
        "kustomization.yaml:2:3"
      ),
      ("outside-root", "resources: [../a.yaml]", "kustomization.yaml:1:13"),
      ("outside-root", "resources: [/etc/a.yaml]", "kustomization.yaml:1:13"),
      (
        "outside-root", "configMapGenerator: [{name: c, files: [../../etc/passwd]}]",
        "kustomization.yaml:1:40"
      ),
      ("kustomization-cycle", "resources: [..]", "kustomization.yaml:1:13"),
      (
        "absolute-folder",
        "resources: [/base]\n## base/kustomization.yaml\nconfigMapGenerator: [{name: c}]",
        "kustomization.yaml:1:13"
      ),
      ("helm-not-enabled", "helmCharts: [{name: x}]", "kustomization.yaml:1:14"),
      ("missing-field", "helmCharts: [{version: x}]", "kustomization.yaml:1:14"),
      (
        "unknown-values-merge", "helmCharts: [{name: x, valuesMerge: none}]",
        "kustomization.yaml:1:37"
      ),
      ("replica-without-target", "replicas: [{name: a, count: 2}]", "kustomization.yaml:1:12"),
      (
        "patch-without-target",
        "patches:\n- patch: '{apiVersion: v1, kind: Service, metadata: {name: x}}'", nil
      ),
      (
        "duplicate-resource",
        """
        resources: [x.yaml]
        patches:
        - {target: {name: b}, patch: '[{"op": "replace", "path": "/metadata/name", "value": "a"}]'}
        ## over/x.yaml
        {apiVersion: v1, kind: Pod, metadata: {name: a}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: b}}
        """, "x.yaml:3:1"
      ),
      (
        "missing-name",
        """
        resources: [x.yaml]
        replacements:
        - source: {kind: Pod, fieldPath: metadata.labels.none}
          targets: [{select: {kind: Pod}, fieldPaths: [metadata.name]}]
        ## over/x.yaml
        {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {none: ""}}}
        """, "x.yaml:1:1"
      ),
      (
        "unexpected-field-type",
        """
        images: [{name: a, newTag: b}]
        resources: [x.yaml]
        ## over/x.yaml
        {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{image: {a: b}}]}}
        """, "x.yaml:1:78"
      ),
      (
        "missing-field",
        "patchesJson6902: [{target: {kind: Pod, version: v1}, patch: '[{\"op\": \"test\"}]'}]",
        "kustomization.yaml:1:28"
      ),
      (
        "malformed-patch",
        "patchesJson6902: [{target: {name: a}, patch: '{\"kind\": \"A\", \"metadata\": {\"name\": \"a\"}}'}]",
        nil
      ),
      (
        "unexpected-field-type",
        """
        buildMetadata: [managedByLabel]
        resources: [x.yaml]
        ## over/x.yaml
        {apiVersion: v1, kind: Pod, metadata: {name: a, labels: text}}
        """, "x.yaml:1:57"
      ),
      (
        "unexpected-type",
        """
        resources: [x.yaml]
        replacements:
        - source: {kind: Pod, fieldPath: metadata.name}
          targets:
          - {select: {kind: Pod}, fieldPaths: [metadata.labels], options: {delimiter: "-"}}
        ## over/x.yaml
        {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {b: c}}}
        """, "kustomization.yaml:5:40"
      ),
      (
        "duplicate-resource",
        """
        resources: [x.yaml]
        patches:
        - target: {kind: Pod}
          options: {allowNameChange: true}
          patch: '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}}'
        ## over/x.yaml
        {apiVersion: v1, kind: Pod, metadata: {name: a}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: b}}
        """, "x.yaml:3:1"
      ),
      ("missing-kind", "resources: [x.yaml]\n## over/x.yaml\nmetadata: {name: a}", nil),
      ("yaml-directive", "resources: [x.yaml]\n## over/x.yaml\n%YAML 1.1\n---\na: b", nil),
      ("yaml-separator", "resources: [x.yaml]\n## over/x.yaml\na: b\n--- {c: d}\n", nil),
      (
        "not-writable",
        "resources: [x.yaml]\n## over/x.yaml\nkind: X\nmetadata: {name: a}\ns: \"a\\x7F\"",
        "x.yaml:3:4"
      ),
      (
        "duplicate-key",
        "configMapGenerator: [{name: c}]\nconfigurations: [x.yaml]\n## over/x.yaml\na: 1\na: 2",
        "x.yaml:2:1"
      ),
      (
        "unknown-sort-order", "configMapGenerator: [{name: c}]\nsortOptions: {order: x}",
        "kustomization.yaml:2:22"
      ),
      ("malformed-definitions", "crds: [x.yaml]\n## over/x.yaml\nkind: X", "x.yaml:1:7"),
      (
        "not-writable",
        "resources: [x.yaml]\ncommonAnnotations: {\"1\": a}\n## over/x.yaml\n"
          + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}", nil
      ),
    ] as [(String, String, String?)])
  func says(_ id: String, _ tree: String, _ place: String?) throws {
    let files =
      "## a.yaml\na: b\n## etc/a.yaml\na: b\n## etc/passwd\nx\n## over/kustomization.yaml\n"
    let result = OverlayTree(files + tree).build("/over")
    #expect(result.yaml == nil)
    #expect(result.errors == [id])
    guard let place else { return }
    let diagnostic = try #require(result.diagnostics.first { $0.severity == .error })
    let span = try #require(diagnostic.span)
    let source = try #require(result.files[span.file])
    let position = LineIndex(source).position(of: Int(span.bytes.lowerBound))
    #expect("\(source.name):\(position.line):\(position.column)".hasSuffix(place))
  }

  @Test func liftedRestrictionAllowsFilesOutside() {
    let tree = OverlayTree(
      """
      ## a.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
      ## over/kustomization.yaml
      resources: [../a.yaml]
      """)
    #expect(tree.build("/over").errors == ["outside-root"])
    #expect(tree.build("/over", restricted: false).errors == [])
  }

  @Test func secretsStayOutOfDiagnostics() {
    let result = OverlayTree(
      """
      secretGenerator:
      - {name: s, literals: [password=hunter2, password=hunter3]}
      """
    ).build()
    #expect(result.errors == ["duplicate-key"])
    for diagnostic in result.diagnostics {
      #expect(!"\(diagnostic.summary) \(diagnostic.detail ?? "")".contains("hunter"))
    }
  }

  /// Values of literals are not to be seen in the lines that are shown either.
  @Test func secretsStayOutOfSnippets() {
    let result = OverlayTree(
      """
      secretGenerator: [{name: s, literals: [password=hunter2, 'token=hunter3', token=hunter4]}]
      """
    ).build()
    let text = HumanRenderer(color: false).render(result.diagnostics, files: result.files)
    #expect(text.contains("token=*******"))
    #expect(!text.contains("hunter"))
  }

  /// Trees with the value of a secret, each wrong in a way that shows its line.
  @Test(arguments: [
    "secretGenerator: [{name: s, literals: [hunter]}]",
    "secretGenerator: [{name: s, literals: hunter}]", "secretGenerator: [hunter]",
    "secretGenerator: [{name: s, literals: [0x5ee7]}]", "secretGenerator: {a: hunter}",
    "SecretGenerator: [{name: s, literals: [a=hunter], foo: x}]",
    "secretGenerator: [{name: s, literalss: [a=hunter]}]",
    "generators: [g.yaml]\n## g.yaml\n"
      + "{apiVersion: builtin, kind: SecretGenerator, metadata: {name: a}, literals: [hunter]}",
    """
    generators: [g]
    ## g/kustomization.yaml
    resources: [g.yaml]
    ## g/g.yaml
    {apiVersion: builtin, kind: SecretGenerator, metadata: {name: a}, literals: [hunter]}
    """,
    """
    generators: [g.yaml]
    ## g.yaml
    {apiVersion: builtin, kind: SecretGenerator, metadata: {name: a}, <<: {literals: [hunter]}}
    """,
    """
    generators:
    - |
      apiVersion: builtin
      kind: SecretGenerator
      metadata: {name: a}
      literals: [a=hunter, a=hunter]
    """,
    """
    resources: [x.yaml]
    ## x.yaml
    {apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: hunter, a: hunter}}
    """,
    """
    resources: [x.yaml]
    secretGenerator: [{name: s, literals: [a=hunter]}]
    replacements:
    - source: {kind: Secret, name: s, fieldPath: data.a}
      targets: [{select: {kind: Pod}, fieldPaths: [spec.n]}]
    ## x.yaml
    {apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {n: 5}}
    """,
  ])
  func secretsAreNeitherSaidNorShown(_ tree: String) {
    let result = OverlayTree(tree).build()
    #expect(!result.errors.isEmpty)
    let text = HumanRenderer(color: false).render(result.diagnostics, files: result.files)
    for secret in ["hunter", "5ee7", "24295", "aHVudGVy"] { #expect(!text.contains(secret)) }
  }

  @Test func passwordsOfURLsStayOutOfDiagnostics() {
    let result = OverlayTree("resources: ['https://me:hunter2@example.com/org/repo//x']").build()
    let text = HumanRenderer(color: false).render(result.diagnostics, files: result.files)
    #expect(text.contains("https://me:***@example.com"))
    #expect(text.contains("https://me:*******@example.com"))
    #expect(!text.contains("hunter"))
  }

  @Test func linksLeadNowhereOutside() throws {
    let folder = try TemporaryFolder()
    try folder.write("secret.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
    try folder.write("app/inside.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}")
    try folder.write("app/kustomization.yaml", "resources: [link.yaml]")
    let app = folder.path("app")
    #expect(symlink("../secret.yaml", app + "/link.yaml") == 0)
    let refused = OverlayBuilder().build(app)
    #expect(refused.errors == ["outside-root"])
    #expect(unlink(app + "/link.yaml") == 0)
    #expect(symlink("inside.yaml", app + "/link.yaml") == 0)
    #expect(OverlayBuilder().build(app).errors == [])
  }

  @Test func labelsForNothingAreWarnedOf() {
    let result = OverlayTree("resources: []\nlabels: [{pairs: {a: b}}]").build()
    #expect(result.diagnostics.map { "\($0.id)" } == ["labels-without-effect"])
  }

  @Test func theSameBytesTwice() {
    let tree = OverlayTree("configMapGenerator: [{name: c, literals: [b=1, a=2]}]")
    #expect(tree.build().yaml == tree.build().yaml)
  }

  /// What changes nothing, or is out of date, is a warning.
  @Test(arguments: [
    ("image-without-effect", "images: [{name: none, newTag: '1'}]"),
    (
      "patch-without-effect",
      "patches: [{patch: '[{\"op\": \"remove\", \"path\": \"/x\"}]', target: {kind: None}}]"
    ),
    ("deprecated-field", "commonLabels: {a: b}"),
    (
      "replacement-without-effect",
      "replacements: [{sourceValue: x, targets: [{select: {kind: None}, fieldPaths: [a]}]}]"
    ),
  ])
  func warns(_ id: String, _ field: String) {
    let result = OverlayTree("configMapGenerator: [{name: c}]\n" + field).build()
    #expect(result.yaml != nil)
    #expect(result.diagnostics.map { "\($0.id)" } == [id])
  }

  @Test func tellsWhatItRead() {
    let result = OverlayTree(
      """
      resources: [base]
      configMapGenerator: [{name: c, envs: [c.env]}]
      ## c.env
      A=1
      ## unused.yaml
      ## base/kustomization.yaml
      configMapGenerator: [{name: b, literals: [a=1]}]
      """
    ).build()
    #expect(result.inputs == ["/kustomization.yaml", "/c.env", "/base/kustomization.yaml"])
  }
}
