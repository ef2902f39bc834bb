internal import ManifestKit
internal import SourceText

/// Finds the files that builds would read, from kustomization files alone.
///
/// Resources and patches are not opened. What cannot be read makes the answer incomplete, never an
/// error; too many files may be named, too few not.
struct InputScan {
  /// What one kustomization names.
  struct Inputs {
    /// Files as absolute paths; also as resolved ones where links lead there.
    var files: Set<String> = []
    /// The folders of the kustomizations listed under `resources`, resolved.
    var bases: [String] = []
    /// Those it takes in otherwise: components, generators and transformers.
    var others: [String] = []
    /// Whether all of it could be read, and is on this machine.
    var isComplete = true
  }

  private let fileSystem: any FileSystem
  /// What is known, by the kustomization's folder.
  private(set) var known: [String: Inputs] = [:]

  init(fileSystem: any FileSystem) { self.fileSystem = fileSystem }

  /// Everything that a build of a folder reads. O(kustomizations), each read once.
  mutating func inputs(below folder: String) -> (files: Set<String>, isComplete: Bool) {
    guard let root = try? fileSystem.resolve(folder) else { return ([], false) }
    var files: Set<String> = []
    var isComplete = true
    var visited: Set<String> = []
    var pending = [root]
    while let next = pending.popLast() {
      guard visited.insert(next).inserted else { continue }
      let inputs = inputs(of: next)
      files.formUnion(inputs.files)
      if !inputs.isComplete { isComplete = false }
      pending += inputs.bases + inputs.others
    }
    return (files, isComplete)
  }

  /// What the kustomization in a resolved folder names.
  mutating func inputs(of root: String) -> Inputs {
    if let inputs = known[root] { return inputs }
    // Before the folders it names are looked at, which may be this one.
    known[root] = Inputs()
    let inputs = read(root)
    known[root] = inputs
    return inputs
  }

  private func read(_ root: String) -> Inputs {
    let workspace = Workspace()
    let loader = FileLoader(
      root: root, visited: [], fileSystem: fileSystem, workspace: workspace, isRestricted: false,
      environment: { _ in nil })
    var inputs = Inputs()
    guard let kustomization = try? KustomizationFile.load(loader, at: nil) else {
      inputs.isComplete = false
      inputs.files = Set(KustomizationFile.names.map { FilePath.join(root, $0) })
      return inputs
    }
    inputs.files = workspace.inputs
    var entries = kustomization.resources.map { ($0.text, true) }
    entries += kustomization.namedFiles.map { ($0, false) }
    for (path, isResource) in entries {
      add(path, isBase: isResource, loader, to: &inputs)
    }
    for chart in kustomization.charts { addChart(chart, loader, to: &inputs) }
    for entry in kustomization.generators + kustomization.transformers + kustomization.validators {
      addPlugin(entry, loader, to: &inputs)
    }
    return inputs
  }

  private func add(
    _ path: String, isBase: Bool, _ loader: FileLoader, to inputs: inout Inputs
  ) {
    if loader.isInline(path) { return }
    guard !RemoteReference.isRemote(path) else {
      inputs.isComplete = false
      return
    }
    let absolute = FilePath.normalize(path, in: loader.root)
    let resolved = try? fileSystem.resolve(absolute)
    if let resolved, fileSystem.kind(of: resolved) == .folder {
      if isBase { inputs.bases.append(resolved) } else { inputs.others.append(resolved) }
    } else {
      // A file that is not there counts: it may be the one that was removed.
      inputs.files.insert(absolute)
      if let resolved { inputs.files.insert(resolved) }
    }
  }

  /// The values of a chart, and every file of the chart where it lies here.
  private func addChart(_ chart: HelmChart, _ loader: FileLoader, to inputs: inout Inputs) {
    for file in [chart.valuesFile].compactMap(\.self) + chart.additionalValuesFiles {
      add(file.text, isBase: false, loader, to: &inputs)
    }
    addFiles(below: FilePath.normalize(chart.chartHome, in: loader.root), to: &inputs)
  }

  private func addFiles(below folder: String, to inputs: inout Inputs) {
    var entered: Set<String> = []
    var pending = [folder]
    while let next = pending.popLast() {
      guard let resolved = try? fileSystem.resolve(next), entered.insert(resolved).inserted else {
        continue
      }
      for name in (try? fileSystem.list(resolved)) ?? [] {
        let path = FilePath.join(next, name)
        switch fileSystem.kind(of: path) {
        case .folder: pending.append(path)
        case .file: inputs.files.formUnion([path, FilePath.join(resolved, name)])
        default: continue
        }
      }
    }
  }

  /// A plugin's configuration, and every file it may name.
  private func addPlugin(
    _ entry: Kustomization.Entry, _ loader: FileLoader, to inputs: inout Inputs
  ) {
    add(entry.text, isBase: false, loader, to: &inputs)
    if loader.kind(of: entry.text) == .folder { return }
    let stream =
      loader.isInline(entry.text)
      ? try? loader.stream(inline: entry) : try? loader.stream(entry.text, at: entry.span)
    for document in stream?.documents ?? [] {
      for field in document.root.resolved.entries.map({ $0 }) {
        let value = field.value.resolved
        switch field.key.text {
        case "path", "targetFilePath", "env", "valuesFile":
          add(value.text, isBase: false, loader, to: &inputs)
        case "chartHome":
          addFiles(below: FilePath.normalize(value.text, in: loader.root), to: &inputs)
        case "replacements":
          for path in value.elements.compactMap({ $0.resolved["path"] }) {
            add(path.text, isBase: false, loader, to: &inputs)
          }
        case "paths", "files", "envs", "additionalValuesFiles":
          for element in value.elements {
            let text = element.resolved.text
            let path = text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) }
            add(path ?? text, isBase: false, loader, to: &inputs)
          }
        default: continue
        }
      }
    }
  }
}

extension Kustomization {
  /// Every path the file names apart from resources and plugins.
  fileprivate var namedFiles: [String] {
    var paths = (components + crds + configurations + strategicMergePatches).map(\.text)
    paths += (patches + json6902Patches).compactMap(\.path?.text)
    for case .file(let entry) in replacements { paths.append(entry.text) }
    for generator in configMaps + secrets {
      paths += generator.environments.map(\.text)
      paths += generator.files.map { file in
        file.text.firstIndex(of: "=").map { String(file.text[file.text.index(after: $0)...]) }
          ?? file.text
      }
    }
    if let path = openAPI?.path?.text { paths.append(path) }
    return paths
  }
}
