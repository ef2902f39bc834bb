import TestSupport
import Testing

/// What the infrastructure tools print, in each form.
@Suite struct InfraToolsTests {
  private func module(_ text: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.write("main.tf", text)
    return folder
  }

  @Test func annotationsNameTheLine() throws {
    let folder = try module("output \"o\" {\n  value = var.x\n}\n")
    let result = try BuiltTool("infra-validate").run(["--format", "github", folder.root])
    #expect(result.status == 1)
    #expect(
      (result.output + result.errors).contains(
        "::error file=main.tf,line=2,col=11,endColumn=16,"), "\(result)")
  }

  @Test func sarifNamesTheRuleAndThePlace() throws {
    let folder = try module("output \"o\" {\n  value = var.x\n}\n")
    let result = try BuiltTool("infra-validate").run(["--format", "sarif", folder.root])
    let text = result.output + result.errors
    for part in [
      #""version":"2.1.0""#, #""ruleId":"reference-to-undeclared-input-variable""#,
      #""uri":"main.tf""#, #""startLine":2"#,
    ] {
      #expect(text.filter { !$0.isWhitespace }.contains(part), "\(part) in \(text)")
    }
  }

  @Test func schemasAreReadFromAFile() throws {
    let folder = try module("resource \"demo_thing\" \"a\" {\n  nmae = 1\n}\n")
    let schema = try folder.write(
      "schema.json",
      #"{"format_version":"1.0","provider_schemas":{"registry.terraform.io/hashicorp/demo":{"resource_schemas":{"demo_thing":{"block":{"attributes":{"name":{"type":"string","optional":true}}}}}}}}"#
    )
    let tool = BuiltTool("infra-validate")
    #expect(try tool.run([folder.root]).status == 0)
    let result = try tool.run(["--schema", schema, folder.root])
    #expect(result.status == 1)
    #expect((result.output + result.errors).contains("Did you mean \"name\"?"), "\(result)")
    #expect(try tool.run(["--schema", folder.path("main.tf"), folder.root]).status == 2)
  }

  @Test func expressionsSeeTheModule() throws {
    let folder = try module(
      "variable \"r\" {\n  default = \"x\"\n}\nlocals {\n  y = upper(var.r)\n}\n")
    let tool = BuiltTool("infra-eval")
    #expect(try tool.run(["-chdir=" + folder.root, "local.y"]).output == "\"X\"\n")
    #expect(
      try tool.run(["-chdir=" + folder.root, "-var", "r=q", "local.y", "1 + 1"]).output
        == "\"Q\"\n2\n")
    let wrong = try tool.run(["-chdir=" + folder.root, "local.z"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("Did you mean \"y\"?"))
  }

  @Test func anExpressionMayGoOnOverLines() throws {
    let tool = BuiltTool("infra-eval")
    let folder = try TemporaryFolder()
    let input = "1 + 1\nmax(\n3,\n4)\n\n[1,\n2]\n<<E\na\nE\nexit\n9\n"
    let result = try tool.run(["-chdir=" + folder.root], input: input)
    #expect(result.output == "2\n4\n[\n  1,\n  2\n]\n\"a\\n\"\n", "\(result)")
    #expect(result.status == 0 && result.errors.isEmpty)
    let wrong = try tool.run(["-chdir=" + folder.root], input: "nope(\n\n2\n(1")
    #expect(wrong.status == 2 && wrong.output == "2\n", "\(wrong)")
  }

  @Test func questionsAreAnsweredLineByLine() throws {
    let result = try BuiltTool("infra-eval").run(
      ["--jsonl"],
      input:
        #"{"id":"1","expr":"var.s","vars":{"s":{"type":"string","value":"a","sensitive":true}}}"#
        + "\n")
    #expect(
      result.output
        == #"{"id":"1","type":"string","value":"a","error":null,"unknown":false,"sensitive":true}"#
        + "\n")
  }
}
