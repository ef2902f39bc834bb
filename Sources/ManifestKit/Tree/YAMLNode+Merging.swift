/// The key `<<`, which brings in the entries of other mappings.
extension YAMLEntry {
  /// Whether the entry is such a key.
  var isMerge: Bool { key.resolved.isMergeKey }
}

extension YAMLNode {
  /// Whether the node, as a key, is a merge key: `<<` without quotes.
  var isMergeKey: Bool {
    let raw = raw
    return raw.kind == .scalar && raw.style == .plain && raw.count == 2 && hasText("<<")
  }

  /// The entries that merge keys bring in, those of the mappings' own merge keys included, in the order
  /// in which they count: of several with one key the first. O(entries).
  var mergedEntries: [YAMLEntry] {
    var entries: [YAMLEntry] = []
    for mapping in mergedMappings {
      for entry in mapping.entries where !entry.isMerge {
        entries.append(YAMLEntry(key: entry.key.resolved, value: entry.value))
      }
      entries += mapping.mergedEntries
    }
    return entries
  }

  /// The mappings that merge keys name, in their order.
  var mergedMappings: [YAMLNode] {
    var mappings: [YAMLNode] = []
    for entry in entries where entry.isMerge {
      let value = entry.value.resolved
      mappings += value.kind == .sequence ? value.elements.map(\.resolved) : [value]
    }
    return mappings.filter { $0.kind == .mapping }
  }
}
