extension KustomizeWalker {
  /// Merges lists in which every item has all the keys and none stands twice, as most do, with one look
  /// at each item; `nil` where a list needs the rules for others. Nothing has changed then.
  mutating func walkIndexedList(
    _ destination: NodeID, _ source: NodeID?, values: [[String]], keys: [String],
    items: SchemaType?, _ tree: inout ValueTree
  ) throws(Failure) -> [NodeID]? {
    let used = keys.indices.filter { index in values.contains { !$0[index].isEmpty } }
    guard !used.isEmpty else { return nil }
    let keys = used.map { keys[$0] }
    let values = values.map { value in used.map { value[$0] } }
    guard !values.contains(where: { $0.contains("") }) else { return nil }
    let target = tree.elements(of: destination)
    guard let old = index(target, keys, tree),
      let new = index(source.map { tree.elements(of: $0) } ?? [], keys, tree)
    else { return nil }
    var merged: [NodeID] = []
    var kept: Set<NodeID> = []
    for value in values {
      let item = old[value]
      let result = try walk(item, new[value], schema: items, in: &tree)
      guard let result, !tree.isNull(result), !isEmptyMapping(result, tree) else { continue }
      // The target's own item takes the place of what was merged, several keys make it go last.
      if let item {
        kept.insert(item)
        if keys.count > 1 { continue }
      }
      merged.append(item ?? result)
    }
    return keys.count > 1 ? merged + target.filter(kept.contains) : merged
  }

  /// The items by the text of their keys; `nil` where one lacks a key or stands twice.
  private func index(
    _ list: [NodeID], _ keys: [String], _ tree: ValueTree
  ) -> [[String]: NodeID]? {
    var index: [[String]: NodeID] = [:]
    index.reserveCapacity(list.count)
    for item in list {
      var identity: [String] = []
      for key in keys {
        guard let value = key.isEmpty ? item : tree.value(key, in: item), !tree.isNull(value),
          !tree.textBytes(of: value).isEmpty
        else { return nil }
        identity.append(tree.text(of: value))
      }
      guard index.updateValue(item, forKey: identity) == nil else { return nil }
    }
    return index
  }
}
