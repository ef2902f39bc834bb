internal import SourceText

extension EditPlan.Operation {
  /// Where the change is made.
  var path: EditPath {
    switch self {
    case .set(let path, _), .delete(let path, _), .append(let path, _), .insert(let path, _, _):
      path
    }
  }

  /// Whether a document, read again after the change, says what it should.
  func isMade(in document: YAMLDocument) -> Bool {
    let node = document.root[path]
    switch self {
    case .set(_, let value): return node.map { holds(value, $0) } ?? false
    case .delete(let path, _):
      guard case .key = path.steps.last else { return true }
      let parent = document.root[EditPath(Array(path.steps.dropLast()))]
      return node == nil || parent?.kind != .mapping || parent?.entry(path.lastKey) == nil
    case .append(_, let value):
      return node.flatMap { $0[$0.count - 1] }.map { holds(value, $0) } ?? false
    case .insert(_, let index, let value):
      return node.flatMap { $0[index] }.map { holds(value, $0) } ?? false
    }
  }

  /// Whether a node has a value; what a tag of the user's own makes of it is the user's.
  private func holds(_ value: JSONValue, _ node: YAMLNode) -> Bool {
    var tree = ValueTree()
    guard let found = try? tree.add(node) else { return false }
    if tree.kind(of: found) == .scalar, ScalarTag(node.tag) == .other { return true }
    let wanted = tree.add(value)
    // New entries spell the strings 'y' and 'n' as most readers take them.
    return tree.isEqual(found, wanted, .kubernetes) || tree.isEqual(found, wanted, .kustomize)
  }
}

extension EditPath {
  /// The key of the last step; empty for other steps.
  fileprivate var lastKey: String {
    if case .key(let key) = steps.last { return key }
    return ""
  }
}
