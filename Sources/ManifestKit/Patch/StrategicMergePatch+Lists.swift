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
      try require(field, key, schema)
      let order = tree.elements(of: entry.value)
      let mergeKey = field?.mergeKey
      let server = old.map { tree.elements(of: $0) } ?? []
      let named = new.map { tree.elements(of: $0) } ?? []
      guard mergeKey != nil || !(order + server + named).contains(where: { isCollection($0, tree) })
      else { throw PatchFailure("'\(key)' has no merge key to order its items by", path: key) }
      try check(named, against: order, mergeKey, tree)
      guard old != nil || new != nil else { continue }
      _ = try holdsMappings(server + named, tree)
      let merged: [NodeID]
      if let old, let new {
        let list = try mergeList(old, new, field, false, &tree)
        merged = tree.elements(of: list)
      } else if let new {
        dropDirectives(in: new, &tree)
        merged = tree.elements(of: new)
      } else {
        merged = server
      }
      let sorted = try arranged(merged, by: order, server: server, mergeKey, tree)
      tree.set(key, in: original, to: list(sorted, &tree))
      tree.remove(key, from: patch)
    }
  }

  /// A patch's items must stand in the order that its own directive gives.
  private func check(
    _ items: [NodeID], against order: [NodeID], _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) {
    let places = try identities(of: order, mergeKey, tree)
    var position = 0
    for item in items where tree.value("$patch", in: item) == nil {
      let wanted = try identity(of: item, mergeKey, tree)
      while position < places.count, wanted == nil || places[position] != wanted { position += 1 }
      guard position < places.count else {
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
    guard try holdsMappings(old + new, tree) else {
      let merged = try mergeScalars(old, new, isDeletion, tree)
      if isDeletion { return list(merged, &tree) }
      return list(try arranged(merged, by: new, server: old, nil, tree), &tree)
    }
    guard let mergeKey = field?.mergeKey else {
      throw PatchFailure("a list without merge key cannot be merged")
    }
    (old, new) = try applyItemDirectives(old, new, mergeKey, tree)
    var merged = old
    var index = MergeIndex(try identities(of: old, mergeKey, tree))
    for item in new {
      guard let identity = try identity(of: item, mergeKey, tree) else {
        throw PatchFailure("an item of the patch has no '\(mergeKey)'")
      }
      if let position = index[identity] {
        merged[position] = try mergeMap(merged[position], item, field?.items, &tree)
      } else {
        index.add(identity, at: merged.count)
        merged.append(item)
      }
    }
    return list(try arranged(merged, by: new, server: old, mergeKey, tree), &tree)
  }

  /// The scalars of both lists, each once, or those of the first that the second has not.
  private func mergeScalars(
    _ old: [NodeID], _ new: [NodeID], _ isDeletion: Bool, _ tree: ValueTree
  ) throws(PatchFailure) -> [NodeID] {
    var seen = isDeletion ? Set(try identities(of: new, nil, tree)) : []
    return (isDeletion ? old : old + new).filter { item in
      let identity = MergeIdentity(item, in: tree)
      return isDeletion ? !seen.contains(identity) : seen.insert(identity).inserted
    }
  }

  private func list(_ items: [NodeID], _ tree: inout ValueTree) -> NodeID {
    let list = tree.makeSequence()
    tree.setElements(items.map { tree.shallowCopy($0) }, of: list)
    return list
  }

  private func isCollection(_ node: NodeID, _ tree: ValueTree) -> Bool {
    tree.kind(of: node) != .scalar
  }

  /// Whether lists hold mappings. Items of several types cannot be merged, nor can nulls and lists.
  private func holdsMappings(_ items: [NodeID], _ tree: ValueTree) throws(PatchFailure) -> Bool {
    let types = Set(items.map { ItemType($0, in: tree) })
    guard let type = types.first else { throw PatchFailure("a list to order has no items") }
    guard types.count == 1 else {
      throw PatchFailure("the items of a list are not all of one type")
    }
    guard type != .list, type != .null else {
      throw PatchFailure("lists of lists or of nulls cannot be merged")
    }
    return type == .mapping
  }

  private func applyItemDirectives(
    _ old: [NodeID], _ new: [NodeID], _ mergeKey: String, _ tree: ValueTree
  ) throws(PatchFailure) -> ([NodeID], [NodeID]) {
    var deleted: Set<MergeIdentity> = []
    var plain: [NodeID] = []
    var isReplaced = false
    for item in new {
      guard let directive = tree.value("$patch", in: item) else {
        plain.append(item)
        continue
      }
      switch tree.text(of: directive) {
      case "delete":
        guard let identity = try identity(of: item, mergeKey, tree) else {
          throw PatchFailure("an item to delete has no '\(mergeKey)'")
        }
        deleted.insert(identity)
      case "replace": isReplaced = true
      case "merge": throw PatchFailure("'$patch: merge' is not allowed in a list")
      case let other: throw PatchFailure("unknown patch type '\(other)'")
      }
    }
    if isReplaced { return (plain, []) }
    guard !deleted.isEmpty else { return (old, plain) }
    let identities = try identities(of: old, mergeKey, tree)
    let kept = zip(old, identities).filter { $0.1.map { !deleted.contains($0) } ?? true }
    return (kept.map(\.0), plain)
  }

  /// Puts the items that the patch names in its order, and the others where the target had them
  /// relative to those. O(items × log items).
  private func arranged(
    _ items: [NodeID], by order: [NodeID], server: [NodeID], _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) -> [NodeID] {
    let ordered = try required(order, mergeKey, tree)
    let names = try required(items, mergeKey, tree)
    let orderIndex = MergeIndex(ordered)
    let serverIndex = MergeIndex(try identities(of: server, mergeKey, tree))
    var left: [Placed] = []
    var right: [Placed] = []
    for (item, name) in zip(items, names) {
      let place = serverIndex[name]
      if let rank = orderIndex[name] {
        right.append(Placed(item: item, rank: rank, place: place))
      } else {
        left.append(Placed(item: item, rank: place ?? 0, place: place))
      }
    }
    right = right.stablySorted()
    left = left.stablySorted()
    var result: [NodeID] = []
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      if let one = left[i].place, let other = right[j].place, one < other {
        result.append(left[i].item)
        i += 1
      } else {
        result.append(right[j].item)
        j += 1
      }
    }
    return result + left[i...].map(\.item) + right[j...].map(\.item)
  }

  /// The identities of items that must all have one.
  private func required(
    _ items: [NodeID], _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) -> [MergeIdentity?] {
    let identities = try identities(of: items, mergeKey, tree)
    guard !identities.contains(nil) else {
      throw PatchFailure("an item has no '\(mergeKey ?? "")'")
    }
    return identities
  }

  private func identities(
    of items: [NodeID], _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) -> [MergeIdentity?] {
    var result: [MergeIdentity?] = []
    result.reserveCapacity(items.count)
    for item in items { result.append(try identity(of: item, mergeKey, tree)) }
    return result
  }

  /// The identity of an item; `nil` where it lacks the merge key.
  private func identity(
    of item: NodeID, _ mergeKey: String?, _ tree: ValueTree
  ) throws(PatchFailure) -> MergeIdentity? {
    guard let value = mergeKey.map({ tree.value($0, in: item) }) ?? item else { return nil }
    guard !isCollection(value, tree) else {
      throw PatchFailure("an item's '\(mergeKey ?? "")' is not a single value")
    }
    return MergeIdentity(value, in: tree)
  }
}

/// What Go takes an item of a list to be.
private enum ItemType: Hashable {
  case null
  case bool
  case integer
  case float
  case string
  case mapping
  case list

  init(_ item: ValueTree.NodeID, in tree: ValueTree) {
    switch tree.kind(of: item) {
    case .mapping: self = .mapping
    case .sequence: self = .list
    case .scalar:
      switch tree.value(of: item, .kubernetes) {
      case .null: self = .null
      case .bool: self = .bool
      case .integer: self = .integer
      case .unsigned, .float: self = .float
      case .string, .timestamp, nil: self = .string
      }
    }
  }
}

/// An item with its place in the patch's order or, without one, in the target.
private struct Placed {
  let item: ValueTree.NodeID
  let rank: Int
  /// The place in the target, if it has the item.
  let place: Int?
}

extension [Placed] {
  /// Sorted by rank, equal ones in their order.
  fileprivate func stablySorted() -> Self {
    enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
  }
}
