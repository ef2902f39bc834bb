internal import SourceText

/// The walk over two values side by side.
struct FieldComparer {
  typealias NodeID = ValueTree.NodeID

  let tree: ValueTree
  var changes: [FieldChange] = []
  var isSecret = false

  init(tree: ValueTree) { self.tree = tree }

  mutating func compare(_ old: NodeID, _ new: NodeID, _ type: SchemaType?, _ path: EditPath) {
    guard tree.kind(of: old) == tree.kind(of: new) else { return note(old, new, path) }
    switch tree.kind(of: old) {
    case .scalar: if !tree.isEqual(old, new, .kubernetes) { note(old, new, path) }
    case .mapping: compareMappings(old, new, type, path)
    case .sequence: compareLists(old, new, type, path)
    }
  }

  private mutating func compareMappings(
    _ old: NodeID, _ new: NodeID, _ type: SchemaType?, _ path: EditPath
  ) {
    let (before, after) = (tree.entries(of: old), tree.entries(of: new))
    let values = Dictionary(before.map { (tree.textBytes(of: $0.key), $0.value) }) { $1 }
    let keys = Set(after.map { tree.textBytes(of: $0.key) })
    for entry in after {
      let key = tree.text(of: entry.key)
      let step = EditPath(path.steps + [.key(key)])
      if let value = values[tree.textBytes(of: entry.key)] {
        compare(value, entry.value, type?.field(key), step)
      } else {
        note(nil, entry.value, step)
      }
    }
    for entry in before where !keys.contains(tree.textBytes(of: entry.key)) {
      note(entry.value, nil, EditPath(path.steps + [.key(tree.text(of: entry.key))]))
    }
  }

  private mutating func compareLists(
    _ old: NodeID, _ new: NodeID, _ type: SchemaType?, _ path: EditPath
  ) {
    let before = tree.elements(of: old)
    let after = tree.elements(of: new)
    var keys = type?.listMapKeys ?? []
    if keys.isEmpty, let key = type?.mergeKey { keys = [key] }
    if keys.isEmpty, hasNames(before), hasNames(after) { keys = ["name"] }
    if !keys.isEmpty, let names = identities(before, keys), let others = identities(after, keys) {
      comparePaired(before, names, after, others, type, path)
    } else if type?.flags.contains(.listSet) == true || type?.flags.contains(.merges) == true {
      let (old, new) = (Set(before.map(text)), Set(after.map(text)))
      for element in after where !old.contains(text(of: element)) {
        note(nil, element, EditPath(path.steps + [.selector(key: "", value: text(of: element))]))
      }
      for element in before where !new.contains(text(of: element)) {
        note(element, nil, EditPath(path.steps + [.selector(key: "", value: text(of: element))]))
      }
    } else {
      for index in 0..<max(before.count, after.count) {
        let step = EditPath(path.steps + [.index(index)])
        if index >= before.count {
          note(nil, after[index], step)
        } else if index >= after.count {
          note(before[index], nil, step)
        } else {
          compare(before[index], after[index], type?.items, step)
        }
      }
    }
  }

  private mutating func comparePaired(
    _ before: [NodeID], _ names: [String], _ after: [NodeID], _ others: [String],
    _ type: SchemaType?, _ path: EditPath
  ) {
    let old = Dictionary(zip(names, before)) { first, _ in first }
    let new = Set(others)
    for (name, element) in zip(others, after) {
      let step = EditPath(path.steps + [selector(name)])
      if let match = old[name] {
        compare(match, element, type?.items, step)
      } else {
        note(nil, element, step)
      }
    }
    for (name, element) in zip(names, before) where !new.contains(name) {
      note(element, nil, EditPath(path.steps + [selector(name)]))
    }
  }

  private func selector(_ name: String) -> EditPath.Step {
    let parts = name.split(separator: "=", maxSplits: 1).map(String.init)
    return .selector(key: parts.first ?? "", value: parts.dropFirst().first ?? "")
  }

  private func hasNames(_ list: [NodeID]) -> Bool {
    !list.isEmpty && list.allSatisfy { tree.text(at: "name", in: $0) != nil }
  }

  /// `key=value` for every item, or `nil` where an item lacks all keys or two items are alike.
  private func identities(_ list: [NodeID], _ keys: [String]) -> [String]? {
    var seen: Set<String> = []
    var result: [String] = []
    for element in list {
      let parts = keys.compactMap { key in
        // A port without a protocol is one of TCP.
        let text = tree.text(at: key, in: element) ?? (key == "protocol" ? "TCP" : nil)
        return text.map { key + "=" + $0 }
      }
      guard !parts.isEmpty, seen.insert(parts.joined(separator: ",")).inserted else { return nil }
      result.append(parts.joined(separator: ","))
    }
    return result
  }

  private mutating func note(_ old: NodeID?, _ new: NodeID?, _ path: EditPath) {
    func shown(_ node: NodeID) -> String {
      let text = text(of: node)
      guard isSecret else { return text }
      // `kubectl apply` keeps a copy of the whole object in an annotation.
      let isData = path.steps.first == .key("data") || path.steps.first == .key("stringData")
      let isCopy = "\(path)\(text)".contains("last-applied-configuration")
      return isData || isCopy ? FieldChange.hidden : text
    }
    changes.append(
      FieldChange(path: path.description, old: old.map(shown), new: new.map(shown)))
  }

  private func text(of node: NodeID) -> String {
    tree.json(of: node, .kubernetes).text()
  }
}
