internal import ManifestKit
internal import SourceText

/// One entry of `helmCharts`, with what `helmGlobals` says for all.
struct HelmChart {
  /// Which of two values counts that both the chart's file and the kustomization have.
  enum ValuesMerge: String, CaseIterable {
    /// The kustomization's.
    case override
    /// The file's.
    case merge
    /// The kustomization's, and nothing from the file.
    case replace
  }

  var name = ""
  var version = ""
  var repository = ""
  var releaseName = ""
  var namespace = ""
  var nameTemplate = ""
  var kubeVersion = ""
  var apiVersions: [String] = []
  var includesDefinitions = false
  var skipsHooks = false
  var skipsTests = false
  var debug = false
  var takesDevelopment = false
  var valuesFile: Kustomization.Entry?
  var additionalValuesFiles: [Kustomization.Entry] = []
  var inlineValues: YAMLNode?
  var valuesMerge = ValuesMerge.override
  /// The folder of the charts, relative to the kustomization.
  var chartHome = "charts"
  var configHome = ""
  var span: SourceSpan

  /// Reads an entry of `helmCharts`.
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'helmCharts'")
    span = node.span
    name = try entry.string("name") ?? ""
    version = try entry.string("version") ?? ""
    repository = try entry.string("repo") ?? ""
    releaseName = try entry.string("releaseName") ?? ""
    namespace = try entry.string("namespace") ?? ""
    nameTemplate = try entry.string("nameTemplate") ?? ""
    kubeVersion = try entry.string("kubeVersion") ?? ""
    apiVersions = try entry.strings("apiVersions").map(\.text)
    includesDefinitions = try entry.bool("includeCRDs") ?? false
    skipsHooks = try entry.bool("skipHooks") ?? false
    skipsTests = try entry.bool("skipTests") ?? false
    debug = try entry.bool("debug") ?? false
    takesDevelopment = try entry.bool("devel") ?? false
    valuesFile = try entry.entry("valuesFile")
    additionalValuesFiles = try entry.strings("additionalValuesFiles")
    inlineValues = entry.node("valuesInline")
    try readValuesMerge(&entry)
    try entry.refuseUnknownFields()
    try check()
  }

  /// Reads an entry of `helmChartInflationGenerator`, which came before `helmCharts`.
  init(readingDeprecated node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'helmChartInflationGenerator'")
    span = node.span
    name = try entry.string("chartName") ?? ""
    version = try entry.string("chartVersion") ?? ""
    repository = try entry.string("chartRepoUrl") ?? ""
    releaseName = try entry.string("releaseName") ?? ""
    namespace = try entry.string("releaseNamespace") ?? ""
    valuesFile = try entry.entry("values")
    inlineValues = entry.node("valuesLocal")
    try readValuesMerge(&entry)
    chartHome = try entry.string("chartHome") ?? "charts"
    configHome = try entry.string("helmHome") ?? ""
    // Which program runs is the caller's to say, not the file's.
    for name in ["helmBin", "chartRepoName", "extraArgs"] { _ = entry.node(name) }
    try entry.refuseUnknownFields()
    try check()
  }

  private mutating func readValuesMerge(_ entry: inout FieldReader) throws(DiagnosticError) {
    guard let word = try entry.entry("valuesMerge"), !word.text.isEmpty else { return }
    guard let merge = ValuesMerge(rawValue: word.text) else {
      throw .located(
        "unknown-values-merge", "there is no way '\(word.text)' to merge values", word.span,
        detail: "It is one of merge, override and replace.")
    }
    valuesMerge = merge
  }

  private func check() throws(DiagnosticError) {
    guard !name.isEmpty else {
      throw .located("missing-field", "a chart needs a 'name'", span)
    }
    for text in [name, version] where text.contains("/") || text == ".." {
      throw .located("bad-chart-name", "'\(text)' is no chart's name or version", span)
    }
  }

  /// The folder that holds the chart's own, relative to the kustomization.
  var home: String {
    version.isEmpty || repository.isEmpty
      ? chartHome : FilePath.join(chartHome, name + "-" + version)
  }

  /// The arguments that fetch the chart into a folder.
  func pullArguments(into folder: String) -> [String] {
    var arguments = ["pull", "--untar", "--untardir", folder]
    if repository.hasPrefix("oci://") {
      let separator = repository.hasSuffix("/") ? "" : "/"
      arguments.append(repository + separator + name)
    } else {
      arguments += ["--repo", repository, name]
    }
    if !version.isEmpty { arguments += ["--version", version] }
    return arguments + (takesDevelopment ? ["--devel"] : [])
  }

  /// The arguments that render the chart.
  func templateArguments(chart: String, values: String, more: [String]) -> [String] {
    var arguments = ["template", releaseName.isEmpty ? "--generate-name" : releaseName, chart]
    if !namespace.isEmpty { arguments += ["--namespace", namespace] }
    if !nameTemplate.isEmpty { arguments += ["--name-template", nameTemplate] }
    for file in [values] + more { arguments += ["-f", file] }
    for version in apiVersions { arguments += ["--api-versions", version] }
    if !kubeVersion.isEmpty { arguments += ["--kube-version", kubeVersion] }
    if includesDefinitions { arguments.append("--include-crds") }
    if skipsTests { arguments.append("--skip-tests") }
    if skipsHooks { arguments.append("--no-hooks") }
    if debug { arguments.append("--debug") }
    if takesDevelopment { arguments.append("--devel") }
    return arguments
  }
}
