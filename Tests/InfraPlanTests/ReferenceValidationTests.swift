import InfraPlan
import SourceText
import Testing

/// What references, addresses and rules may be, with the places that are named.
@Suite struct ReferenceValidationTests {
  /// Each problem as `line:column-column summary: detail`, the file being `main.tf`.
  private func told(_ text: String) -> [String] {
    let system = MemoryFileSystem(["/m/main.tf": text])
    let configuration = Configuration.load(folder: "/m", files: system)
    let problems = configuration.validate(
      functions: FunctionTable(baseFolder: "/m", files: system))
    let document = ValidationReport.json(problems, files: configuration.files)
    return (document["diagnostics"]?.elements ?? []).map { diagnostic in
      func number(_ end: String, _ name: String) -> Int {
        diagnostic["range"]?[end]?[name]?.intValue ?? -1
      }
      let place =
        "\(number("start", "line")):\(number("start", "column"))-\(number("end", "column"))"
      let detail = diagnostic["detail"]?.stringValue ?? ""
      return "\(place) \(diagnostic["summary"]?.stringValue ?? ""): \(detail)"
    }
  }

  private static let resource = "resource \"terraform_data\" \"x\" {}\n"

  @Test(arguments: [
    (
      "terraform_data.x[null]",
      [
        "3:27-33 Invalid index key: Invalid index for resource instance: either a string or an integer is required."
      ]
    ),
    (
      "terraform_data.x[1.5]",
      [
        "3:27-32 Invalid index key: Invalid index for resource instance: value must be a whole number, between -9223372036854775808 and 9223372036854775807."
      ]
    ),
    (
      "module.m[true].a",
      [
        "3:19-25 Invalid index key: Invalid index for module instance: either a string or an integer is required."
      ]
    ),
    (
      "module.m[0][1]",
      ["3:22-25 Invalid reference: Module instance objects do not support this operation."]
    ),
    (
      "terraform_data.x.id[0]",
      ["3:30-33 Invalid index: This value does not have any indices."]
    ),
    (
      "data[0].b",
      ["3:15-18 Invalid reference: The \"data\" object does not support this operation."]
    ),
    (
      "local",
      [
        "3:11-16 Invalid reference: The \"local\" object cannot be accessed directly. Instead, access one of its attributes.",
        "0:0-1 Reference to undeclared local value: A local value with the name \"\" has not been declared.",
      ]
    ),
    ("-terraform_data.x", []), ("terraform_data.x + 1", []),
  ])
  func referencesAreRead(_ expression: String, _ expected: [String]) {
    #expect(told(Self.resource + "output \"o\" {\n  value = \(expression)\n}\n") == expected)
  }

