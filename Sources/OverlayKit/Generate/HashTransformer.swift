internal import SourceText

/// Puts the hash of its contents behind the name of every object that wants one.
struct HashTransformer: Transformer {
  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    for resource in resources where resource.needsHash {
      resource.storePreviousID()
      resource.name += "-" + NameHash.suffix(of: resource.root, in: workspace.tree)
    }
  }
}
