internal import ManifestKit
internal import SourceText

/// Writes one value into fields of selected resources, whole or as a part of a path.
struct ValueAddTransformer: Transformer {
  struct Target {
    var selector: Selector?
    var path: [String]
    /// Which part of the path that the field holds the value becomes, from 1; 0 replaces it all.
    var position: Int
  }

  let value: String
  let targets: [Target]

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    for target in targets {
      let matcher = try target.selector.map(SelectorMatcher.init)
      for resource in resources {
        if let matcher, !matcher.matches(resource, in: workspace) { continue }
        if target.path == ["metadata", "namespace"] {
          resource.storePreviousID()
          resource.namespace = value
        } else {
          try set(target, in: resource, workspace)
        }
      }
    }
  }

  private func set(
    _ target: Target, in resource: Resource, _ workspace: Workspace
  ) throws(DiagnosticError) {
    guard let key = target.path.last else { return }
    try refuseCollections(on: target.path, in: resource, workspace)
    let map = workspace.tree.makePath(Array(target.path.dropLast()), in: resource.root)
    let old = workspace.tree.text(at: key, in: map) ?? ""
    workspace.tree.set(key, in: map, to: workspace.tree.makeString(inserted(into: old, target)))
    resource.forgetIdentity()
  }

  /// Refuses a list on the way to a field, and a collection in its place.
  private func refuseCollections(
    on path: [String], in resource: Resource, _ workspace: Workspace
  ) throws(DiagnosticError) {
    var node = resource.root
    for (index, key) in path.enumerated() {
      guard let next = workspace.tree.value(key, in: node), !workspace.tree.isNull(next) else {
        return
      }
      node = next
      let wanted: ValueTree.Kind = index + 1 < path.count ? .mapping : .scalar
      guard workspace.tree.kind(of: node) == wanted else {
        throw .located(
          "unexpected-field-type",
          "in \(resource.currentID): '\(key)' must be a \(wanted == .mapping ? "mapping" : "single value")",
          workspace.span(of: node) ?? resource.span)
      }
    }
  }

  private func inserted(into old: String, _ target: Target) -> String {
    guard target.position > 0 else { return value }
    var parts = old.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if old.isEmpty { parts = [] }
    parts.insert(value, at: min(target.position - 1, parts.count))
    return parts.joined(separator: "/")
  }
}

extension ValueAddTransformer.Target {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a target")
    selector = nil
    if let node = entry.node("selector") { selector = try Selector(reading: node, isStrict: false) }
    path = FieldSpec(try entry.string("fieldPath") ?? "").steps.map(\.text)
    position = try entry.integer("filePathPosition") ?? 0
  }
}
