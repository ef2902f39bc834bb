import ManifestKit
import OverlayKit
import SourceText
import Testing

@Suite struct OverlayComparisonTests {
  static let tree = MemoryFileSystem([
    "base/kustomization.yaml": "resources: [app.yaml]\n",
    "base/app.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: app}
    spec:
      replicas: 1
      template:
        spec:
          containers:
            - name: app
              image: app:1
              envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: keys}}]
    """,
    "a/kustomization.yaml": """
    namespace: a
    namePrefix: a-
    resources: [../base, ns.yaml]
    configMapGenerator: [{name: settings, literals: [x=1]}]
    secretGenerator: [{name: keys, literals: [k=one]}]
    """,
    "a/ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n",
    "b/kustomization.yaml": """
    namespace: b
    nameSuffix: -b
    resources: [../base, ns.yaml]
    configMapGenerator: [{name: settings, literals: [x=2]}]
    secretGenerator: [{name: keys, literals: [k=two]}]
    replicas: [{name: app, count: 3}]
    """,
    "b/ns.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n",
  ])

  @Test func namesHashesAndNamespacesAreNoDifference() throws {
    let result = OverlayBuilder(fileSystem: Self.tree).compare("a", "b")
    let text = try #require(result.comparison).text()
    #expect(
      text == """
        ~ ConfigMap settings
            data.x: "1" -> "2"
        ~ Secret keys
            data.k: (hidden) -> (hidden)
        ~ Deployment app
            spec.replicas: 1 -> 3

        """, "\(text)")
  }

  @Test func anOverlayIsEqualToItself() throws {
    let result = OverlayBuilder(fileSystem: Self.tree).compare("a", "a")
    #expect(try #require(result.comparison).isEmpty)
  }

  @Test func anOverlayThatDoesNotBuildIsReported() {
    let result = OverlayBuilder(fileSystem: Self.tree).compare("a", "none")
    #expect(result.comparison == nil)
    #expect(result.diagnostics.hasErrors)
  }
}
