import ManifestKit
import SourceText
import Testing

/// No diagnostic, comparison or page says or shows what a Secret holds.
@Suite struct SecretTests {
  private func shown(_ diagnostics: [Diagnostic], of source: SourceFile) -> String {
    var files = SourceFiles()
    _ = files.add(source)
    return HumanRenderer().render(diagnostics, files: files)
      + JSONRenderer().render(diagnostics, files: files)
      + SARIFRenderer(tool: "", version: "").render(diagnostics, files: files)
  }

  private static let head = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"

  @Test(arguments: [
    head + "stringData:\n  pin: 4711: x\n", head + "data: {pin: 4711\n",
    head + "data:\n  pin: *4711\n",
    head + "data:\n\tpin: 4711\n", head + "data:\n  pin: \"4711\n",
    "data:\n  pin: 4711: x\nkind: 'Secret'\n",
    "{\"kind\": \"Secret\", \"data\": {\"pin\": \"4711\" x}}",
    "kind: List\nitems:\n- kind: Secret\n  data: {pin: 4711: x\n",
  ])
  func syntaxErrors(text: String) throws {
    let error = try #require(throws: DiagnosticError.self) { try stream(text) }
    #expect(!shown(error.diagnostics, of: SourceFile(name: "", text: text)).contains("4711"))
  }

  @Test(arguments: [
    "---\nkind: Secret\n---\na: 4711: x\n", "kind: SecretStore\na: 4711: x\n",
    "a: Secret\nb: 4711: x\n",
  ])
  func otherSyntaxErrorsShowTheirLine(text: String) throws {
    let error = try #require(throws: DiagnosticError.self) { try stream(text) }
    #expect(shown(error.diagnostics, of: SourceFile(name: "", text: text)).contains("4711"))
  }

  @Test(arguments: [
    "stringData:\n  pin: 4711\n", "data: {pin: 4711}\n",
    "stringData: {pin: a}\nother: {pin: 4711}\n",
    "data: [4711]\n",
  ])
  func violations(text: String) throws {
    let parsed = try stream(Self.head + text)
    let found = ManifestValidator().verdicts(of: parsed.documents[0]).flatMap(\.diagnostics)
    #expect(!found.isEmpty)
    #expect(!shown(found, of: parsed.source).contains("4711"))
  }

  @Test func editsAndPrinting() throws {
    let source = SourceFile(name: "", text: Self.head + "data: {pin: 4711}\n")
    var plan = EditPlan()
    plan.set(try EditPath(parsing: "data.pin.x"), to: .null)
    let failure = try #require(throws: EditPlan.Failure.self) { try plan.apply(to: source) }
    #expect(!shown(failure.diagnostics, of: source).contains("4711"))
    let error = try #require(throws: CanonicalYAML.Failure.self) {
      try canonical(Self.head + "data: {pin: !!bool 4711}\n")
    }
    #expect(!error.message.contains("4711"))
  }

  @Test func lint() throws {
    let object = "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {pin: NDcxMQ==}}\n"
    let parsed = try stream(object + "---\n" + object)
    let found = LintRule.findings(in: ResourceSet([parsed]))
    #expect(found.map(\.id) == ["duplicate-resource"])
    #expect(!shown(found, of: parsed.source).contains("NDcx"))
  }

  @Test func comparisons() throws {
    var tree = ValueTree()
    let annotation = "  annotations: {kubectl.kubernetes.io/last-applied-configuration: '4711'}\n"
    let old = try tree.add(
      documentsOf: stream("apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n"))
    let new = try tree.add(
      documentsOf: stream(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n\(annotation)data: {pin: 4711}\n"))
    let comparison = ManifestComparison(old, new, in: tree)
    #expect(
      !(comparison.text() + comparison.markdown() + comparison.json().text()).contains("4711"))
  }

  @Test func pages() throws {
    let set = ResourceSet([try stream(Self.head + "data: {pin: 4711}\n")])
    #expect(!ResourceGraph(set).html(title: "", set: set, findings: []).contains("4711"))
  }
}
