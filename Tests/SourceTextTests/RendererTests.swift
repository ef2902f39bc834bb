import SourceText
import Testing

@Suite struct RendererTests {
  let files: SourceFiles
  let finding: Diagnostic

  init() {
    var files = SourceFiles()
    let text = "kind: Deployment\nspec:\n\treplica: 3 # é\n"
    let id = files.add(SourceFile(name: "a,b:c.yaml", text: text))
    self.files = files
    finding = Diagnostic(
      "unknown-field", .error, "unknown field 'replica'", detail: "Did you mean 'replicas'?\n100%",
      span: SourceSpan(file: id, bytes: 24..<31),
      related: [.init(span: SourceSpan(file: id, bytes: 6..<16), message: "of this kind")],
      fix: .init(
        message: "rename it", edits: [TextEdit(range: 24..<31, replacement: "replicas")]))
  }

  @Test func humanShowsLineCaretAndHelp() {
    let expected = """
      a,b:c.yaml:3:2: error: unknown field 'replica' [unknown-field]
       3 | \treplica: 3 # é
         | \t^~~~~~~
        note: a,b:c.yaml:1:7: of this kind
        help: Did you mean 'replicas'?
              100%
        fix: rename it

      """
    #expect(HumanRenderer().render([finding], files: files) == expected)
  }

  @Test func humanColoursOnlyWhenAsked() {
    #expect(!HumanRenderer().render([finding], files: files).contains("\u{1B}"))
    #expect(HumanRenderer(color: true).render([finding], files: files).contains("\u{1B}[1;31m"))
  }

  @Test func humanNamesThePathWhereThereIsNoSpan() {
    let missing = FileError(path: "x.yaml", reason: .notFound).diagnostic
    #expect(
      HumanRenderer().render([missing], files: files)
        == "x.yaml: error: no such file or folder [file-not-found]\n")
  }

  @Test func jsonLinesCarryEveryPart() throws {
    let line = JSONLinesRenderer().render([finding], files: files)
    let value = try JSONValue(parsing: line)
    #expect(value["id"]?.stringValue == "unknown-field")
    #expect(value["start"]?["line"]?.intValue == 3)
    #expect(value["start"]?["column"]?.intValue == 2)
    #expect(value["start"]?["byte"]?.intValue == 24)
    #expect(value["related"]?[0]?["start"]?["column"]?.intValue == 7)
    #expect(value["fix"]?["edits"]?[0]?["replacement"]?.stringValue == "replicas")
  }

  @Test func jsonIsOneDocumentEvenWhenEmpty() throws {
    let value = try JSONValue(parsing: JSONRenderer().render([], files: files))
    #expect(value["diagnostics"]?.elements?.isEmpty == true)
    #expect(value["errors"]?.intValue == 0)
  }

  @Test func gitHubEscapesPropertiesAndMessage() {
    let expected =
      "::error file=a%2Cb%3Ac.yaml,line=3,col=2,endColumn=9,title=unknown-field::"
      + "unknown field 'replica'%0ADid you mean 'replicas'?%0A100%25\n"
    #expect(GitHubRenderer().render([finding], files: files) == expected)
  }

  @Test func gitHubOmitsColumnsOfSeveralLines() {
    var wide = finding
    wide.span = wide.span.map { SourceSpan(file: $0.file, bytes: 0..<24) }
    let text = GitHubRenderer().render([wide], files: files)
    #expect(text.contains("line=1,endLine=3,"))
    #expect(!text.contains("col="))
  }

  @Test func sarifHasTheRequiredPropertiesAndOneRulePerID() throws {
    let text = SARIFRenderer(tool: "manifest-validate", version: "1.2.3")
      .render([finding, finding], files: files)
    let log = try JSONValue(parsing: text)
    #expect(log["version"]?.stringValue == "2.1.0")
    let run = try #require(log["runs"]?[0])
    #expect(run["tool"]?["driver"]?["name"]?.stringValue == "manifest-validate")
    #expect(run["tool"]?["driver"]?["rules"]?.elements?.count == 1)
    let result = try #require(run["results"]?[1])
    #expect(result["ruleId"]?.stringValue == "unknown-field")
    #expect(result["ruleIndex"]?.intValue == 0)
    #expect(result["level"]?.stringValue == "error")
    let place = try #require(result["locations"]?[0]?["physicalLocation"])
    #expect(place["artifactLocation"]?["uri"]?.stringValue == "a%2Cb%3Ac.yaml")
    #expect(place["region"]?["startLine"]?.intValue == 3)
    #expect(place["region"]?["endColumn"]?.intValue == 9)
    #expect(result["relatedLocations"]?.elements?.count == 1)
  }

  @Test func aSpanOfAnUnknownFileIsNoCrash() {
    var stray = finding
    stray.span = SourceSpan(file: .init(rawValue: 99), bytes: 5..<6)
    stray.related = []
    #expect(HumanRenderer().render([stray], files: files).hasPrefix("error: "))
  }
}
