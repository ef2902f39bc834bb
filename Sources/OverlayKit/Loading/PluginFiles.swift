internal import ManifestKit
internal import SourceText

/// Reads the entries of `generators`, `transformers` and `validators`: files, folders of
/// kustomizations, or the configuration itself.
///
/// Only plugins that are built in (`apiVersion: builtin`) run; programs and containers never do.
struct PluginFiles {
  let loader: FileLoader

  private var workspace: Workspace { loader.workspace }

  /// The objects that a plugin is configured by.
  private func configurations(
    _ entry: Kustomization.Entry
  ) throws(DiagnosticError) -> [(YAMLNode, FileLoader)] {
    if loader.kind(of: entry.text) == .folder {
      let folder = try loader.folder(entry.text, at: entry.span)
      let other = try KustomizationFile.load(folder, at: entry.span)
      let built = try BuildTarget(kustomization: other, loader: folder).accumulate()
      var nodes: [(YAMLNode, FileLoader)] = []
      for resource in built.resources {
        var yaml: [UInt8] = []
        do throws(CanonicalYAML.Failure) {
          try CanonicalYAML.write(resource.root, in: workspace.tree, to: &yaml)
        } catch {
          throw .located("not-writable", error.message, resource.span)
        }
        let stream = try loader.stream(yaml, name: entry.text)
        nodes += stream.documents.map { ($0.root, folder) }
      }
      return nodes
    }
    let isInline = entry.text.contains("\n") && loader.kind(of: entry.text) == nil
    let stream =
      isInline
      ? try PatchText(inline: entry, loader).stream
      : try loader.stream(entry.text, at: entry.span)
    return stream.documents.filter { $0.root.scalar != .null }.map { ($0.root, loader) }
  }

  /// What the generators of an entry make.
  func generate(_ entry: Kustomization.Entry) throws(DiagnosticError) -> [Resource] {
    var resources: [Resource] = []
    for (node, loader) in try configurations(entry) {
      let kind = try builtInKind(node, entry)
      switch kind {
      case "ConfigMapGenerator", "SecretGenerator":
        resources.append(try BuiltInPlugin(node, loader).generatedConfiguration(kind))
      default: throw unknown(kind, node)
      }
    }
    return resources
  }

  /// The transformers of an entry.
  func transformers(
    _ entry: Kustomization.Entry, schema: SchemaTable
  ) throws(DiagnosticError) -> [any Transformer] {
    var all: [any Transformer] = []
    for (node, loader) in try configurations(entry) {
      let kind = try builtInKind(node, entry)
      guard let made = try BuiltInPlugin(node, loader).transformers(kind, schema: schema) else {
        throw unknown(kind, node)
      }
      all += made
    }
    return all
  }

  private func builtInKind(
    _ node: YAMLNode, _ entry: Kustomization.Entry
  ) throws(DiagnosticError) -> String {
    let kind = node["kind"]?.text ?? ""
    guard node["apiVersion"]?.text == "builtin" else {
      throw .located(
        "plugin-not-supported", "the plugin '\(kind)' is not built in", entry.span,
        detail: "Functions in containers and programs are not run; "
          + "render their output into a file and name that in 'resources'.")
    }
    return kind
  }

  private func unknown(_ kind: String, _ node: YAMLNode) -> DiagnosticError {
    let suggestion = Spelling.nearest(to: kind, among: BuiltInPlugin.kinds)
    return .located(
      "unknown-plugin", "there is no built-in plugin '\(kind)'", node.span,
      detail: suggestion.map { "Did you mean '\($0)'?" })
  }
}
