import ManifestKit
import SourceText
import Testing

@Suite struct ComparisonTests {
  private func compare(_ old: String, _ new: String) throws -> ManifestComparison {
    var tree = ValueTree()
    let before = try tree.add(documentsOf: stream(old))
    let after = try tree.add(documentsOf: stream(new))
    return ManifestComparison(before, after, in: tree)
  }

  private let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      template:
        spec:
          containers:
          - {name: a, image: x}
          - {name: b, image: v}

    """

  @Test func orderAndLayoutDoNotMatter() throws {
    let other = """
      kind: Deployment
      apiVersion: apps/v1
      metadata:
        name: 'web'
      spec:
        template: {spec: {containers: [{image: "v", name: b}, {name: a, image: x}]}}
        replicas: 2.0

      """
    #expect(try compare(deployment, other).isEmpty)
  }

  @Test func fieldsAreNamedByTheirKeys() throws {
    let other = deployment.replacing("image: v", with: "image: z, tty: true")
      .replacing("replicas: 2", with: "paused: true")
    #expect(
      try compare(deployment, other).text() == """
        ~ Deployment web
          + spec.paused: true
            spec.template.spec.containers[name=b].image: "v" -> "z"
          + spec.template.spec.containers[name=b].tty: true
          - spec.replicas: 2

        """)
  }

  @Test func objectsComeAndGo() throws {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n}\n"
    let comparison = try compare(deployment, map)
    #expect(comparison.text() == "- Deployment web\n+ ConfigMap n/c\n")
    #expect(comparison.summary == "0 changed, 1 added, 1 removed, 0 unchanged")
    #expect(comparison.markdown().contains("### added: ConfigMap n/c"))
  }

  @Test func secretsAreNotShown() throws {
    func secret(_ value: String) -> String {
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: \(value)}\n"
    }
    let comparison = try compare(secret("b2xk"), secret("bmV3"))
    #expect(comparison.text() == "~ Secret s\n    data.k: (hidden) -> (hidden)\n")
    #expect(!comparison.json().text().contains("bmV3"))
    #expect(!comparison.markdown().contains("bmV3"))
  }
}
