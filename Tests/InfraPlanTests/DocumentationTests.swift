import InfraPlan
import SourceText
import Testing

/// The code of the article "Evaluate a Terraform module's locals from Swift".
@Suite struct DocumentationTests {
  private static let module = """
    variable "region" {
      type    = string
      default = "eu-west-1"
    }

    locals {
      zones   = [for suffix in ["a", "b"] : "${var.region}${suffix}"]
      subnets = { for index, zone in local.zones : zone => cidrsubnet("10.0.0.0/16", 8, index) }
    }

    """

  private func session(_ options: [InputValues.Option] = []) -> ModuleSession {
    let files = MemoryFileSystem(["infra/staging/main.tf": Self.module])
    let configuration = Configuration.load(folder: "infra/staging", files: files)
    let inputs = InputValues(for: configuration, options: options, fileSystem: files)
    return ModuleSession(
      configuration, inputs: inputs,
      functions: FunctionTable(baseFolder: "infra/staging", files: files))
  }

  @Test func localsAreEvaluatedInTheirModule() {
    let session = session([.value("region=eu-central-1")])
    #expect(session.problems.isEmpty)
    let answer = session.evaluate("local.subnets")
    #expect(
      answer.value.json.text()
        == #"{"eu-central-1a":"10.0.0.0/24","eu-central-1b":"10.0.1.0/24"}"#)
    #expect(session.evaluate("length(local.zones)").value.numberValue?.int == 2)
    #expect(session.references == ["local.subnets", "local.zones", "var.region"])
  }

  @Test func mistakesAreReported() {
    let session = session([.value("regio=x")])
    #expect(session.problems.map(\.summary) == ["Value for undeclared variable"])
    #expect(
      session.evaluate("local.subnet").problems.map(\.detail) == [
        "A local value with the name \"subnet\" has not been declared. Did you mean \"subnets\"?"
      ])
    #expect(session.evaluate("1 +").problems.map(\.summary) == ["Missing expression"])
  }
}
