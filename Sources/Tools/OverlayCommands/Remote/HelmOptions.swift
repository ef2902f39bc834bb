public import ArgumentParser
internal import OverlayKit

/// Whether and how charts are rendered.
public struct HelmOptions: ParsableArguments {
  @Flag(help: "Render 'helmCharts' with helm, which may fetch them.")
  var enableHelm = false

  @Option(help: "With --enable-helm: the program to run.")
  var helmCommand = "helm"

  @Option(help: "With --enable-helm: the version of Kubernetes for charts that name none.")
  var helmKubeVersion = ""

  @Option(
    parsing: .singleValue,
    help: "With --enable-helm: an API version for charts that name none; repeatable.")
  var helmApiVersions: [String] = []

  /// Creates the options; the fields are set by parsing.
  public init() {}

  /// The options for a build; `nil` where helm is not to be run.
  var charts: ChartOptions? {
    guard enableHelm else { return nil }
    var options = ChartOptions(HelmRenderer(command: helmCommand))
    options.kubeVersion = helmKubeVersion
    options.apiVersions = helmApiVersions
    return options
  }
}
