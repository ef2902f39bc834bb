internal import ManifestKit

/// How a generated ConfigMap or Secret joins one that is there already.
enum GeneratedObjects {
  /// Puts `resource` in the place of `target`, with the entries of both, its own winning.
  static func merge(_ resource: Resource, into target: Resource, _ workspace: Workspace) {
    for section in ["data", "binaryData"] {
      guard let old = workspace.tree.value(section, in: target.root) else { continue }
      merge(old, below: [section], of: resource, workspace)
    }
    takePlace(of: target, resource, workspace)
  }

  /// Puts `resource` in the place of `target`.
  static func replace(_ target: Resource, with resource: Resource, _ workspace: Workspace) {
    target.origin = resource.origin
    takePlace(of: target, resource, workspace)
  }

  /// Names, labels and annotations of the object that goes stay; nothing else does.
  private static func takePlace(
    of target: Resource, _ resource: Resource, _ workspace: Workspace
  ) {
    for section in ["labels", "annotations"] {
      guard let old = workspace.tree.value(at: ["metadata", section], in: target.root) else {
        continue
      }
      merge(old, below: ["metadata", section], of: resource, workspace)
    }
    resource.name = target.name
    resource.namespace = target.namespace
    target.root = resource.root
    target.needsHash = target.needsHash && resource.needsHash
    target.behavior = resource.behavior
  }

  /// Adds entries, as text, to a mapping that keeps its own.
  private static func merge(
    _ old: ValueTree.NodeID, below path: [String], of resource: Resource, _ workspace: Workspace
  ) {
    let map = workspace.tree.makePath(path, in: resource.root)
    for entry in workspace.tree.entries(of: old) {
      let key = workspace.tree.text(of: entry.key)
      guard workspace.tree.value(key, in: map) == nil else { continue }
      let value = workspace.tree.copy(entry.value)
      if workspace.tree.kind(of: value) == .scalar { workspace.tree.setTag(.string, of: value) }
      workspace.setEntry(key, of: map, to: value)
    }
  }
}
