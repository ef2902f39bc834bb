internal import ManifestKit

/// How a generated ConfigMap or Secret joins one that is there already.
enum GeneratedObjects {
  /// Adds the entries of `resource` to those of `target`, its own winning.
  static func merge(_ resource: Resource, into target: Resource, _ workspace: Workspace) {
    for section in ["data", "binaryData", "stringData"] {
      guard let source = workspace.tree.value(section, in: resource.root) else { continue }
      let map = workspace.tree.makePath([section], in: target.root)
      for entry in workspace.tree.entries(of: source) {
        workspace.tree.set(
          workspace.tree.text(of: entry.key), in: map, to: workspace.tree.copy(entry.value))
      }
    }
    mergeMetadata(of: resource, into: target, workspace)
    takeState(of: resource, into: target, workspace)
  }

  /// Puts the entries of `resource` in the place of those of `target`; labels and annotations merge.
  static func replace(_ target: Resource, with resource: Resource, _ workspace: Workspace) {
    for section in ["data", "binaryData", "stringData"] {
      workspace.tree.remove(section, from: target.root)
      if let source = workspace.tree.value(section, in: resource.root) {
        workspace.tree.set(section, in: target.root, to: workspace.tree.copy(source))
      }
    }
    mergeMetadata(of: resource, into: target, workspace)
    takeState(of: resource, into: target, workspace)
  }

  private static func mergeMetadata(
    of resource: Resource, into target: Resource, _ workspace: Workspace
  ) {
    for section in ["labels", "annotations"] {
      guard
        let source = workspace.tree.value(at: ["metadata", section], in: resource.root)
      else { continue }
      for entry in workspace.tree.entries(of: source) {
        target.setMetadata(
          section, workspace.tree.text(of: entry.key), workspace.tree.text(of: entry.value))
      }
    }
  }

  private static func takeState(
    of resource: Resource, into target: Resource, _ workspace: Workspace
  ) {
    for field in ["type", "immutable"] {
      if let value = workspace.tree.value(field, in: resource.root) {
        workspace.tree.set(field, in: target.root, to: workspace.tree.copy(value))
      }
    }
    target.needsHash = target.needsHash || resource.needsHash
    target.behavior = resource.behavior
  }
}
