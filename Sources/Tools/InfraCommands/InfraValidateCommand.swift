public import ArgumentParser
internal import InfraPlan
internal import SourceText
internal import ToolSupport

/// `infra-validate`: what is wrong with a configuration (``InfraPlan/Configuration``).
public struct InfraValidateCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "infra-validate",
    abstract: "Check a Terraform configuration, without init and without providers.",
    discussion: """
      Reads the files of a folder and of the modules it calls by path, and reports what \
      `terraform validate` would report. Nothing is downloaded and nothing is run.

      Exit status: 0 valid; 1 invalid; 2 the folder cannot be read.

      Example: infra-validate --format github infra/staging
      """,
    version: ToolVersion.current)

  @Flag(
    name: [.long, .customLong("json", withSingleDash: true)],
    help: "Print one JSON document, as terraform validate -json does.")
  var json = false

  @Flag(
    help:
      "Also warn of variables, locals, data sources, outputs and modules that nothing refers to.")
  var unused = false

  @Option(help: "Check resources against the output of `terraform providers schema -json`.")
  var schema: String?

  @OptionGroup var root: WorkingFolder

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Loads, checks and reports.
  public func run() throws {
    let schemas = try readSchemas()
    try root.enter(tool: "infra-validate", reporting)
    let configuration = Configuration.load()
    var problems = configuration.validate(schemas: schemas)
    if unused, !problems.hasErrors { problems += configuration.unusedDeclarations() }
    if json {
      let document = ValidationReport.json(problems, files: configuration.files)
      StandardStreams.writeOutput(document.text(.indented) + "\n")
    } else {
      reporting.report(
        problems.map(\.diagnostic), files: configuration.files, tool: "infra-validate")
      if !problems.hasErrors {
        StandardStreams.writeOutput("Success! The configuration is valid.\n")
      }
    }
    if problems.hasErrors { throw ExitStatus.negative.code }
  }

  private func readSchemas() throws -> ProviderSchemas? {
    guard let schema else { return nil }
    var diagnostics: [Diagnostic] = []
    do throws(FileError) {
      let file = try InputReader().read(schema)
      do throws(ProviderSchemas.Failure) { return try ProviderSchemas(json: file.bytes) } catch {
        diagnostics = [Diagnostic("invalid-schema", .error, error.message, path: schema)]
      }
    } catch {
      diagnostics = [error.diagnostic]
    }
    reporting.report(diagnostics, files: SourceFiles(), tool: "infra-validate")
    throw ExitStatus.failure.code
  }
}
