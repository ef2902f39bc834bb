internal import ManifestKit

extension FieldPath {
  /// The nodes a path leads to.
  ///
  /// - Parameter creating: What is put at the end of a path whose keys are missing; list items are
  ///   made only for `[key=value]`.
  func nodes(
    in root: ValueTree.NodeID, of tree: inout ValueTree, creating: ValueTree.Kind? = nil
  ) -> [ValueTree.NodeID] {
    var found = [root]
    for (position, step) in steps.enumerated() {
      let next = position + 1 < steps.count ? steps[position + 1] : nil
      var following: [ValueTree.NodeID] = []
      for node in found {
        following += Self.follow(step, from: node, next: next, &tree, creating)
      }
      found = following
      if found.isEmpty { break }
    }
    return found
  }

  private static func follow(
    _ step: Step, from node: ValueTree.NodeID, next: Step?, _ tree: inout ValueTree,
    _ creating: ValueTree.Kind?
  ) -> [ValueTree.NodeID] {
    switch (step, tree.kind(of: node)) {
    case (.key(let key), .mapping): return field(key, of: node, next, &tree, creating)
    case (.index(let index), .mapping): return field(String(index), of: node, next, &tree, creating)
    case (.append, .mapping): return field("-", of: node, next, &tree, creating)
    case (.wildcard, .mapping): return tree.entries(of: node).map(\.value)
    case (.wildcard, .sequence): return tree.elements(of: node)
    case (.index(let index), .sequence):
      return tree.element(index, of: node).map { [$0] } ?? []
    case (.append, .sequence): return tree.elements(of: node).last.map { [$0] } ?? []
    case (.item(let key, let value), .sequence):
      let items = tree.elements(of: node).filter { item in
        key.isEmpty
          ? tree.kind(of: item) == .scalar && tree.text(of: item) == value
          : tree.text(at: key, in: item) == value
      }
      guard items.isEmpty, creating != nil else { return items }
      let item = key.isEmpty ? tree.makeString(value) : tree.makeMapping()
      if !key.isEmpty { tree.set(key, in: item, to: tree.makeString(value)) }
      tree.append(item, to: node)
      return [item]
    default: return []
    }
  }

  private static func field(
    _ key: String, of node: ValueTree.NodeID, _ next: Step?, _ tree: inout ValueTree,
    _ creating: ValueTree.Kind?
  ) -> [ValueTree.NodeID] {
    if let value = tree.value(key, in: node), !tree.isNull(value) || creating == nil || next == nil
    {
      return [value]
    }
    guard let creating else { return [] }
    let made: ValueTree.NodeID
    switch next {
    case .none:
      switch creating {
      case .scalar: made = tree.makeScalar("")
      case .mapping: made = tree.makeMapping()
      case .sequence: made = tree.makeSequence()
      }
    case .item, .index, .append, .wildcard: made = tree.makeSequence()
    case .key: made = tree.makeMapping()
    }
    tree.set(key, in: node, to: made)
    return [made]
  }
}
