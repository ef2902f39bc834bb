internal import ArgumentParser
internal import InfraPlan
internal import ToolSupport

/// The options that set the root module's variables.
struct VariableOptions: ParsableArguments {
  @Option(
    name: [.customLong("var"), .customLong("var", withSingleDash: true)],
    help: "Set a variable: name=value.")
  var variables: [String] = []

  @Option(
    name: [.customLong("var-file"), .customLong("var-file", withSingleDash: true)],
    help: "Read variables from a file.")
  var files: [String] = []

  /// The values for a configuration, those of the environment and of its own files included.
  func inputs(for configuration: Configuration) -> InputValues {
    InputValues(
      for: configuration,
      options: files.map { .file($0) } + variables.map { .value($0) },
      environment: ProcessEnvironment.variables)
  }
}
