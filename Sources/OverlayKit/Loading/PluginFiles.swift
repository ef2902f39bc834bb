internal import ManifestKit
internal import SourceText

/// Reads the entries of `generators`, `transformers` and `validators`: files, folders of
/// kustomizations, or the configuration itself.
///
/// Only plugins that are built in (`apiVersion: builtin`) run; programs and containers never do.
struct PluginFiles {
  let loader: FileLoader
  /// The name of the kustomization's file.
  let fileName: String

  private var workspace: Workspace { loader.workspace }

  /// An object that configures a plugin, and the file it stands in.
  private struct Configuration {
    let node: YAMLNode
    let path: String
    let entry: Kustomization.Entry

    var origin: ResourceOrigin {
      ResourceOrigin(
        configuredIn: path,
        configuredBy: .init(
          apiVersion: node["apiVersion"]?.text ?? "", kind: node["kind"]?.text ?? "",
          name: node["metadata"]?["name"]?.text ?? "",
          namespace: node["metadata"]?["namespace"]?.text ?? ""))
    }
  }

  /// The objects that the plugins of a field are configured by: those that stand in the kustomization,
  /// then those of files. Each has a name of its own.
  private func configurations(
    _ entries: [Kustomization.Entry]
  ) throws(DiagnosticError) -> [Configuration] {
    let inline = entries.filter { loader.isInline($0.text) }
    let files = entries.filter { !loader.isInline($0.text) }
    var all: [Configuration] = []
    var known: Set<ResourceOrigin.ConfiguredBy> = []
    for entry in inline + files {
      for configuration in try configurations(entry) {
        if let id = configuration.origin.configuredBy, !known.insert(id).inserted {
          throw .located(
            "duplicate-plugin", "there are two plugins \(id.kind) '\(id.name)'",
            workspace.files.hosted(configuration.node.span), detail: "Rename one of them.")
        }
        all.append(configuration)
      }
    }
    return all
  }

  /// The objects of one entry. Paths in them are relative to the kustomization that runs the plugin.
  private func configurations(
    _ entry: Kustomization.Entry
  ) throws(DiagnosticError) -> [Configuration] {
    if loader.kind(of: entry.text) == .folder { return try built(entry) }
    let isInline = loader.isInline(entry.text)
    let stream =
      isInline ? try loader.stream(inline: entry) : try loader.stream(entry.text, at: entry.span)
    let path = FilePath.join(loader.originPath, isInline ? fileName : entry.text)
    for document in stream.documents {
      SecretPlaces(workspace: workspace).hide(inObject: document.root)
    }
    for document in stream.documents where document.root.scalar != .null {
      try GoYAML.refuseDuplicateKeys(document.root)
      try refuseNameless(document.root, entry)
    }
    var configurations: [Configuration] = []
    for document in stream.documents where document.root.scalar != .null {
      let node = try withoutMergeKeys(document.root)
      configurations.append(Configuration(node: node, path: path, entry: entry))
    }
    return configurations
  }

  /// A configuration as a resource is read: its own keys win over those of merge keys wherever
  /// these stand. Places in it are those of the whole.
  private func withoutMergeKeys(_ node: YAMLNode) throws(DiagnosticError) -> YAMLNode {
    guard GoYAML.hasMergeKey(node) else { return node }
    let bytes = try written(try workspace.tree.add(node), node.span)
    let source = SourceFile(name: workspace.files[node.span.file]?.name ?? "", bytes: bytes)
    let id = workspace.files.add(source, host: workspace.files.hosted(node.span))
    let root = try YAMLStream(parsing: source, file: id).documents.first?.root ?? node
    SecretPlaces(workspace: workspace).hide(inObject: root)
    return root
  }

  private func written(
    _ root: ValueTree.NodeID, _ span: SourceSpan?
  ) throws(DiagnosticError) -> [UInt8] {
    var yaml: [UInt8] = []
    do throws(CanonicalYAML.Failure) {
      try CanonicalYAML.write(root, in: workspace.tree, to: &yaml)
    } catch {
      throw .located("not-writable", error.openMessage, span)
    }
    return yaml
  }

  /// A configuration needs a name like any other object.
  private func refuseNameless(
    _ node: YAMLNode, _ entry: Kustomization.Entry
  ) throws(DiagnosticError) {
    guard let name = node.resolved["metadata"]?.resolved["name"]?.resolved, !name.text.isEmpty,
      name.scalar != .null
    else {
      throw .located(
        "missing-name", "the configuration of a plugin has no 'metadata.name'",
        workspace.files.hosted(node.span), detail: "Any name will do.")
    }
  }

  /// The resources of another kustomization as configurations.
  private func built(_ entry: Kustomization.Entry) throws(DiagnosticError) -> [Configuration] {
    let folder = try loader.folder(entry.text, at: entry.span)
    let other = try KustomizationFile.load(folder, at: entry.span)
    let built = try BuildTarget(kustomization: other, loader: folder).accumulate()
    var configurations: [Configuration] = []
    for resource in built.resources {
      let yaml = try written(resource.root, resource.span)
      for document in try loader.stream(yaml, name: entry.text).documents {
        SecretPlaces(workspace: workspace).hide(inObject: document.root)
        configurations.append(
          Configuration(
            node: document.root, path: resource.origin?.path ?? "", entry: entry))
      }
    }
    return configurations
  }

  /// What generators make.
  func resources(_ entries: [Kustomization.Entry]) throws(DiagnosticError) -> [Resource] {
    var resources: [Resource] = []
    for configuration in try configurations(entries) {
      let kind = try builtInKind(configuration)
      let plugin = BuiltInPlugin(configuration.node, loader)
      guard let resource = try plugin.generated(kind) else {
        throw unknown(kind, configuration.node)
      }
      resource.origin = configuration.origin
      resources.append(resource)
    }
    return resources
  }

  /// The transformers of a field, in the order in which they run.
  func transformers(
    _ entries: [Kustomization.Entry]
  ) throws(DiagnosticError) -> [BuiltInTransformers.Configured] {
    var all: [BuiltInTransformers.Configured] = []
    for configuration in try configurations(entries) {
      let kind = try builtInKind(configuration)
      let plugin = BuiltInPlugin(configuration.node, loader)
      guard let made = try plugin.transformers(kind) else {
        throw unknown(kind, configuration.node)
      }
      // What one object configures is told of once.
      for (index, transformer) in made.enumerated() {
        all.append(
          .init(
            transformer: transformer, origin: index == 0 ? configuration.origin : nil,
            span: workspace.files.hosted(configuration.node.span)))
      }
    }
    return all
  }

  private func builtInKind(_ configuration: Configuration) throws(DiagnosticError) -> String {
    let kind = configuration.node["kind"]?.text ?? ""
    guard configuration.node["apiVersion"]?.text == "builtin" else {
      throw .located(
        "plugin-not-supported", "the plugin '\(kind)' is not built in", configuration.entry.span,
        detail: "Functions in containers and programs are not run; "
          + "render their output into a file and name that in 'resources'.")
    }
    return kind
  }

  private func unknown(_ kind: String, _ node: YAMLNode) -> DiagnosticError {
    let suggestion = Spelling.nearest(to: kind, among: BuiltInPlugin.kinds)
    return .located(
      "unknown-plugin", "there is no built-in plugin '\(kind)'", node.span,
      detail: suggestion.map { "Did you mean '\($0)'?" }
        ?? "There are \(BuiltInPlugin.kinds.joined(separator: ", ")).")
  }
}
