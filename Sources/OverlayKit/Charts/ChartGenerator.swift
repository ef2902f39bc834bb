internal import ManifestKit
internal import SourceText

/// Makes resources of a chart, as `helmCharts` asks for.
struct ChartGenerator {
  let chart: HelmChart
  let options: ChartOptions
  let loader: FileLoader

  init(_ chart: HelmChart, _ options: ChartOptions, namespace: String, _ loader: FileLoader) {
    var chart = chart
    if chart.namespace.isEmpty { chart.namespace = namespace }
    if chart.kubeVersion.isEmpty { chart.kubeVersion = options.kubeVersion }
    if chart.apiVersions.isEmpty { chart.apiVersions = options.apiVersions }
    self.chart = chart
    self.options = options
    self.loader = loader
  }

  /// Fetches the chart where it is not there yet, and renders it.
  func generate() throws(DiagnosticError) -> [Resource] {
    let folder = FilePath.join(chart.home, chart.name)
    let configHome =
      chart.configHome.isEmpty ? nil : FilePath.normalize(chart.configHome, in: loader.root)
    if loader.kind(of: folder) != .folder {
      guard !chart.repository.isEmpty else {
        throw .located(
          "chart-not-found", "there is no chart '\(folder)', and no 'repo' to fetch it from",
          chart.span)
      }
      let home = FilePath.normalize(chart.home, in: loader.root)
      try asking { () throws(ChartError) in
        try options.renderer.pull(chart.pullArguments(into: home), configHome: configHome)
      }
    }
    let values = chart.valuesFile?.text ?? FilePath.join(folder, "values.yaml")
    let bytes = try ChartValues.file(
      chart, fileBytes: try loader.read(values, at: chart.valuesFile?.span ?? chart.span), loader)
    var more: [String] = []
    for file in chart.additionalValuesFiles {
      _ = try loader.read(file.text, at: file.span)
      more.append(FilePath.normalize(file.text, in: loader.root))
    }
    let absolute = FilePath.normalize(folder, in: loader.root)
    let manifests = try asking { () throws(ChartError) in
      try options.renderer.template(values: bytes, configHome: configHome) { values in
        chart.templateArguments(chart: absolute, values: values, more: more)
      }
    }
    let stream = try loader.stream(manifests, name: "chart \(chart.name)")
    return try ResourceReader(workspace: loader.workspace).resources(in: stream)
  }

  private func asking<Result>(
    _ body: () throws(ChartError) -> Result
  ) throws(DiagnosticError) -> Result {
    do throws(ChartError) {
      return try body()
    } catch {
      throw .located("chart-not-rendered", "the chart '\(chart.name)': \(error)", chart.span)
    }
  }
}