  @Test func keysOfInstancesAreFollowedByAttributes() {
    let text = """
      resource "terraform_data" "x" {
        count = 1
      }
      output "o" {
        value = terraform_data.x[0]["id"]
      }
      output "p" {
        value = terraform_data.x[0][1]
      }
      """
    #expect(
      told(text) == [
        "5:30-36 Invalid index operation: Only attribute access is allowed here. Did you mean to access attribute \"id\" using the dot operator?",
        "8:30-33 Invalid index operation: Only attribute access is allowed here, using the dot operator.",
      ])
  }

  /// Only up to the first mistake is looked whether something is there.
  @Test(arguments: [
    (
      "module.m",
      [
        "3:17-25 Reference to undeclared module: No module call named \"m\" is declared in the root module."
      ]
    ),
    (
      "local.a, var.b",
      [
        "3:17-24 Reference to undeclared local value: A local value with the name \"a\" has not been declared."
      ]
    ),
    (
      "terraform_data.x.a.b, path.foo",
      [
        "3:33-37 Invalid depends_on reference: References in depends_on must be to a whole object (resource, etc), not to an attribute of an object."
      ]
    ),
    (
      "\"a b\"",
      [
        "3:17-22 Quoted references are deprecated",
        "3:20-21 Invalid character: Expected an attribute access or an index operator.",
      ]
    ),
    (
      "\"\"",
      [
        "3:17-19 Quoted references are deprecated",
        "3:18-19 Variable name required: Must begin with a variable name.",
        "3:17-19 Invalid expression",
      ]
    ),
  ])
  func dependenciesAreWholeObjects(_ list: String, _ expected: [String]) {
    let found = told(Self.resource + "output \"o\" {\n  depends_on = [\(list)]\n  value = 1\n}\n")
    #expect(found.count == expected.count)
    for (text, start) in zip(found, expected) { #expect(text.hasPrefix(start)) }
  }

  @Test(arguments: [
    (
      "module",
      "3:10-16 Invalid address operator: Prefix \"module.\" must be followed by a module name."
    ),
    (
      "module.m[0][1]",
      "3:21-24 Invalid address operator: Module address prefix must be followed by dot and then a name."
    ),
    (
      "module.m[null]",
      "3:18-24 Invalid address operator: Invalid module key: must be either a string or an integer."
    ),
    ("terraform_data[0]", "3:24-27 Invalid address: A resource name is required."),
    ("data[0].x", "3:14-17 Invalid address: A data source name is required."),
    (
      "terraform_data.q[true]",
      "3:26-32 Invalid address: Invalid resource instance key: either a string or an integer is required."
    ),
    (
      "data", "0:0-1 Invalid address: Resource specification must include a resource type and name."
    ),
  ])
  func addressesOfMovesAreRead(_ address: String, _ expected: String) {
    let text = Self.resource + "moved {\n  from = \(address)\n  to = terraform_data.x\n}\n"
    #expect(told(text) == [expected])
  }

  @Test(arguments: [
    (
      "to = terraform_data.x\n  id = var.a",
      [
        "4:8-13 Reference to undeclared input variable: An input variable with the name \"a\" has not been declared. This variable can be declared with a variable \"a\" {} block."
      ]
    ),
    (
      "to = terraform_data.x[0]\n  id = \"a\"",
      ["3:8-27 Invalid import 'to' expression: The target resource does not use count."]
    ),
    (
      "to = terraform_data.x[each.key]\n  for_each = [1]\n  id = \"a\"",
      ["3:8-34 Invalid import 'to' expression: The target resource does not use count."]
    ),
    ("to = terraform_data.x[each.key]\n  for_each = {}\n  id = \"a\"", []),
    (
      "to = terraform_data.x[var.a]\n  for_each = {a = 1}\n  id = \"a\"",
      [
        "3:25-28 Unknown variable: There is no variable named \"var\".Only \"each.key\" and \"each.value\" can be used in import address index expressions."
      ]
    ),
    (
      "to = terraform_data.x[each.key]\n  for_each = \"a\"\n  id = \"a\"",
      ["4:14-17 Invalid for_each argument: The \"for_each\" expression must be a collection."]
    ),
    (
      "to = terraform_data.x[each.key].y\n  for_each = {}\n  id = \"a\"",
      [
        "3:34-36 Invalid address: Resource instance key must be given in square brackets.",
        "3:3-36 Invalid import address: Only managed resources can be imported.",
      ]
    ),
    (
      "to = terraform_data.x\n  id = null",
      ["4:8-12 Invalid import id argument: The import ID cannot be null."]
    ),
    (
      "to = terraform_data.x\n  provider = terraform\n  id = \"a\"",
      [
        "4:3-23 Invalid import provider argument: The provider argument can only be specified in import blocks that will generate configuration.\n\nUse the provider argument in the target resource block to configure the provider for a resource with explicit provider configuration."
      ]
    ),
  ])
  func importsAreChecked(_ body: String, _ expected: [String]) {
    #expect(told(Self.resource + "import {\n  \(body)\n}\n") == expected)
  }

  @Test(arguments: [
    (
      "true",
      "Invalid version constraint: This string does not use correct version constraint syntax."
    ),
    (
      "[]",
      "Invalid required_providers object: required_providers entries must be strings or objects."
    ),
    (
      "a.b",
      "Invalid required_providers object: required_providers entries must be strings or objects."
    ),
    (
      "{ configuration_aliases = [b[0]] }",
      "Invalid configuration_aliases value: Configuration aliases can only contain references to local provider configuration names in the format of provider.alias"
    ),
    (
      "{ source = \"a.b\" }",
      "Invalid provider type: Invalid provider type \"a.b\" in source \"a.b\": dots are not allowed\""
    ),
  ])
  func requirementsAreStringsOrObjects(_ value: String, _ expected: String) {
    let found = told("terraform {\n  required_providers {\n    a = \(value)\n  }\n}\n")
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix(expected) == true)
  }

  @Test(arguments: [
    (
      "config = \"a\"",
      "Invalid backend configuration: The given configuration is not valid for backend \"local\": an object is required."
    ),
    (
      "config = { foo = 1 }",
      "Invalid backend configuration: The given configuration is not valid for backend \"local\": unexpected attribute \"foo\"."
    ),
    (
      "config = { path = \"\" }",
      "Invalid local state file path: The \"path\" attribute value must not be empty."
    ),
    ("defaults = []", "Invalid default values: Defaults must be given in an object value."),
  ])
  func remoteStatesAreChecked(_ argument: String, _ expected: String) {
    let found = told(
      "data \"terraform_remote_state\" \"s\" {\n  backend = \"local\"\n  \(argument)\n}\n")
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix(expected) == true)
  }

  /// The message is read even where a reference is wrong; the condition of a check is not computed.
  @Test func rulesOfChecksAreReadWithoutScope() {
    let text = """
      resource "terraform_data" "x" {}
      check "c" {
        assert {
          condition     = [terraform_data.x.id]
          error_message = terraform_data.x.y
        }
        assert {
          condition     = terraform_data.x.id == "a"
          error_message = null
        }
      }
      """
    #expect(
      told(text) == [
        "5:37-39 Unsupported attribute: This object has no argument, nested block, or exported attribute named \"y\". Did you mean \"id\"?",
        "5:21-35 Unknown variable: There is no variable named \"terraform_data\".",
        "9:21-25 Invalid error message: Unsuitable value for error message: must not be null.",
      ])
  }

  @Test(arguments: [
    (
      "condition = [var.v]\n    error_message = \"a\"",
      "3:17-24 Invalid variable validation result: Invalid validation condition result value: bool required."
    ),
    (
      "condition = length([var.v]) == 2\n    error_message = null",
      "1:1-13 Invalid value for variable: Failed to evaluate condition error message.\n\nThis was checked by the validation rule at main.tf:2,3-13."
    ),
  ])
  func rulesOfVariablesAreTriedWithoutValues(_ rule: String, _ expected: String) {
    #expect(told("variable \"v\" {\n  validation {\n    \(rule)\n  }\n}\n") == [expected])
  }

  /// What an import refers to must be sound before the resource, and may not need it.
  @Test func importsDependOnWhatTheyReferTo() {
    let block = "import {\n  to = terraform_data.x\n  id = local.a\n}\n"
    let circular = told(Self.resource + "locals {\n  a = terraform_data.x.id\n}\n" + block)
    #expect(circular.count == 1)
    #expect(circular.first?.contains("Cycle: ") == true)
    let broken = told(
      "resource \"terraform_data\" \"x\" {\n  input = var.b\n}\nlocals {\n  a = var.q\n}\n" + block)
    #expect(broken.count == 1)
    #expect(broken.first?.contains("\"q\" has not been declared") == true)
  }
}
