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
    try visit(path[...], root, workspace, create ? creation : .nothing, body)
  }

  private func visit(
    _ path: ArraySlice<String>, _ node: ValueTree.NodeID, _ workspace: Workspace,
    _ creation: Creation, _ body: (ValueTree.NodeID) throws(FieldError) -> Void
  ) throws(FieldError) {
    guard let step = path.first else { return try body(node) }
    if workspace.tree.isNull(node) { return }
    switch workspace.tree.kind(of: node) {
    case .sequence:
      for element in workspace.tree.elements(of: node) {
        try visit(path, element, workspace, creation, body)
      }
    case .mapping:
      let isList = step.hasSuffix("[]")
      let key = isList ? String(step.dropLast(2)) : step
      if key.isEmpty { return }
      let rest = path.dropFirst()
      let made: Creation = creation == .nothing || isList ? .nothing : rest.isEmpty ? creation : .mapping
      var next = workspace.tree.value(key, in: node)
      if next == nil || made != .nothing && next.map({ workspace.tree.isNull($0) }) == true {
        switch made {
        case .nothing: return
        case .mapping: next = workspace.tree.makeMapping()
        case .string: next = workspace.tree.makeString("")
        }
        if let next { workspace.tree.set(key, in: node, to: next) }
      }
      if let next { try visit(rest, next, workspace, creation, body) }
    case .scalar:
      throw FieldError(
        message: "expected a mapping or a list where '\(path.joined(separator: "/"))' continues",
        node: node)
    }
  }
}
