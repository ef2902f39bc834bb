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

  /// A stage is told only where the one before is sound.
  @Test func brokenCallsHideWhatComesAfterThem() {
    let found = problems([
      "/m/main.tf": "module \"c\" {\n  source = \"./c\"\n  zz = 1\n}\nlocals {\n  a = var.x\n}\n",
      "/m/c/main.tf": "locals {\n  b = var.y\n}\n",
    ])
    #expect(found.map(\.summary) == ["Unsupported argument"])
  }

  @Test(arguments: [
    ("a/b/c/d", "Invalid module source address"), ("-a/b/c", "Invalid module source address"),
    ("github.com/a", "Invalid module source address"), ("a/b/c", "Module not installed"),
    ("git::https://x.org/y.git", "Module not installed"), ("mod", "Invalid module source address"),
    ("a/b/c//../x", "Invalid module source address"), ("./gone", "Module not installed"),
  ])
  func moduleSourcesAreRead(_ source: String, _ summary: String) {
    #expect(summaries("module \"m\" {\n  source = \"\(source)\"\n}\n") == [summary])
  }

  @Test(arguments: [
    ("moved {\n  from = var.x\n  to = terraform_data.b\n}\n", "Invalid address"),
    ("import {\n  to = foo[each.key]\n  id = \"x\"\n}\n", "Invalid address"),
    ("removed {\n  from = module.x[0]\n}\n", "Module instance keys not allowed"),
    (
      "provider \"terraform\" {\n}\nprovider \"terraform\" {\n}\n",
      "Duplicate provider configuration"
    ),
    ("provider \"x\" {\n  count = 1\n}\n", "Reserved argument name in provider block"),
    ("locals {\n  a = local.a\n}\n", "Self-referencing local value"),
    (
      "resource \"terraform_data\" \"a\" {\n  provider = a.b.c\n}\n",
      "Invalid provider configuration reference"
    ),
    (
      "data \"terraform_remote_state\" \"a\" {\n  backend = \"local\"\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n",
      "Invalid data resource lifecycle argument"
    ),
    (
      "terraform {\n  required_providers {\n    x = {\n      source = 5\n    }\n  }\n}\n",
      "Invalid source"
    ),
  ])
  func declarationsAreChecked(_ text: String, _ summary: String) {
    #expect(summaries(text).first == summary)
  }

  @Test func overridesNeedSomethingToOverride() {
    let found = problems([
      "/m/main.tf": "",
      "/m/override.tf": "variable \"a\" {}\nmoved {\n  from = a.b\n  to = a.c\n}\n",
    ])
    #expect(
      found.map(\.summary)
        == ["Missing base variable declaration to override", "Cannot override 'moved' blocks"])
  }

  @Test func providersMustBePassedAsDeclared() {
    let found = problems([
      "/m/main.tf": "module \"c\" {\n  source = \"./c\"\n}\n",
      "/m/c/main.tf":
        "terraform {\n  required_providers {\n    x = {\n      source = \"y/x\"\n      configuration_aliases = [x.a]\n    }\n  }\n}\n",
    ])
    #expect(found.map(\.summary) == ["Missing required provider configuration"])
  }

  @Test(arguments: [
    (
      "{\"locals\": {\"a\": [1,]}}",
      ["Trailing comma in array", "Mismatched braces", "Incorrect JSON value type"]
    ),
    ("{\"a\": tru}", ["Invalid JSON keyword", "Extraneous JSON object property"]),
    ("{", ["Missing value", "Invalid object property name", "Root value must be object"]),
    ("[1", ["Unclosed object", "Root value must be object"]), ("5", ["Root value must be object"]),
    ("{\"output\": {}}", ["Missing block label"]),
  ])
  func jsonMistakesAreNamed(_ text: String, _ summaries: [String]) {
    #expect(problems(["/m/main.tf.json": text]).map(\.summary) == summaries)
  }

  /// A small provider: one resource type with a required argument, a computed one and a block.
  private static let schemas = #"""
    {"format_version": "1.0", "provider_schemas": {"registry.terraform.io/hashicorp/demo": {
      "resource_schemas": {"demo_thing": {"block": {
        "attributes": {
          "name": {"type": "string", "required": true}, "id": {"type": "string", "computed": true},
          "tags": {"type": ["map", "string"], "optional": true}},
        "block_types": {"rule": {"nesting_mode": "list", "min_items": 1, "max_items": 2, "block": {
          "attributes": {"port": {"type": "number", "required": true}}}}}}}}}}}
    """#

  @Test(arguments: [
    ("demo_thing", "name = \"a\"\n rule {\n port = 1\n }", []),
    (
      "demo_thing",
      "name = \"a\"\n dynamic \"rule\" {\n for_each = [1]\n content {\n port = rule.value\n }\n }",
      []
    ),
    (
      "demo_thing", "rule {\n port = \"x\"\n }",
      ["Missing required argument", "Incorrect attribute value type"]
    ),
    ("demo_thing", "name = [1]", ["Incorrect attribute value type", "Insufficient rule blocks"]),
    ("demo_thing", "name = 1\n rule {\n port = 1\n }\n nmae = 2", ["Unsupported argument"]),
    (
      "demo_thing", "name = 1\n id = 2\n rule {\n port = 1\n }",
      ["Value for unconfigurable attribute"]
    ),
    ("demo_think", "", ["Invalid resource type"]), ("other_thing", "anything = 1", []),
  ])
  func resourcesAreCheckedAgainstSchemas(
    _ type: String, _ body: String, _ expected: [String]
  ) throws {
    let schemas = try ProviderSchemas(json: Array(Self.schemas.utf8))
    let system = MemoryFileSystem(["/m/main.tf": "resource \"\(type)\" \"a\" {\n\(body)\n}\n"])
    let found = Configuration.load(folder: "/m", files: system)
      .validate(functions: FunctionTable(baseFolder: "/m", files: system), schemas: schemas)
    #expect(found.map(\.summary) == expected)
  }

  @Test(arguments: ["", "{", "[]", "{\"a\": 1}"]) func otherDocumentsAreNoSchemas(_ text: String) {
    #expect(throws: ProviderSchemas.Failure.self) { try ProviderSchemas(json: Array(text.utf8)) }
  }

  @Test func unusedModulesAndOutputsAreFound() {
    let system = MemoryFileSystem([
      "/m/main.tf":
        "module \"a\" {\n  source = \"./c\"\n}\nmodule \"b\" {\n  source = \"./c\"\n}\noutput \"o\" {\n  value = module.a.x\n}\n",
      "/m/c/main.tf": "output \"x\" {\n  value = 1\n}\noutput \"y\" {\n  value = 2\n}\n",
    ])
    let found = Configuration.load(folder: "/m", files: system).unusedDeclarations()
    #expect(found.map(\.summary) == ["Unused output", "Unused module"])
  }

  @Test func jsonConfigurationsAreRead() {
    let found = problems(["/m/main.tf.json": #"{"output": {"o": {"value": "${var.x}"}}}"#])
    #expect(found.map(\.summary) == ["Reference to undeclared input variable"])
  }

  @Test func unusedDeclarationsAreFoundOnRequest() {
    let text = """
      variable "used" {}
      variable "idle" {}
      variable "_kept" {}
      locals {
        lost = var.used
      }
      """
    let system = MemoryFileSystem(["/m/main.tf": text])
    let configuration = Configuration.load(folder: "/m", files: system)
    let found = configuration.unusedDeclarations()
    #expect(found.map(\.summary) == ["Unused variable", "Unused local value"])
    #expect(found.allSatisfy { $0.severity == .warning })
    #expect(configuration.validate().isEmpty)
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
