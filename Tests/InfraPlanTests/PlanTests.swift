import InfraPlan
import SourceText
import Testing

@Suite struct PlanTests {
  private func plan(
    _ files: [String: String], _ options: [InputValues.Option] = []
  ) -> Configuration.PlanResult {
    let system = MemoryFileSystem(files)
    let configuration = Configuration.load(folder: "/m", files: system)
    let inputs = InputValues(for: configuration, options: options, fileSystem: system)
    return configuration.plan(
      inputs: inputs, functions: FunctionTable(baseFolder: "/m", files: system), fileSystem: system)
  }

  private func addresses(_ result: Configuration.PlanResult) -> [String] {
    result.plan?.resources.map(\.address) ?? []
  }

  @Test func countAndForEachMakeInstances() {
    let result = plan([
      "/m/main.tf": """
      resource "terraform_data" "a" {
        count = 11
        input = count.index
      }
      resource "terraform_data" "b" {
        for_each = toset(["y", "x"])
        input    = each.key
      }
      """
    ])
    #expect(result.problems.isEmpty)
    #expect(
      addresses(result).suffix(3) == [
        "terraform_data.a[10]", "terraform_data.b[\"x\"]", "terraform_data.b[\"y\"]",
      ])
  }

  @Test func valuesFlowThroughModules() {
    let result = plan(
      [
        "/m/main.tf": """
        variable "n" { type = number }
        module "c" {
          source = "./c"
          n      = var.n + 1
        }
        output "o" { value = module.c.double }
        """,
        "/m/c/main.tf": "variable \"n\" {}\noutput \"double\" {\n  value = var.n * 2\n}\n",
      ], [.value("n=20")])
    #expect(result.plan?.outputs.first?.value.json.text() == "42")
  }

  @Test func theTextShowsWhatWillBeCreated() {
    let result = plan([
      "/m/main.tf": "resource \"terraform_data\" \"a\" {\n  input = { k = [1] }\n}\n"
    ])
    let text = result.plan.map { PlanText.render($0) } ?? ""
    #expect(
      text.contains(
        """
          # terraform_data.a will be created
          + resource "terraform_data" "a" {
              + id     = (known after apply)
              + input  = {
                  + k = [
                      + 1,
                    ]
                }
              + output = (known after apply)
            }

        Plan: 1 to add, 0 to change, 0 to destroy.
        """))
  }

  @Test func sensitiveValuesAreHidden() {
    let result = plan([
      "/m/main.tf": "resource \"terraform_data\" \"a\" {\n  input = sensitive(\"top\")\n}\n"
    ])
    let text = result.plan.map { PlanText.render($0) } ?? ""
    #expect(text.contains("(sensitive value)"))
    #expect(!text.contains("top"))
  }

  @Test func whatCannotBePlannedIsRefusedInPlace() {
    let other = plan(["/m/main.tf": "resource \"aws_instance\" \"a\" {\n  ami = \"x\"\n}\n"])
    #expect(other.problems.first?.summary == "Provider needed")
    #expect(other.problems.first?.subject != nil)
    let state = plan(["/m/main.tf": "", "/m/terraform.tfstate": "{}"])
    #expect(state.problems.contains { $0.isUnsupportedByPlanner })
  }

  @Test func aVariableWithoutAValueIsNamed() {
    #expect(
      plan(["/m/main.tf": "variable \"v\" {}\n"]).problems.first?.summary
        == "No value for required variable")
  }

  @Test func failedConditionsStopTheirObject() {
    let result = plan([
      "/m/main.tf": """
      resource "terraform_data" "a" {
        input = 1
        lifecycle {
          postcondition {
            condition     = self.input == 2
            error_message = "must be 2"
          }
        }
      }
      """
    ])
    #expect(result.problems.map(\.summary) == ["Resource postcondition failed"])
    #expect(result.plan?.isErrored == true)
  }
}
