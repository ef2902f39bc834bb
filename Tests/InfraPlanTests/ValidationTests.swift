import InfraPlan
import SourceText
import Testing

@Suite struct ValidationTests {
  private func problems(_ files: [String: String]) -> [Problem] {
    let system = MemoryFileSystem(files)
    let configuration = Configuration.load(folder: "/m", files: system)
    return configuration.validate(functions: FunctionTable(baseFolder: "/m", files: system))
  }

  private func summaries(_ text: String) -> [String] {
    problems(["/m/main.tf": text]).map(\.summary)
  }

  @Test(arguments: [
    "variable \"a\" {\n  type = list(string)\n}\noutput \"o\" {\n  value = var.a[0]\n}\n",
    "locals {\n  a = 1\n  b = local.a + 1\n}\n",
    "resource \"terraform_data\" \"a\" {\n  count = 2\n  input = count.index\n}\n",
    "resource \"aws_instance\" \"a\" {\n  ami = \"x\"\n}\n",
  ])
  func soundConfigurationsAreValid(_ text: String) {
    #expect(summaries(text).isEmpty)
  }

  @Test(arguments: [
    ("output \"o\" {\n  value = var.x\n}\n", "Reference to undeclared input variable"),
    ("output \"o\" {\n  value = terraform_data.x.id\n}\n", "Reference to undeclared resource"),
    ("resource \"terraform_data\" \"a\" {\n  inptu = 1\n}\n", "Unsupported argument"),
    ("resource \"terraform_data\" {\n}\n", "Missing name for resource"),
    ("variable \"a\" {\n  type = strng\n}\n", "Invalid type specification"),
    (
      "variable \"a\" {\n  type    = number\n  default = \"x\"\n}\n",
      "Invalid default value for variable"
    ),
    ("locals {\n  a = local.b\n  b = local.a\n}\n", "Cycle: local.a (expand), local.b (expand)"),
    ("resource \"terraform_data\" \"a\" {\n  count = -1\n}\n", "Invalid count argument"),
    ("resource \"terraform_data\" \"a\" {\n  for_each = [\"x\"]\n}\n", "Invalid for_each argument"),
    ("module \"m\" {\n  source = \"./gone\"\n}\n", "Module not installed"),
    ("terraform {\n  required_version = \"< 1.0\"\n}\n", "Unsupported Terraform Core version"),
  ])
  func mistakesAreFound(_ text: String, _ summary: String) {
    let found = summaries(text)
    let isCycle = summary.hasPrefix("Cycle")
    #expect(found.contains { isCycle ? $0.hasPrefix("Cycle: local") : $0 == summary })
  }

  @Test func modulesAreCheckedAgainstTheirVariables() {
    let found = problems([
      "/m/main.tf": "module \"c\" {\n  source = \"./c\"\n  zz     = 1\n}\n",
      "/m/c/main.tf": "variable \"n\" {}\n",
    ])
    #expect(Set(found.map(\.summary)) == ["Unsupported argument", "Missing required argument"])
  }

  @Test func jsonConfigurationsAreRead() {
    let found = problems(["/m/main.tf.json": #"{"output": {"o": {"value": "${var.x}"}}}"#])
    #expect(found.map(\.summary) == ["Reference to undeclared input variable"])
  }

  @Test func overridesReplaceArguments() {
    let found = problems([
      "/m/main.tf": "output \"o\" {\n  value = 1\n}\n",
      "/m/override.tf": "output \"o\" {\n  value = var.gone\n}\n",
    ])
    #expect(found.count == 1)
  }

  @Test func aProblemKnowsItsPlaceAndItsBlock() {
    let system = MemoryFileSystem(["/m/main.tf": "output \"o\" {\n  value = var.x\n}\n"])
    let configuration = Configuration.load(folder: "/m", files: system)
    let document = ValidationReport.json(configuration.validate(), files: configuration.files)
    let diagnostic = document["diagnostics"]?[0]
    #expect(diagnostic?["range"]?["start"]?["line"]?.intValue == 2)
    #expect(diagnostic?["range"]?["filename"]?.stringValue == "main.tf")
    #expect(diagnostic?["snippet"]?["context"]?.stringValue == "output \"o\"")
    #expect(diagnostic?["snippet"]?["code"]?.stringValue == "  value = var.x")
  }
}
