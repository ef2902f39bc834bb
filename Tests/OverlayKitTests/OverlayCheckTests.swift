import OverlayKit
import SourceText
import Testing

@Suite struct OverlayCheckTests {
  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: p}
    spec: {containers: [{name: c, image: app, envFrom: [{configMapRef: {name: used}}]}]}
    """

  private static let scaler =
    "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: s}\n"

  private static let clean = [
    "/m/base/kustomization.yaml": """
    resources: [pod.yaml]
    configMapGenerator:
      - {name: used, literals: [a=1]}
    """,
    "/m/base/pod.yaml": pod,
    "/m/comp/kustomization.yaml":
      "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nnameSuffix: -x\n",
    "/m/over/kustomization.yaml": "resources: [../base]\ncomponents: [../comp]\n",
  ]

  private func check(_ changes: [String: String]) -> OverlayCheck {
    let files = Self.clean.merging(changes) { $1 }
    return OverlayCheck(below: ["/m"], fileSystem: MemoryFileSystem(files))
  }

  @Test func findsNothingWhereNothingIs() {
    let check = check([:])
    #expect(check.findings.isEmpty && check.isComplete && check.fixable.isEmpty)
  }

  @Test(arguments: [
    (["/m/base/more.yaml": ""], "unreferenced-file"),
    (["/m/base/deep/er/more.json": "{}"], "unreferenced-file"),
    (["/m/over/kustomization.yaml": "resources: [../base]"], "unused-component"),
    (
      [
        "/m/base/kustomization.yaml":
          "resources: [pod.yaml]\nsecretGenerator: [{name: s, literals: [a=1]}]\n"
      ], "unused-generator"
    ),
    (
      [
        "/m/over/kustomization.yaml":
          "resources: [../base]\ncomponents: [../comp]\nimages: [{name: none, newTag: v1}]\n"
      ], "image-without-effect"
    ),
    (
      ["/m/over/kustomization.yaml": "bases: [../base]\ncomponents: [../comp]\n"],
      "deprecated-field"
    ),
    (
      [
        "/m/over/kustomization.yaml": """
        resources: [../base, scaler.yaml]
        components: [../comp]
        """, "/m/over/scaler.yaml": scaler + "---\n" + scaler.replacing("/v1", with: "/v2"),
      ], "duplicate-resource"
    ),
  ])
  func findsEachKind(changes: [String: String], id: String) {
    let check = check(changes)
    #expect(check.findings.map(\.id.description) == [id])
    #expect(check.findings.allSatisfy { $0.span != nil || $0.path != nil })
  }

  @Test func whatIsNotOfTheTreeIsPassedOver() {
    let files = [
      "/m/base/.hidden/x.yaml": "", "/m/base/README.md": "", "/m/notes/x.yaml": "",
      "/m/base/vendor/overlays.lock": "{}", "/m/base/vendor/x.yaml": "",
      "/m/base/own/kustomization.yaml": "resources: [x.yaml]\n",
      "/m/base/own/x.yaml": Self.pod.replacing("name: used", with: "name: other"),
    ]
    #expect(check(files).findings.isEmpty)
  }

  @Test func aBrokenOverlayIsAnErrorAndHidesWhatItMightRead() {
    let check = check([
      "/m/over/kustomization.yaml": "resources: [../base, none.yaml]\n", "/m/base/more.yaml": "",
    ])
    #expect(!check.isComplete)
    #expect(Set(check.findings.map(\.id.description)) == ["file-not-readable", "unused-component"])
  }

  @Test func theSameWarningOfTwoOverlaysIsOneFinding() {
    let check = check([
      "/m/base/kustomization.yaml": """
      bases: []
      resources: [pod.yaml]
      configMapGenerator:
        - {name: used, literals: [a=1]}
      """, "/m/other/kustomization.yaml": "resources: [../base]\n",
    ])
    #expect(check.findings.map(\.id.description) == ["deprecated-field"])
    #expect(check.fixable == ["m/base/kustomization.yaml"])
  }

  @Test func everyRuleIsExplained() {
    let ids = OverlayRule.all.map(\.id.description)
    #expect(ids == ids.sorted())
    #expect(OverlayRule.all.allSatisfy { !$0.summary.isEmpty && $0.explanation.count > 80 })
  }
}
