internal import ManifestKit
internal import SourceText

/// A JSON patch for all resources that a target selects.
struct OperationsTransformer: Transformer {
  let target: Selector
  let patch: OperationsPatch

  var span: SourceSpan? { patch.span }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    let matcher = try SelectorMatcher(target)
    let selected = resources.filter { matcher.matches($0, in: workspace) }
    if selected.isEmpty { target.warnOfNoEffect(in: workspace, patch.span) }
    if patch.operations.isEmpty { return }
    for resource in selected {
      resource.storePreviousID()
      try resource.patch(in: workspace) { () throws(DiagnosticError) in
        try apply(to: resource, workspace)
      }
    }
  }

  private func apply(to resource: Resource, _ workspace: Workspace) throws(DiagnosticError) {
    // The original keeps notes in the annotations, so that a patch always finds some.
    let notes = workspace.tree.value(at: ["metadata", "annotations"], in: resource.root)
    if notes.map({ workspace.tree.isNull($0) }) ?? true {
      _ = workspace.tree.makePath(["metadata", "annotations"], in: resource.root)
    }
    var run = JSONOperationRun(resource.root, in: workspace)
    do throws(JSONOperation.Failure) {
      try run.apply(patch.operations, at: patch.places)
    } catch {
      throw patch.notApplicable(to: resource, error)
    }
    resource.root = run.root
    try refuseWithoutIdentity(resource)
    Self.round(resource.root, &workspace.tree)
  }

  /// What a patch leaves must still be a resource.
  private func refuseWithoutIdentity(_ resource: Resource) throws(DiagnosticError) {
    let id = resource.currentID
    let missing =
      id.kind.kind.isEmpty
      ? "kind" : id.name.isEmpty && !id.kind.kind.hasSuffix("List") ? "metadata.name" : nil
    guard let missing else { return }
    throw .located(
      "patch-not-applicable", "the patch takes away '\(missing)' of \(resource.originalID)",
      patch.span, detail: "To drop the resource, use a strategic-merge patch with '$patch: delete'."
    )
  }

  /// Gives whole numbers beyond 2^53 the value that a double holds: the original reads the result of
  /// a JSON patch as JSON, whose numbers are doubles to it.
  private static func round(_ root: ValueTree.NodeID, _ tree: inout ValueTree) {
    var pending = [root]
    while let node = pending.popLast() {
      switch tree.kind(of: node) {
      case .mapping: pending += tree.entries(of: node).map(\.value)
      case .sequence: pending += tree.elements(of: node)
      case .scalar:
        // Shorter texts spell no such number.
        guard tree.textBytes(of: node).count > 15 else { continue }
        let number: Double
        switch tree.value(of: node) {
        case .integer(let value) where value.magnitude > 1 << 53: number = Double(value)
        case .unsigned(let value): number = Double(value)
        default: continue
        }
        guard case .number(let spelling) = JSONValue.number(number).kind else { continue }
        tree.setText(spelling, of: node, style: .plain, tag: ScalarTag.none)
      }
    }
  }
}
