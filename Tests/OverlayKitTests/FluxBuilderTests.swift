import OverlayKit
import SourceText
import Testing

@Suite struct FluxBuilderTests {
  private func build(_ tree: String, substituteFrom: [String] = []) -> BuildResult {
    var options = FluxBuilder.Options()
    options.substituteFrom = substituteFrom
    return FluxBuilder(fileSystem: OverlayTree(tree).fileSystem, options: options)
      .build("/clusters/a", repository: "/")
  }

  /// A cluster with one Kustomization of the folder `/apps`.
  private static func cluster(_ spec: String, _ rest: String) -> String {
    """
    ## clusters/a/apps.yaml
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: apps, namespace: flux-system}
    spec:
      path: ./apps
    \(spec.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    \(rest)
    """
  }

  @Test(arguments: [
    "resources: [../../outside.yaml]", "resources: [/outside.yaml]",
    "configMapGenerator: [{name: g, files: [../../outside.yaml]}]",
    "patches: [{path: ../../outside.yaml}]",
  ])
  func nothingOutsideTheRepositoryIsRead(kustomization: String) {
    let tree = """
      ## repo/clusters/a/apps.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec: {path: ./apps}
      ## repo/apps/kustomization.yaml
      \(kustomization)
      ## outside.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: outside}
      """
    let result = FluxBuilder(fileSystem: OverlayTree(tree).fileSystem)
      .build("/repo/clusters/a", repository: "/repo")
    #expect(result.yaml == nil)
    #expect(result.diagnostics.contains { $0.severity == .error })
  }

  @Test func everythingIsApplied() {
    let result = build(
      Self.cluster(
        """
        targetNamespace: live
        namePrefix: p-
        patches:
        - patch: '[{"op": "add", "path": "/data/b", "value": "${B:=two}"}]'
          target: {kind: ConfigMap}
        commonMetadata: {labels: {team: x}}
        postBuild:
          substitute: {A: one}
        """,
        """
        ## apps/deep/c.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data: {a: "${A}"}
        ## apps/own/kustomization.yaml
        configMapGenerator: [{name: g, literals: [a=x], options: {disableNameSuffixHash: true}}]
        ## apps/own/not-read.yaml
        not: an object
        """))
    #expect(
      result.text == """
        apiVersion: v1
        data:
          a: one
          b: two
        kind: ConfigMap
        metadata:
          labels:
            kustomize.toolkit.fluxcd.io/name: apps
            kustomize.toolkit.fluxcd.io/namespace: flux-system
            team: x
          name: p-c
          namespace: live
        ---
        apiVersion: v1
        data:
          a: x
          b: two
        kind: ConfigMap
        metadata:
          labels:
            kustomize.toolkit.fluxcd.io/name: apps
            kustomize.toolkit.fluxcd.io/namespace: flux-system
            team: x
          name: p-g
          namespace: live

        """, "\(result.diagnostics)")
  }

  @Test func variablesComeFromObjectsOfTheFolderAndOfFiles() {
    let spec = """
      postBuild:
        substituteFrom:
        - {kind: ConfigMap, name: vars}
        - {kind: Secret, name: more}
        - {kind: Secret, name: none, optional: true}
      """
    let rest = """
      ## apps/c.yaml
      {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "${A}${B}"}}
      ## clusters/a/vars.yaml
      {apiVersion: v1, kind: ConfigMap, metadata: {name: vars, namespace: flux-system}, data: {A: x}}
      ## more.yaml
      {apiVersion: v1, kind: Secret, metadata: {name: more, namespace: flux-system}, data: {B: eQ==}}
      """
    #expect(
      build(Self.cluster(spec, rest), substituteFrom: ["/more.yaml"]).text.contains("a: xy\n"))
    #expect(build(Self.cluster(spec, rest)).errors == ["missing-variables"])
  }

  @Test func undefinedVariablesAreWarnedOfAtTheirPlace() throws {
    let result = build(
      Self.cluster(
        "postBuild: {substitute: {COLOUR: red}}",
        """
        ## apps/c.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data:
          a: "${COLOR}"
        """))
    let warning = try #require(result.diagnostics.first)
    #expect(warning.id == "undefined-variable")
    #expect(warning.detail == "Did you mean '${COLOUR}'?")
    let span = try #require(warning.span)
    #expect(result.files[span.file]?.name == "apps/c.yaml")
    #expect(span.bytes.lowerBound == 62)
  }

  @Test func dependenciesComeFirstAndInnerKustomizationsAreFound() {
    func kustomization(_ name: String, _ rest: String) -> String {
      "{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, "
        + "metadata: {name: \(name), namespace: f}, spec: {path: ./\(name)\(rest)}}"
    }
    func map(_ name: String) -> String {
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: \(name)}}"
    }
    let result = build(
      """
      ## clusters/a/all.yaml
      \(kustomization("a", ", dependsOn: [{name: z}]"))
      ---
      \(kustomization("z", ""))
      ---
      \(kustomization("s", ", suspend: true"))
      ## a/a.yaml
      \(map("from-a"))
      ## z/z.yaml
      \(map("from-z"))
      ---
      \(kustomization("inner", ""))
      ## inner/i.yaml
      \(map("from-inner"))
      """)
    let names = result.text.split(separator: "\n").filter { $0.hasPrefix("  name: ") }
    #expect(names == ["  name: from-inner", "  name: from-z", "  name: inner", "  name: from-a"])
  }

  @Test(arguments: [
    ("dependsOn: [{name: apps}]", "## apps/a.yaml", "dependency-cycle"),
    ("path: ../x", "", "missing-folder"),
    ("wait: true", "", "missing-folder"),
    (
      "wait: true", "## apps/a.yaml\nsops: {}\nkind: Secret\nmetadata: {name: s}",
      "encrypted-resource"
    ),
    ("postBuild: {substitute: {a-b: x}}", "## apps/a.yaml", "bad-variable"),
    ("wait: true", "## apps/a.yaml\nnot: an object", "missing-metadata"),
  ])
  func isRefused(spec: String, rest: String, error: String) {
    #expect(build(Self.cluster(spec, rest)).errors == [error])
  }
}
