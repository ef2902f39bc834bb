import InfraPlan
import SourceText
import Testing

/// What is told of a configuration in which one mistake leads to others.
@Suite struct DependentsTests {
  private func problems(_ files: [String: String]) -> [Problem] {
    let system = MemoryFileSystem(files)
    let configuration = Configuration.load(folder: "/m", files: system)
    return configuration.validate(functions: FunctionTable(baseFolder: "/m", files: system))
  }

  private func lines(_ files: [String: String]) -> [String] {
    problems(files).map { problem in
      guard let subject = problem.subject else { return "-" }
      let names = files.keys.sorted()
      let text = files["/m/main.tf"] ?? ""
      let line = text.utf8.prefix(Int(subject.start)).count { $0 == UInt8(ascii: "\n") } + 1
      return subject.file.rawValue == 0 ? "\(line)" : names[0]
    }
  }

  @Test(arguments: [
    // A resource and what needs it.
    (
      "resource \"terraform_data\" \"a\" {\n  input = 1 + []\n}\noutput \"o\" {\n  value = terraform_data.a.id + []\n}\n",
      ["2"]
    ),
    // Locals, also through others.
    (
      "locals {\n  a = 1 + []\n  b = local.a + {}\n}\noutput \"o\" {\n  value = local.b + \"x\"\n}\n",
      ["2"]
    ),
    // The rule of a variable, and whoever needs the variable.
    (
      "variable \"v\" {\n  validation {\n    condition     = var.v + []\n    error_message = \"x\"\n  }\n}\noutput \"o\" {\n  value = \"${var.v}\" + []\n}\n",
      ["3"]
    ),
    // What is on its own is told.
    ("locals {\n  a = 1 + []\n  b = 2 + []\n}\n", ["2", "3"]),
    (
      "resource \"terraform_data\" \"a\" {\n}\noutput \"o\" {\n  value = terraform_data.a.id + []\n}\n",
      ["4"]
    ),
  ])
  func mistakesHideWhatNeedsThem(_ text: String, _ expected: [String]) {
    #expect(lines(["/m/main.tf": text]) == expected)
  }

  @Test func aWholeModuleIsNeededByWhoeverNamesIt() {
    let child =
      "variable \"a\" {}\noutput \"x\" {\n  value = 1 + []\n}\noutput \"y\" {\n  value = 2\n}\n"
    let root = """
      module "n" {
        source = "./c"
        a      = 1
      }
      output "whole" {
        value = module.n + []
      }
      output "part" {
        value = module.n.y + []
      }

      """
    let found = problems(["/m/main.tf": root, "/m/c/main.tf": child])
    #expect(found.count == 2)
    #expect(Set(found.compactMap { $0.subject?.file.rawValue }).count == 2)
  }

  @Test func aCallThatFailsHidesItsArguments() {
    let root = "module \"n\" {\n  source = \"./c\"\n  count  = 1 + []\n  a      = 1 + {}\n}\n"
    #expect(lines(["/m/main.tf": root, "/m/c/main.tf": "variable \"a\" {}\n"]) == ["3"])
  }

  @Test func aWrongReferenceIsAllThatIsToldOfArguments() {
    let text = "resource \"terraform_data\" \"a\" {\n  foo   = 1\n  input = self.id\n}\n"
    #expect(problems(["/m/main.tf": text]).map(\.summary) == ["Invalid \"self\" reference"])
  }

  /// Of the block that cannot be kept, its own mistakes are told too.
  @Test(arguments: [
    "variable \"a\" {\n}\nvariable \"a\" {\n  type = STRING\n}\n",
    "output \"a\" {\n  value = 1\n}\noutput \"a\" {\n}\n",
    "resource \"terraform_data\" \"a\" {\n}\nresource \"terraform_data\" \"a\" {\n  count = 1\n  for_each = {}\n}\n",
    "module \"a\" {\n  source = \"./x\"\n}\nmodule \"a\" {\n}\n",
  ])
  func duplicatesAreDecoded(_ text: String) {
    let found = problems(["/m/main.tf": text, "/m/x/main.tf": ""]).map(\.summary)
    #expect(found.count == 2)
    #expect(found.contains { $0.hasPrefix("Duplicate") })
  }

  private func provisioned(_ inner: String) -> [String] {
    problems(["/m/main.tf": "resource \"terraform_data\" \"a\" {\n\(inner)\n}\n"])
      .map { $0.summary + ($0.detail.isEmpty ? "" : ": " + $0.detail) }.sorted()
  }

  @Test(arguments: [
    "provisioner \"local-exec\" {\n  command = self.id\n  quiet = \"yes\"\n}",
    "provisioner \"remote-exec\" {\n  scripts = []\n  script = null\n}",
    "provisioner \"file\" {\n  content = 1\n  destination = \"x\"\n  connection {\n    host = \"h\"\n    port = \"22\"\n  }\n}",
    "connection {\n  user = \"u\"\n}",
  ])
  func soundProvisionersAreAccepted(_ text: String) {
    #expect(provisioned(text).isEmpty)
  }

  @Test(arguments: [
    (
      "provisioner \"file\" {\n  source = \"a\"\n  content = \"b\"\n  destination = \"c\"\n}",
      ["Cannot set both 'source' and 'content'"]
    ),
    (
      "provisioner \"file\" {\n  destination = \"c\"\n}",
      ["Must provide one of 'source' or 'content'"]
    ),
    (
      "provisioner \"remote-exec\" {\n}",
      [
        "Invalid remote-exec provisioner configuration: Only one of \"inline\", \"script\", or \"scripts\" must be set"
      ]
    ),
    (
      "provisioner \"local-exec\" {\n  interpreter = \"sh\"\n  comand = \"x\"\n}",
      [
        "Incorrect attribute value type: Inappropriate value for attribute \"interpreter\": list of string required.",
        "Missing required argument: The argument \"command\" is required, but no definition was found.",
        "Unsupported argument: An argument named \"comand\" is not expected here. Did you mean \"command\"?",
      ]
    ),
    (
      "connection {\n  hots = \"h\"\n}\nprovisioner \"local-exec\" {\n  command = \"x\"\n}\nprovisioner \"local-exec\" {\n}",
      [
        "Missing required argument: The argument \"host\" is required, but no definition was found.",
        "Unsupported argument: An argument named \"hots\" is not expected here. Did you mean \"https\"?",
      ]
    ),
    (
      "provisioner \"fil\" {\n}",
      [
        "Missing required provisioner plugin: This configuration requires provisioner plugin \"fil\", which isn't available. If you're intending to use an external provisioner plugin, you must install it manually into one of the plugin search directories before running Terraform."
      ]
    ),
  ])
  func wrongProvisionersAreRefused(_ text: String, _ expected: [String]) {
    #expect(provisioned(text) == expected)
  }
}
