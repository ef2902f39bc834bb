internal import ManifestKit

/// Why a field could not be reached or set.
struct FieldError: Error {
  let message: String
  let node: ValueTree.NodeID
}

extension FieldSpec {
  /// What is made where the last key of the path is missing.
  enum Creation {
    case nothing
    case mapping
    case string
  }

  /// Calls `body` with every node that the path leads to in an object of a fitting kind.
  ///
  /// Lists on the way are entered; a null on the way ends it.
  func visit(
    _ root: ValueTree.NodeID, gvk: GroupVersionKind, in workspace: Workspace,
    creating creation: Creation = .nothing,
    _ body: (ValueTree.NodeID) throws(FieldError) -> Void
  ) throws(FieldError) {
    guard gvk.isSelected(by: self.gvk) else { return }
    try visitFields(of: root, in: workspace, creating: creation, body)
  }

  /// The same without a look at the kind.
  func visitFields(
    of root: ValueTree.NodeID, in workspace: Workspace, creating creation: Creation = .nothing,
    _ body: (ValueTree.NodeID) throws(FieldError) -> Void
  ) throws(FieldError) {
    guard !text.isEmpty else {
      throw FieldError(message: "a field specification needs a 'path'", node: root)
    }
    let walk = FieldWalk(
      steps: steps, workspace: workspace, creation: create ? creation : .nothing)
    try walk.visit(0, root, body)
  }
}

/// The way along a path through one object.
private struct FieldWalk {
  let steps: [FieldSpec.Step]
  let workspace: Workspace
  let creation: FieldSpec.Creation

  func visit(
    _ position: Int, _ node: ValueTree.NodeID,
    _ body: (ValueTree.NodeID) throws(FieldError) -> Void
  ) throws(FieldError) {
    guard position < steps.count else { return try body(node) }
    switch workspace.tree.kind(of: node) {
    case .sequence:
      for element in workspace.tree.elements(of: node) { try visit(position, element, body) }
    case .mapping:
      if let next = next(steps[position], in: node, isLast: position + 1 == steps.count) {
        try visit(position + 1, next, body)
      }
    case .scalar:
      if workspace.tree.isNull(node) { return }
      let rest = steps[position...].map(\.key).joined(separator: "/")
      throw FieldError(
        message: "expected a mapping or a list where '\(rest)' continues", node: node)
    }
  }

  private func next(
    _ step: FieldSpec.Step, in node: ValueTree.NodeID, isLast: Bool
  ) -> ValueTree.NodeID? {
    if step.key.isEmpty { return nil }
    let old = workspace.tree.value(step.key, in: node)
    if step.isList {
      // A null where a list is expected becomes one.
      if let old, workspace.tree.isNull(old) {
        workspace.tree.replace(old, with: workspace.tree.makeSequence())
      }
      return old
    }
    if creation == .nothing { return old }
    if let old, !workspace.tree.isNull(old) { return old }
    let made =
      !isLast || creation == .mapping
      ? workspace.tree.makeMapping() : workspace.tree.makeString("")
    workspace.tree.set(step.key, in: node, to: made)
    return made
  }
}
