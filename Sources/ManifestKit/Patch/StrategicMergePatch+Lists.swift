extension StrategicMerger {
  /// Merges the lists that have an order directive, and takes both out of the patch.
  mutating func applyOrders(
    _ original: NodeID, _ patch: NodeID, _ schema: SchemaType?, _ tree: inout ValueTree
  ) throws(PatchFailure) {
    for entry in tree.entries(of: patch) {
      let directive = tree.text(of: entry.key)
      guard directive.hasPrefix(Self.setOrder) else { continue }
      tree.remove(directive, from: patch)
      let key = String(directive.dropFirst(Self.setOrder.count))
      let old = tree.value(key, in: original)
      let new = tree.value(key, in: patch)
      for node in [entry.value, old, new] {
        guard let node, tree.kind(of: node) != .sequence else { continue }
        throw PatchFailure("'\(key)' is not a list", path: key)
      }
      let field = schema?.field(key)
      if field == nil, schema?.kind == .object, schema?.propertyNames.isEmpty == false {
        throw PatchFailure("the schema has no field '\(key)'", path: key)
      }
      let order = tree.elements(of: entry.value)
      let mergeKey = field?.mergeKey
      guard mergeKey != nil || !order.contains(where: { tree.kind(of: $0) != .scalar }) else {
        throw PatchFailure("'\(key)' has no merge key to order its items by", path: key)
      }
      try check(new.map { tree.elements(of: $0) } ?? [], against: order, mergeKey, tree)
      guard old != nil || new != nil else { continue }
      let server = old.map { tree.elements(of: $0) } ?? []
      let merged: [NodeID]
      if let old, let new {
        let list = try mergeList(old, new, field, false, &tree)
        merged = tree.elements(of: list)
      } else if let new {
        let list = withoutDirectives(new, &tree)
        merged = tree.elements(of: list)
      } else {
        merged = server
      }
      let sorted = try arranged(merged, by: order, server: server, mergeKey, tree)
      let list = tree.makeSequence()
      tree.setElements(sorted.map { tree.shallowCopy($0) }, of: list)
      tree.set(key, in: original, to: list)
      tree.remove(key, from: patch)
    }
  }

  /// A patch's items must stand in the order that its own directive gives.
  private func check(
    _ items: [NodeID], against order: [NodeID], _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) {
    let kept = items.filter { tree.value("$patch", in: $0) == nil }
    var position = 0
    for item in kept {
      while position < order.count, !isSame(item, order[position], mergeKey, tree) { position += 1 }
      guard position < order.count else {
        throw PatchFailure("the order of the patch list differs from its '$setElementOrder'")
      }
      position += 1
    }
  }

  mutating func mergeList(
    _ original: NodeID, _ patch: NodeID, _ field: SchemaType?, _ isDeletion: Bool,
    _ tree: inout ValueTree
  ) throws(PatchFailure) -> NodeID {
    guard field?.row.flags.contains(.merges) == true || isDeletion else { return patch }
    var old = tree.elements(of: original)
    var new = tree.elements(of: patch)
    guard !old.isEmpty || !new.isEmpty else { return original }
    let isMap = try holdsMappings(old + new, tree)
    let mergeKey = field?.mergeKey
    guard isMap else {
      if isDeletion {
        let kept = old.filter { item in !new.contains { isSame(item, $0, nil, tree) } }
        tree.setElements(kept, of: original)
        return original
      }
      var merged: [NodeID] = []
      for item in old + new where !merged.contains(where: { isSame(item, $0, nil, tree) }) {
        merged.append(item)
      }
      let sorted = try arranged(merged, by: new, server: old, nil, tree)
      return list(sorted, &tree)
    }
    guard let mergeKey else { throw PatchFailure("a list without merge key cannot be merged") }
    (old, new) = try applyItemDirectives(old, new, mergeKey, tree)
    var merged = old
    for item in new {
      guard tree.value(mergeKey, in: item) != nil else {
        throw PatchFailure("an item of the patch has no '\(mergeKey)'")
      }
      for other in merged where tree.value(mergeKey, in: other) == nil {
        throw PatchFailure("an item of the target has no '\(mergeKey)'")
      }
      if let index = merged.firstIndex(where: { isSame($0, item, mergeKey, tree) }) {
        merged[index] = try mergeMap(merged[index], item, field?.items, &tree)
      } else {
        merged.append(item)
      }
    }
    return list(try arranged(merged, by: new, server: old, mergeKey, tree), &tree)
  }

  private func list(_ items: [NodeID], _ tree: inout ValueTree) -> NodeID {
    let list = tree.makeSequence()
    tree.setElements(items.map { tree.shallowCopy($0) }, of: list)
    return list
  }

  private func holdsMappings(_ items: [NodeID], _ tree: ValueTree) throws(PatchFailure) -> Bool {
    let mappings = items.filter { tree.kind(of: $0) == .mapping }.count
    guard mappings == 0 || mappings == items.count else {
      throw PatchFailure("the items of a list are not all of one type")
    }
    guard !items.contains(where: { tree.kind(of: $0) == .sequence }) else {
      throw PatchFailure("lists of lists cannot be merged")
    }
    return mappings > 0
  }

  private func applyItemDirectives(
    _ old: [NodeID], _ new: [NodeID], _ mergeKey: String, _ tree: ValueTree
  ) throws(PatchFailure) -> ([NodeID], [NodeID]) {
    var old = old
    var plain: [NodeID] = []
    var isReplaced = false
    for item in new {
      guard let directive = tree.value("$patch", in: item) else {
        plain.append(item)
        continue
      }
      switch tree.text(of: directive) {
      case "delete":
        guard tree.value(mergeKey, in: item) != nil else {
          throw PatchFailure("an item to delete has no '\(mergeKey)'")
        }
        old.removeAll { isSame($0, item, mergeKey, tree) }
      case "replace": isReplaced = true
      case "merge": throw PatchFailure("'$patch: merge' is not allowed in a list")
      case let other: throw PatchFailure("unknown patch type '\(other)'")
      }
    }
    return isReplaced ? (plain, []) : (old, plain)
  }

  /// Puts the items that the patch names in its order, and the others where the target had them
  /// relative to those.
  private func arranged(
    _ items: [NodeID], by order: [NodeID], server: [NodeID], _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) -> [NodeID] {
    func position(_ item: NodeID, _ list: [NodeID]) -> Int? {
      list.firstIndex { isSame($0, item, mergeKey, tree) }
    }
    if let mergeKey {
      for item in items + order where tree.value(mergeKey, in: item) == nil {
        throw PatchFailure("an item has no '\(mergeKey)'")
      }
    }
    let named = items.filter { position($0, order) != nil }
    let others = items.filter { position($0, order) == nil }
    let right = named.map { ($0, position($0, order) ?? 0) }.stablySorted().map(\.0)
    let left = others.map { ($0, position($0, server) ?? 0) }.stablySorted().map(\.0)
    var result: [NodeID] = []
    var i = 0
    var j = 0
    while i < left.count || j < right.count {
      if i >= left.count {
        result.append(right[j])
        j += 1
      } else if j >= right.count {
        result.append(left[i])
        i += 1
      } else if let one = position(left[i], server), let other = position(right[j], server),
        one < other
      {
        result.append(left[i])
        i += 1
      } else {
        result.append(right[j])
        j += 1
      }
    }
    return result
  }

  /// Whether two items are one: equal scalars, or mappings with an equal merge key.
  private func isSame(
    _ left: NodeID, _ right: NodeID, _ mergeKey: String?, _ tree: ValueTree
  ) -> Bool {
    guard let mergeKey else { return tree.isEqual(left, right, .kubernetes) }
    guard let one = tree.value(mergeKey, in: left), let other = tree.value(mergeKey, in: right)
    else { return false }
    return tree.isEqual(one, other, .kubernetes)
  }
}

extension [(ValueTree.NodeID, Int)] {
  /// Sorted by the number, equal ones in their order.
  fileprivate func stablySorted() -> Self {
    enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
      .map(\.element)
  }
}
