import ImageTags
import OverlayKit
import SourceText
import Testing

@Suite struct PolicyManifestsTests {
  private func manifests(_ text: String) throws -> PolicyManifests {
    var manifests = PolicyManifests()
    var files = SourceFiles()
    let source = SourceFile(name: "images.yaml", text: text)
    try manifests.add(source, file: files.add(source))
    return manifests
  }

  private func policy(_ spec: String, repository: String = "image: reg/app") -> String {
    """
    apiVersion: image.toolkit.fluxcd.io/v1
    kind: ImageRepository
    metadata: {name: app, namespace: ns}
    spec: {\(repository)}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: other}
    ---
    apiVersion: image.toolkit.fluxcd.io/v1beta2
    kind: ImagePolicy
    metadata: {name: app, namespace: ns}
    spec:
      imageRepositoryRef: {name: app}
    \(spec)
    """
  }

  @Test(arguments: [
    ("  policy: {semver: {range: '>=1.0.0'}}", "1.10.0"),
    ("  policy: {alphabetical: {order: desc}}", "1.10.0"),
    ("  policy: {alphabetical: {}}", "build-9"),
    (
      "  filterTags: {pattern: '^build-(?P<n>[0-9]+)$', extract: $n}\n  policy: {numerical: {order: ASC}}",
      "build-12"
    ),
  ])
  func choosesAsTheObjectsSay(spec: String, expected: String) throws {
    let manifests = try manifests(policy(spec))
    let policy = try #require(manifests.policy("ns:app"))
    #expect(manifests.image(of: policy) == "reg/app")
    let tags = ["1.9.0", "1.10.0", "build-9", "build-12", "sha256-x.sig"]
    let candidates = try manifests.candidates(of: policy, among: tags)
    #expect(try policy.policy.select(from: candidates).latest == expected)
  }

  @Test func ownExclusionsReplaceTheStandardOne() throws {
    let text = policy(
      "  policy: {alphabetical: {}}", repository: "image: reg/app, exclusionList: ['^dev-']")
    let manifests = try manifests(text)
    let policy = try #require(manifests.policy("ns:app"))
    #expect(
      Set(try manifests.candidates(of: policy, among: ["dev-1", "a.sig", "b"])) == ["a.sig", "b"])
  }

  @Test(arguments: [
    ("  policy: {semver: {range: '>>1'}}", "bad-range"),
    ("  policy: {alphabetical: {order: up}}", "unknown-order"),
    ("  policy: {}", "missing-field"),
    ("  suspend: false", "missing-field"),
    (
      "  filterTags: {pattern: '('}\n  policy: {semver: {range: '*'}}", "bad-regular-expression"
    ),
  ])
  func refusesBadPoliciesWithTheirPlace(spec: String, id: String) throws {
    let error = #expect(throws: DiagnosticError.self) { try manifests(policy(spec)) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.id.description == id)
    #expect(diagnostic.span != nil)
  }

  @Test func namesAreNeededOnlyWhereThereAreSeveral() throws {
    let one = try manifests(policy("  policy: {semver: {range: '*'}}"))
    #expect(throws: Never.self) { try one.only(named: nil, in: "f") }
    let error = #expect(throws: DiagnosticError.self) { try one.only(named: "ns:ap", in: "f") }
    #expect(error?.diagnostics.first?.detail == "Did you mean 'ns:app'?")
    #expect(throws: DiagnosticError.self) { try PolicyManifests().only(named: nil, in: "f") }
  }
}
