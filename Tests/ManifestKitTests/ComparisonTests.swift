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

  @Test func secretsInAListOfSecretsAreHidden() throws {
    func list(_ value: String) -> String {
      "apiVersion: v1\nkind: SecretList\nitems: [{metadata: {name: s}, data: {p: \(value)}}]\n"
    }
    #expect(
      try compare(list("b25l"), list("dHdv")).text()
        == "~ Secret s\n    data.p: (hidden) -> (hidden)\n")
  }

  @Test(arguments: [
    ("123456789012345678901234567890", "123456789012345678901234567891", false),
    ("123456789012345678901234567890", "123456789012345678901234567890", true), ("1", "1.0", true),
    ("1e3", "1000", true),
  ])
  func numbersAreComparedExactly(old: String, new: String, isSame: Bool) throws {
    #expect(try compare("a: \(old)\n", "a: \(new)\n").isEmpty == isSame)
  }

  @Test func aPortIsOneOfTCPUnlessItSaysOtherwise() throws {
    let ports = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80%}]}\n"
    let text = try compare(
      ports.replacing("%", with: ""), ports.replacing("%", with: ", protocol: TCP")
    ).text()
    #expect(text == "~ Service s\n  + spec.ports[port=80,protocol=TCP].protocol: \"TCP\"\n")
  }

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
