internal import ManifestKit
internal import SourceText

/// What a kustomization gathered, kept for the overlays that build on it.
///
/// Unchecked, since its resources are classes: nothing changes them once the snapshot is made, and
/// who uses it takes copies.
final class BaseSnapshot: @unchecked Sendable {
  private let accumulator: Accumulator
  private let tree: ValueTree
  private let diagnostics: [Diagnostic]
  private let inputs: Set<String>
  private let usesBuiltInSchema: Bool

  /// Keeps what a workspace of its own has gathered; `nil` for what cannot be kept apart from it.
  init?(_ accumulator: Accumulator, _ workspace: Workspace) {
    guard workspace.customSchema == nil, workspace.untypedScalars.isEmpty else { return nil }
    // Reading an identity notes it; that has to happen before others read it.
    for resource in accumulator.resources { _ = resource.currentID }
    self.accumulator = accumulator
    tree = workspace.tree
    diagnostics = workspace.diagnostics
    inputs = workspace.inputs
    usesBuiltInSchema = workspace.usesBuiltInSchema
  }

  /// The same in another workspace. O(nodes), as one copy of memory where the workspace is new.
  func copy(to workspace: Workspace) -> Accumulator {
    workspace.diagnostics += diagnostics
    workspace.inputs.formUnion(inputs)
    if usesBuiltInSchema { workspace.consultSchema() }
    let isFirst = workspace.tree.nodeCount == 0
    if isFirst { workspace.tree = tree }
    var copy = accumulator
    copy.resources = accumulator.resources.map { resource in
      resource.copy(
        root: isFirst ? resource.root : workspace.tree.copy(resource.root, from: tree),
        in: workspace)
    }
    return copy
  }
}
