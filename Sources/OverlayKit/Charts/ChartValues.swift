internal import ManifestKit
internal import SourceText

/// The values of a chart: those of a file and those of the kustomization, put together.
enum ChartValues {
  /// The values file for Helm; the chart's own bytes where the kustomization adds nothing.
  static func file(
    _ chart: HelmChart, fileBytes: [UInt8], _ loader: FileLoader
  ) throws(DiagnosticError) -> [UInt8] {
    guard let inline = chart.inlineValues, inline.count > 0 else { return fileBytes }
    let workspace = loader.workspace
    let json = try JSONOfYAML(workspace: workspace, span: inline.span)
      .value(of: try workspace.tree.add(inline))
    let own = workspace.tree.add(json.withFloatingNumbers)
    var root = own
    if chart.valuesMerge != .replace {
      let stream = try loader.stream(fileBytes, name: chart.valuesFile?.text ?? "values.yaml")
      if let document = stream.documents.first, document.root.resolved.kind == .mapping {
        let other = try workspace.tree.add(document.root)
        let overrides = chart.valuesMerge == .override
        root = overrides ? other : own
        try merge(overrides ? own : other, into: root, &workspace.tree)
      }
    }
    var yaml: [UInt8] = []
    do throws(CanonicalYAML.Failure) {
      try CanonicalYAML.write(root, in: workspace.tree, to: &yaml)
    } catch {
      throw .located("not-writable", "the chart's values: \(error.openMessage)", inline.span)
    }
    return yaml
  }

  /// Mappings are merged key by key, everything else is replaced; `null` takes a key away.
  private static func merge(
    _ source: ValueTree.NodeID, into target: ValueTree.NodeID, _ tree: inout ValueTree
  ) throws(DiagnosticError) {
    for entry in tree.entries(of: source) {
      let (key, value) = (tree.text(of: entry.key), entry.value)
      if tree.isNull(value) {
        tree.remove(key, from: target)
      } else if let old = tree.value(key, in: target), tree.kind(of: old) == .mapping,
        tree.kind(of: value) == .mapping
      {
        try merge(value, into: old, &tree)
      } else {
        tree.set(key, in: target, to: tree.copy(value))
      }
    }
  }
}

extension JSONValue {
  /// The value as Go's decoder gives it, to which every number is a `float64`.
  fileprivate var withFloatingNumbers: JSONValue {
    switch kind {
    case .number(let spelling):
      Int(spelling).map { abs($0) <= 1 << 53 } ?? false
        ? self : Double(spelling).map(JSONValue.number) ?? self
    case .array(let elements): .array(elements.map(\.withFloatingNumbers))
    case .object(let members): .object(members.map { ($0.name, $0.value.withFloatingNumbers) })
    default: self
    }
  }
}
