internal import ImageTags
internal import ManifestKit

extension FieldPath {
  /// The one node a path leads to, for reading a value; `nil` where there is none.
  func node(in root: ValueTree.NodeID, of tree: ValueTree) throws(Failure) -> ValueTree.NodeID? {
    var node = root
    for step in steps {
      let next: ValueTree.NodeID?
      switch step {
      case .key(""): continue
      case .key("-"):
        try Self.expect(.sequence, node, tree, "-")
        next = tree.elements(of: node).last
      case .key(let key): next = tree.value(key, in: node)
      case .index(let index):
        if tree.isNull(node) { return nil }
        try Self.expect(.sequence, node, tree, String(index))
        next = tree.element(index, of: node)
      case .item(let key, let value):
        next = tree.elements(of: node).first { item in
          (key.isEmpty ? Self.text(of: item, tree) : tree.text(at: key, in: item)) == value
        }
      case .wildcard: throw Failure(message: "a source has one value, and '*' stands for many")
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// The nodes a path leads to, for writing a value.
  ///
  /// `[key=value]` matches items whose field has a part that fits the regular expression `value`.
  ///
  /// - Parameter creating: What is put at the end of a path whose keys are missing, and an item for
  ///   each `[key=value]` that fits none.
  /// - Returns: The nodes, or `nil` where a null on the way ends the path, which is no failure where
  ///   fields may be created.
  func targets(
    in root: ValueTree.NodeID, of tree: inout ValueTree, creating: ValueTree.Kind? = nil
  ) throws(Failure) -> [ValueTree.NodeID]? {
    var found = [root]
    for (position, step) in steps.enumerated() {
      var following: [ValueTree.NodeID] = []
      var endsAtNull = false
      for node in found {
        if tree.isNull(node) {
          if case .index = step, creating == nil {
            throw Failure(message: "the list has no elements")
          }
          if step != .wildcard, creating != nil { endsAtNull = true }
          continue
        }
        following += try follow(position, from: node, &tree, creating)
      }
      found = following
      if found.isEmpty { return endsAtNull ? nil : [] }
    }
    return found
  }

  private func follow(
    _ position: Int, from node: ValueTree.NodeID, _ tree: inout ValueTree,
    _ creating: ValueTree.Kind?
  ) throws(Failure) -> [ValueTree.NodeID] {
    switch steps[position] {
    case .key(let key):
      try Self.expect(key.isEmpty ? .scalar : .mapping, node, tree, key)
      if let value = tree.value(key, in: node) { return [value] }
      guard creating != nil else { return [] }
      let made = make(after: position, &tree, creating)
      tree.set(key, in: node, to: made)
      return [made]
    case .wildcard:
      try Self.expect(.sequence, node, tree, "*")
      return tree.elements(of: node)
    case .index(let index):
      try Self.expect(.sequence, node, tree, String(index))
      if let element = tree.element(index, of: node) { return [element] }
      let count = tree.count(of: node)
      guard creating != nil, index == count else {
        throw Failure(message: "the list has \(count) elements, and no index \(index)")
      }
      let made = make(after: position, &tree, creating)
      tree.append(made, to: node)
      return [made]
    case .item(let key, let value):
      try Self.expect(.sequence, node, tree, "[\(key)=\(value)]")
      let items = try Self.items(of: node, key, value, tree)
      guard items.isEmpty, creating != nil else { return items }
      let item = key.isEmpty ? tree.makeString(value) : tree.makeMapping()
      if !key.isEmpty { tree.set(key, in: item, to: tree.makeString(value)) }
      tree.append(item, to: node)
      return [item]
    }
  }

  private static func items(
    of list: ValueTree.NodeID, _ key: String, _ value: String, _ tree: ValueTree
  ) throws(Failure) -> [ValueTree.NodeID] {
    let pattern: Pattern
    do {
      pattern = try Pattern(value)
    } catch {
      throw Failure(message: "'\(value)' is no regular expression")
    }
    return tree.elements(of: list).filter { item in
      guard let text = key.isEmpty ? text(of: item, tree) : tree.text(at: key, in: item) else {
        return false
      }
      return (try? pattern.matches(text)) ?? false
    }
  }

  private static func text(of item: ValueTree.NodeID, _ tree: ValueTree) -> String? {
    tree.kind(of: item) == .scalar ? tree.text(of: item) : nil
  }

  /// What is put where a step's value is missing.
  private func make(
    after position: Int, _ tree: inout ValueTree, _ creating: ValueTree.Kind?
  ) -> ValueTree.NodeID {
    switch position + 1 < steps.count ? steps[position + 1] : nil {
    case .key, .wildcard: return tree.makeMapping()
    case .index, .item: return tree.makeSequence()
    case nil:
      switch creating {
      case .mapping: return tree.makeMapping()
      case .sequence: return tree.makeSequence()
      case .scalar, nil: return tree.makeScalar("")
      }
    }
  }

  private static func expect(
    _ kind: ValueTree.Kind, _ node: ValueTree.NodeID, _ tree: ValueTree, _ step: String
  ) throws(Failure) {
    guard tree.kind(of: node) != kind else { return }
    func name(_ kind: ValueTree.Kind) -> String {
      switch kind {
      case .mapping: "a mapping"
      case .sequence: "a list"
      case .scalar: "a single value"
      }
    }
    throw Failure(
      message: "'\(step)' is looked up in \(name(tree.kind(of: node))), where only "
        + "\(name(kind)) has it")
  }
}
