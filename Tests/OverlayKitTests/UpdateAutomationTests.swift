import ImageTags
import OverlayKit
import SourceText
import Testing

@Suite struct UpdateAutomationTests {
  private static let objects = """
    apiVersion: image.toolkit.fluxcd.io/v1
    kind: ImageRepository
    metadata: {name: app, namespace: ns}
    spec: {image: reg/app}
    ---
    apiVersion: image.toolkit.fluxcd.io/v1
    kind: ImagePolicy
    metadata: {name: app, namespace: ns, labels: {team: shop}}
    spec:
      imageRepositoryRef: {name: app}
      policy: {semver: {range: '*'}}
      digestReflectionPolicy: IfNotPresent
    status: {latestRef: {name: reg/app, tag: 1.1.0, digest: 'sha256:old'}}
    ---
    apiVersion: image.toolkit.fluxcd.io/v1
    kind: ImagePolicy
    metadata: {name: other, namespace: ns}
    spec:
      imageRepositoryRef: {name: app}
      policy: {semver: {range: 1.0.x}}
    """

  private func manifests(_ more: String = "", _ objects: String = objects) throws -> PolicyManifests
  {
    var manifests = PolicyManifests()
    var files = SourceFiles()
    let source = SourceFile(name: "flux.yaml", text: objects + more)
    try manifests.add(source, file: files.add(source))
    return manifests
  }

  private func automation(_ spec: String) throws -> UpdateAutomation {
    let text = """

      ---
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata: {name: all, namespace: ns}
      spec:
      \(spec)
      """
    return try #require(try manifests(text).automations.first)
  }

  @Test(arguments: [
    ("1.1.0@sha256:new", "reg/app:1.1.0@sha256:old"),
    ("1.2.0@sha256:new", "reg/app:1.2.0@sha256:new"),
  ])
  func digestsAreReflectedOnceForEachTag(line: String, expected: String) throws {
    let listing = try TagListing(parsing: Array("reg/app:1.0.0\nreg/app:\(line)".utf8))
    let outcome = try manifests().choose(from: listing)
    #expect(outcome.diagnostics.isEmpty)
    #expect(outcome.choices.map(\.choice.reference) == [expected, "reg/app:1.0.0"])
  }

  @Test func aDigestThatIsNotKnownIsAnError() throws {
    let outcome = try manifests().choose(from: try TagListing(parsing: Array("9.0.0".utf8)))
    #expect(outcome.diagnostics.map(\.id.description) == ["unknown-digest", "no-tag-selected"])
    #expect(outcome.diagnostics.allSatisfy { $0.span != nil })
  }

  @Test(arguments: [
    ("digestReflectionPolicy: IfNotPresent", "digestReflectionPolicy: Always", "bad-interval"),
    ("digestReflectionPolicy: IfNotPresent", "interval: 5m", "bad-interval"),
    ("IfNotPresent", "Sometimes", "unknown-digest-reflection"),
  ])
  func refusesDigestPoliciesThatFluxRefuses(old: String, new: String, id: String) throws {
    let parts = Self.objects.split(separator: old)
    let error = #expect(throws: DiagnosticError.self) {
      try manifests("", parts.joined(separator: new))
    }
    #expect(error?.diagnostics.first?.id.description == id)
  }

  @Test(arguments: [
    ("  interval: 1m", ["ns:app", "ns:other"]),
    ("  policySelector: {matchLabels: {team: shop}}", ["ns:app"]),
    ("  policySelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}", ["ns:other"]),
    (
      "  policySelector: {matchExpressions: [{key: team, operator: In, values: [a, shop]}]}",
      ["ns:app"]
    ),
  ])
  func automationsUseThePoliciesTheySelect(spec: String, expected: [String]) throws {
    let automation = try automation(spec)
    #expect(try manifests().policies.filter(automation.uses).map(\.id) == expected)
    #expect(
      throws: DiagnosticError.self,
      performing: {
        try self.automation("  policySelector: {matchExpressions: [{key: a, operator: Is}]}")
      })
  }

  private static let files = [
    "b.yaml": """
    kind: Job
    apiVersion: batch/v1
    metadata: {name: j}
    image: old:1 # {"$imagepolicy": "ns:app"}
    ---
    kind: Job
    apiVersion: batch/v1
    metadata: {name: a, namespace: n}
    image: old:1 # {"$imagepolicy": "ns:app"}
    """, "a.yaml": "tag: x # {\"$imagepolicy\": \"ns:app:tag\"}\n",
  ]

  private func changes(
    in texts: [String: String] = files
  ) throws -> [(file: String, change: ImageSetters.Change)] {
    let setters = ImageSetters(["ns:app": .init(name: "app", tag: "2")])
    var files = SourceFiles()
    var changes: [(file: String, change: ImageSetters.Change)] = []
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let source = SourceFile(name: name, text: text)
      changes += try setters.update(source, file: files.add(source)).changes.map { (name, $0) }
    }
    return changes
  }

  @Test(arguments: [
    ("{{.AutomationObject}} {{.AutomationObject.Name}} {{.Values.env}}", "ns/all all dev"),
    (
      "{{range .Changed.Changes}}{{.OldValue}}>{{.NewValue}} {{.Setter}};{{end}}",
      "old:1>app:2 ns:app;"
    ),
    (
      "{{range $f, $o := .Changed.FileChanges}}{{$f}}:{{range $k, $c := $o}} {{$k.Name}}{{len $c}}{{end}};{{end}}",
      "b.yaml: a1 j1;"
    ),
    (
      "{{range $o, $_ := .Changed.Objects}}{{$o.APIVersion}} {{$o.Kind}} {{$o.Namespace}}/{{$o.Name}};{{end}}",
      "batch/v1 Job n/a;batch/v1 Job /j;"
    ),
  ])
  func messagesFollowTheTemplate(template: String, expected: String) throws {
    let automation = try automation(
      """
        git:
          commit:
            messageTemplate: '\(template)'
            messageTemplateValues: {env: dev}
      """)
    #expect(try automation.message(for: try changes()) == expected)
  }

  @Test func messagesHaveAStandardAndBadTemplatesAreLocated() throws {
    let standard = try automation("  interval: 1m").message(for: [])
    #expect(standard == "Update from image update automation")
    let empty = try automation("  git: {commit: {messageTemplate: ''}}").message(for: [])
    #expect(empty == standard)
    let bad = try automation("  git: {commit: {messageTemplate: '{{.Updated}}'}}")
    let error = #expect(throws: DiagnosticError.self) { try bad.message(for: []) }
    #expect(error?.diagnostics.first?.id.description == "bad-template")
    #expect(error?.diagnostics.first?.span != nil)
  }

  @Test func objectsOfSeveralFilesAreJoined() throws {
    let automation = try automation(
      """
        git:
          commit:
            messageTemplate: '{{range $o, $c := .Changed.Objects}}{{$o.Kind}}{{range $c}} {{.OldValue}}{{end}}{{end}}'
      """)
    let text = "kind: Kustomization\nnewTag: %s # {\"$imagepolicy\": \"ns:app:tag\"}\n"
    let changes = try changes(in: [
      "prod.yaml": text.replacing("%s", with: "p"), "staging.yaml": text.replacing("%s", with: "s"),
    ])
    #expect(try automation.message(for: changes) == "Kustomization p s")
  }
}
