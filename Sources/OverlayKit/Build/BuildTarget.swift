internal import ManifestKit
internal import SourceText

/// One kustomization of a build, with the loader of its folder.
struct BuildTarget {
  let kustomization: Kustomization
  let loader: FileLoader

  private var workspace: Workspace { loader.workspace }

  /// Resources first, then generators, components and transformers, in Kustomize's order.
  ///
  /// - Parameter initial: What a component starts from; nothing for a kustomization.
  func accumulate(_ initial: Accumulator = Accumulator()) throws(DiagnosticError) -> Accumulator {
    var accumulator = initial
    if workspace.customSchema == nil {
      try SchemaSource(kustomization.openAPI, loader)?.use(in: workspace)
    }
    var files = FilesAhead(kustomization.resources, loader)
    for index in kustomization.resources.indices {
      try accumulate(index, &files, into: &accumulator)
    }
    try accumulator.merge(
      try fieldConfiguration(), at: kustomization.fieldSpans["configurations"])
    try accumulator.merge(
      try CustomDefinitions.configuration(kustomization.crds, loader),
      at: kustomization.fieldSpans["crds"])
    try generate(into: &accumulator)
    for entry in kustomization.components {
      accumulator = try component(entry, accumulator)
    }
    for transformer in try BuiltInTransformers(
      kustomization: kustomization, loader: loader, configuration: accumulator.configuration
    ).all() {
      workspace.tree.author = transformer.span.map(workspace.files.origin(of:)) ?? 0
      defer { workspace.tree.author = 0 }
      if transformer.isValidator {
        try validate(&accumulator, transformer)
        continue
      }
      try transformer.transformer.transform(&accumulator.resources, in: workspace)
      accumulator.resources.removeAll(where: \.isEmpty)
      guard workspace.recordsHistory, let origin = transformer.origin else { continue }
      for resource in accumulator.resources { resource.wasTransformed(by: origin) }
    }
    try accumulator.define(kustomization.variables, in: workspace)
    return accumulator
  }

  /// Runs a validator, which is a transformer that must not change anything.
  private func validate(
    _ accumulator: inout Accumulator, _ validator: BuiltInTransformers.Configured
  ) throws(DiagnosticError) {
    let before = accumulator.resources.map(\.fingerprint)
    try validator.transformer.transform(&accumulator.resources, in: workspace)
    guard accumulator.resources.map(\.fingerprint) == before else {
      throw .located(
        "validator-with-effect", "a validator must not change resources", validator.span,
        detail: "Put it under 'transformers', where it may.")
    }
  }

  private func fieldConfiguration() throws(DiagnosticError) -> TransformerConfiguration {
    guard !kustomization.configurations.isEmpty else { return .builtIn }
    return try ConfigurationFiles.load(kustomization.configurations, loader)
  }

  /// A file of manifests, or the folder of another kustomization.
  private func accumulate(
    _ index: Int, _ files: inout FilesAhead, into accumulator: inout Accumulator
  ) throws(DiagnosticError) {
    let entry = kustomization.resources[index]
    if loader.kind(of: entry.text) == .folder {
      let folder = try loader.folder(entry.text, at: entry.span)
      if folder.repository == nil, let base = workspace.base(folder.root) {
        return try accumulator.merge(base, in: workspace)
      }
      let other = try KustomizationFile.load(folder, at: entry.span)
      guard other.kind == .kustomization else {
        throw .located(
          "component-as-resource", "'\(entry.text)' is a component", entry.span,
          detail: "List it under 'components'.")
      }
      try accumulator.merge(
        try BuildTarget(kustomization: other, loader: folder).accumulate(), in: workspace)
    } else {
      let stream = try files.stream(index)
      let resources = try ResourceReader(workspace: workspace).resources(in: stream)
      let origin = loader.origin(of: entry.text)
      for resource in resources { resource.origin = origin }
      workspace.note(resources)
      try accumulator.append(resources, in: workspace)
    }
  }

  private func component(
    _ entry: Kustomization.Entry, _ accumulator: Accumulator
  ) throws(DiagnosticError) -> Accumulator {
    let folder = try loader.folder(entry.text, at: entry.span)
    let other = try KustomizationFile.load(folder, at: entry.span)
    guard other.kind == .component else {
      throw .located(
        "kustomization-as-component", "'\(entry.text)' is not a component", entry.span,
        detail: "List it under 'resources', or set its kind to Component.")
    }
    return try BuildTarget(kustomization: other, loader: folder).accumulate(accumulator)
  }

  private func generate(into accumulator: inout Accumulator) throws(DiagnosticError) {
    let values = KeyValueLoader(loader: loader)
    for arguments in kustomization.configMaps + kustomization.secrets {
      let generator = ConfigurationGenerator(
        arguments: arguments,
        options: arguments.options.merged(over: kustomization.generatorOptions),
        pairs: try values.load(arguments))
      let resource = try generator.generate(in: workspace)
      resource.origin = kustomization.origin(
        of: arguments.kind.rawValue + "Generator", loader)
      try accumulator.absorb([resource], in: workspace)
    }
    for chart in kustomization.charts {
      guard let options = loader.charts else {
        throw .located(
          "helm-not-enabled", "charts are rendered by helm, which is not run during a build",
          chart.span,
          detail: "'--enable-helm' runs it; or render the chart and name the file in 'resources'.")
      }
      let resources = try ChartGenerator(
        chart, options, namespace: kustomization.namespace, loader
      ).generate()
      let origin = kustomization.origin(of: "HelmChartInflationGenerator", loader)
      for resource in resources {
        resource.origin = origin
        resource.isFromChart = true
      }
      workspace.note(resources)
      try accumulator.absorb(resources, in: workspace)
    }
    try accumulator.absorb(
      try PluginFiles(loader: loader, fileName: kustomization.fileName)
        .resources(kustomization.generators), in: workspace)
  }
}
