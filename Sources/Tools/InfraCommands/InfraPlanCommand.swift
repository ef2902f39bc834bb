public import ArgumentParser
internal import InfraPlan
internal import SourceText
internal import ToolSupport

/// `infra-plan`: what a configuration would create (``InfraPlan/Configuration/plan(inputs:functions:fileSystem:)``).
public struct InfraPlanCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "infra-plan",
    abstract: "Plan a Terraform configuration that needs no provider plugin.",
    discussion: """
      Plans terraform_data resources, outputs and modules on an empty state. A prior state, other \
      providers, and moved, import and removed blocks are refused where they stand.

      Exit status: 0 planned; 1 the configuration is wrong; 2 planning this is not supported.

      Example: infra-plan --var region=eu-west-1 infra/staging
      """,
    version: ToolVersion.current)

  @Flag(help: "Print the plan as JSON, as terraform show -json does.")
  var json = false

  @Flag(name: .customLong("json-stream"), help: "Print diagnostics as JSON lines.")
  var jsonStream = false

  @Flag(
    name: [.customLong("no-color"), .customLong("no-color", withSingleDash: true)],
    help: "Accepted for compatibility; the text has no colour.")
  var noColor = false

  @OptionGroup var variables: VariableOptions

  @OptionGroup var root: WorkingFolder

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Plans and prints.
  public func run() throws {
    try root.enter(tool: "infra-plan", reporting)
    let configuration = Configuration.load()
    let inputs = variables.inputs(for: configuration)
    let result = configuration.plan(inputs: inputs)
    if jsonStream {
      let refusal = configuration.initializationProblems
      for problem in refusal.isEmpty ? result.problems : refusal {
        let line = JSONValue.object([
          ("@level", .string(problem.severity == .error ? "error" : "warn")),
          ("type", .string("diagnostic")),
          ("diagnostic", ValidationReport.json(problem, files: result.files)),
        ])
        StandardStreams.writeOutput(line.text() + "\n")
      }
    } else if json {
      if let plan = result.plan {
        StandardStreams.writeOutput(PlanJSON.document(plan, of: configuration).text() + "\n")
      }
    } else if let plan = result.plan {
      let warnings = result.problems.filter { $0.severity != .error }
        .map { ProblemText.render($0, files: result.files) }.joined()
      StandardStreams.writeOutput(PlanText.render(plan, warnings: warnings))
    }
    if !jsonStream {
      for problem in result.problems where json || result.plan == nil || problem.severity == .error
      {
        StandardStreams.writeError(ProblemText.render(problem, files: result.files))
      }
    }
    let isUnsupported = result.problems.contains { $0.isUnsupportedByPlanner }
    if isUnsupported { throw ExitStatus.failure.code }
    if result.problems.hasErrors { throw ExitStatus.negative.code }
  }
}
