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

  @Test(arguments: [
    ("apps/v1", "Deployment", "1.37", nil),
    (
      "apps/v1beta1", "Deployment", "1.31",
      "error apps/v1beta1 Deployment is not served since Kubernetes 1.16 Instead: apps/v1."
    ),
    (
      "extensions/v1beta1", "Ingress", "1.37",
      "error extensions/v1beta1 Ingress is not served since Kubernetes 1.22 Instead: networking.k8s.io/v1."
    ),
    ("v1", "Endpoints", "1.31", nil),
    (
      "v1", "Endpoints", "1.34",
      "warning v1 Endpoints is deprecated since Kubernetes 1.33 Instead: EndpointSlice of discovery.k8s.io/v1."
    ),
    (
      "flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.31",
      "warning flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated since Kubernetes 1.29 and removed in 1.32 Instead: flowcontrol.apiserver.k8s.io/v1."
    ),
    // Nothing but the schemas knows of this one.
    ("networking.k8s.io/v1alpha1", "IPAddress", "1.31", nil),
    ("example.com/v1beta1", "Deployment", "1.37", nil),
  ])
  func apiVersionsThatGo(
    _ apiVersion: String, _ kind: String, _ version: String, _ expected: String?
  ) throws {
    let text = "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: a}\n"
    let found = LintRule.findings(
      in: ResourceSet([try stream(text)]),
      kubernetes: try #require(SchemaTable.KubernetesVersion(rawValue: version)))
    #expect(found.first.map { "\($0.severity) \($0.summary) \($0.detail ?? "")" } == expected)
  }

  @Test func versionsThatOnlyTheSchemasMiss() throws {
    let earlier = Set(SchemaTable.kubernetes(.minor31).allKinds)
    let gone = earlier.subtracting(SchemaTable.kubernetes(.minor37).allKinds)
    #expect(!gone.isEmpty)
    for kind in gone {
      let text = "apiVersion: \(kind.apiVersion)\nkind: \(kind.kind)\nmetadata: {name: a}\n"
      let found = LintRule.findings(in: ResourceSet([try stream(text)]))
      #expect(found.map(\.id).contains("deprecated-api-version"), "\(kind)")
    }
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
