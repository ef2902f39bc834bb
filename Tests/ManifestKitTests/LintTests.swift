import ManifestKit
import SourceText
import Testing

@Suite struct LintTests {
  private let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 2
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
          - name: app
            image: nginx:1.27
            ports: [{name: http, containerPort: 80}]
            envFrom: [{configMapRef: {name: settings}}]

    """

  private func findings(_ parts: String...) throws -> [String] {
    let set = ResourceSet([try stream(parts.joined(separator: "---\n"))])
    return LintRule.findings(in: set).map { "\($0.id) \($0.detail ?? "")" }
  }

  private func service(_ selector: String, _ port: String) -> String {
    "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
      + "spec: {selector: {app: \(selector)}, ports: [{port: 80, targetPort: \(port)}]}\n"
  }

  @Test func aSoundSetHasNoFindings() throws {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n"
    #expect(try findings(web, map, service("web", "http")) == [])
    #expect(try findings(web, service("web", "8080")) == [])
  }

  @Test func eachRuleFindsItsMistake() throws {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: setings}\n"
    #expect(try findings(web, map) == ["dangling-reference did you mean 'setings'?"])
    #expect(try findings(web, service("wep", "80")) == ["selector-without-pods "])
    #expect(
      try findings(web, service("web", "htp"))
        == ["service-port-without-container did you mean 'http'?"])
    #expect(try findings(web, web) == ["duplicate-resource "])
    let scaler = """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: h}
      spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}

      """
    #expect(try findings(web, scaler) == ["replicas-with-autoscaler Remove 'replicas'."])
    for image in ["nginx", "nginx:latest", "host:5000/a/nginx"] {
      let text = web.replacing("nginx:1.27", with: image)
      #expect(try findings(text).first?.hasPrefix("floating-image") == true)
    }
    #expect(try findings(web.replacing("nginx:1.27", with: "nginx@sha256:00")) == [])
  }

  @Test func rulesHaveNamesAndExplanations() {
    #expect(Set(LintRule.all.map(\.id)).count == LintRule.all.count)
    #expect(LintRule.all.allSatisfy { !$0.explanation.isEmpty && !$0.summary.isEmpty })
  }
}
