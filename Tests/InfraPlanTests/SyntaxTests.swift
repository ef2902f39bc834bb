import InfraPlan
import SourceText
import Testing

@Suite struct SyntaxTests {
  private static let id = SourceFile.ID(rawValue: 0)

  private func problems(_ text: String) -> [Problem] {
    let file = SourceFile(name: "main.tf", text: text)
    return SyntaxTree.parse(file, id: Self.id).1
  }

  private func tree(_ text: String) -> String {
    let file = SourceFile(name: "main.tf", text: text)
    return SyntaxTree.parse(file, id: Self.id).0.json(lines: LineIndex(file)).text()
  }

  @Test(arguments: [
    "a = 1\n", "a = \"x${1 + 2}y\"\n", "b \"l\" {\n  a = [1, 2]\n}\n", "a = <<-EOT\n  x\n  EOT\n",
    "a = { for k, v in x : k => v... if v }\n", "a = x[*].y.0[\"k\"]\n",
    "a = provider::aws::arn_parse(\"x\")\n", "a { b = 1 }\n", "",
    "a = \"%{ if x }y%{ else }z%{ endif }\"\n",
  ])
  func soundInputHasNoProblems(_ text: String) {
    #expect(problems(text).isEmpty)
  }

  @Test(arguments: [
    ("a = 1 b = 2\n", "Missing newline after argument"),
    ("a {\n", "Unclosed configuration block"),
    ("a = [1 2]\n", "Missing item separator"),
    ("a = \"x\n\"\n", "Invalid multi-line string"),
    ("a = 1;\n", "Invalid character"),
    ("a = x ? 1\n", "Missing false expression in conditional"),
    ("a = 1\na = 2\n", "Attribute redefined"),
    ("a = \"\\q\"\n", "Invalid escape sequence"),
    ("a = \"%{ if x }\"\n", "Unexpected end of template"),
    ("a = f(1, 2\n", "Unterminated function call"),
  ])
  func brokenInputNamesTheMistake(_ text: String, _ summary: String) {
    #expect(problems(text).map(\.summary).contains(summary))
  }

  @Test func parsingGoesOnAfterAMistake() {
    let found = problems("a \"x\" {\n  b = \n}\nc = 1 2\n")
    #expect(found.count >= 1)
    #expect(found[0].summary == "Invalid expression")
  }

  @Test func columnsCountCharactersAndBytesCountBytes() {
    #expect(tree("a = \"é\" \n").contains("\"r\":[1,5,4,1,8,8]"))
  }

  @Test(arguments: ["(", "[", "{a=", "-", "\"${", "f(", "[for x in "])
  func hostileNestingIsRefused(_ opener: String) {
    let found = problems("a = " + String(repeating: opener, count: 5000))
    #expect(found.contains { $0.summary == "Expression nested too deeply" })
  }

  @Test func hostileChainsAreRefused() {
    #expect(problems("a = 1" + String(repeating: "+1", count: 5000)).hasErrors)
    #expect(problems("a = b" + String(repeating: "[c]", count: 5000)).hasErrors)
  }
}
