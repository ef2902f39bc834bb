extension KustomizeWalker {
  /// Merges lists whose items are paired by keys, or by their text where the schema has no key.
  mutating func walkMergingList(
    _ target: NodeID?, _ patch: NodeID?, _ schema: SchemaType?, _ tree: inout ValueTree
  ) throws(Failure) -> NodeID? {
    let destination: NodeID
    if present(target, tree) == nil {
      guard let patch else { return nil }
      destination = patch
    } else if let patch, tree.isNull(patch) {
      return nil
    } else {
      switch try listDirective(patch, &tree) {
      case .delete: return nil
      case .replace: destination = patch ?? target ?? tree.makeSequence()
      case .merge: destination = target ?? tree.makeSequence()
      }
    }
    var keys = schema?.listMapKeys ?? []
    if keys.isEmpty, let key = schema?.mergeKey { keys = [key] }
    let isPrimitive = keys.isEmpty
    if isPrimitive { keys = [""] }
    var values = identities(keys, patch, tree)
    let known = Set(values)
    values += identities(keys, destination, tree).filter { !known.contains($0) }
    let source = patch == destination ? nil : patch
    if let merged = try walkIndexedList(
      destination, source, values: values, keys: keys, items: schema?.items, &tree)
    {
      tree.setElements(merged.map { tree.shallowCopy($0) }, of: destination)
      return destination
    }
    if keys.count > 1 { Self.join(&values) }
    let present = Set(keys.indices.filter { index in values.contains { !$0[index].isEmpty } })
    let used = present.isEmpty ? Array(keys.indices) : keys.indices.filter(present.contains)
    var target = tree.elements(of: destination)
    var merged: [NodeID] = []
    let items = schema?.items
    for value in values {
      let match = Match(keys: used.map { keys[$0] }, values: used.map { value[$0] })
      let lookup = match.withoutEmptyValues
      let old = target.first { lookup.selects($0, tree) }
      let new = source.flatMap { list in
        tree.elements(of: list).first { lookup.selects($0, tree) }
      }
      let result = try walk(old, new, schema: items, in: &tree)
      guard let result, !tree.isNull(result), !isEmptyMapping(result, tree) else {
        target = match.setting(nil, in: target, tree)
        continue
      }
      for (key, text) in zip(match.keys, match.values)
      where !text.isEmpty && tree.kind(of: result) == .mapping && tree.value(key, in: result) == nil
      {
        tree.set(key, in: result, to: tree.makeScalar(text))
      }
      merged = match.setting(result, in: merged, tree)
    }
    let match = used.map { keys[$0] }
    if !values.isEmpty { merged = appending(target, to: merged, keys: match, tree) }
    tree.setElements(merged.map { tree.shallowCopy($0) }, of: destination)
    return destination
  }

  func isEmptyMapping(_ node: NodeID, _ tree: ValueTree) -> Bool {
    tree.kind(of: node) == .mapping && tree.count(of: node) == 0
  }

  private func listDirective(
    _ patch: NodeID?, _ tree: inout ValueTree
  ) throws(Failure) -> Directive {
    guard let patch else { return .merge }
    for (index, element) in tree.elements(of: patch).enumerated() {
      guard let node = tree.value("$patch", in: element) else { continue }
      guard tree.count(of: element) == 1 else { return .merge }
      let directive = try directive(tree.text(of: node), node)
      tree.removeElement(at: index, of: patch)
      return directive
    }
    return .merge
  }

  /// The values of the keys of every item, the first of equal ones only.
  private func identities(
    _ keys: [String], _ list: NodeID?, _ tree: ValueTree
  ) -> [[String]] {
    guard let list, tree.kind(of: list) == .sequence else { return [] }
    var seen: Set<[String]> = []
    return tree.elements(of: list).compactMap { element in
      let identity = keys.map { key in
        if key.isEmpty { return tree.text(of: element) }
        return tree.value(key, in: element).map { tree.isNull($0) ? "" : tree.text(of: $0) } ?? ""
      }
      return seen.insert(identity).inserted ? identity : nil
    }
  }

  /// Makes identities equal that agree in one key and differ in the others only by a missing value.
  private static func join(_ values: inout [[String]]) {
    for first in values.indices {
      let identity = values[first]
      for second in values.indices {
        let other = values[second]
        let pairs = zip(identity, other)
        guard pairs.contains(where: { $0 == $1 }),
          pairs.allSatisfy({ $0 == $1 || $0.isEmpty || $1.isEmpty })
        else { continue }
        let joined = pairs.map { $0.isEmpty ? $1 : $0 }
        values[first] = joined
        values[second] = joined
      }
    }
  }

  /// Adds the target's items to the merged ones: those with an equal identity take their place.
  private func appending(
    _ target: [NodeID], to merged: [NodeID], keys: [String], _ tree: ValueTree
  ) -> [NodeID] {
    var result = merged
    for element in target {
      if keys == [""] {
        let text = tree.text(of: element)
        result = Match(keys: keys, values: [text]).setting(element, in: result, tree)
        continue
      }
      var values: [String] = []
      for key in keys {
        if let value = tree.value(key, in: element) {
          values.append(tree.text(of: value))
        } else {
          result.append(element)
        }
      }
      let match = Match(keys: keys, values: values)
      if keys.count > 1 { result = match.setting(nil, in: result, tree) }
      result = match.setting(element, in: result, tree)
    }
    return result
  }
}

/// Selects the items of a list by the values of some of their fields.
private struct Match {
  typealias NodeID = ValueTree.NodeID

  let keys: [String]
  /// May be shorter than `keys`; the keys beyond its end do not decide.
  let values: [String]

  /// The match by the keys that have a value, or by all where none has.
  var withoutEmptyValues: Match {
    let used = keys.indices.filter { !values[$0].isEmpty }
    guard !used.isEmpty else { return self }
    return Match(keys: used.map { keys[$0] }, values: used.map { values[$0] })
  }

  /// Whether an item has exactly these values.
  func selects(_ element: NodeID, _ tree: ValueTree) -> Bool {
    if keys.first == "" { return tree.hasText(values[0], element) }
    return tree.kind(of: element) == .mapping
      && zip(keys, values).allSatisfy { key, value in
        tree.value(key, in: element).map { tree.hasText(value, $0) } ?? false
      }
  }

  /// Puts an item in the place of every one that matches, or at the end; `nil` removes them.
  ///
  /// Kustomize's rules of matching are looser here than in `selects`: an empty value stands for
  /// any, missing values make every item go, and null and empty items go in any case.
  func setting(_ element: NodeID?, in list: [NodeID], _ tree: ValueTree) -> [NodeID] {
    var result: [NodeID] = []
    var isFound = false
    let wantsMapping = keys.first != "" && values.first?.isEmpty == false
    for item in list {
      if tree.isNull(item) || tree.kind(of: item) == .mapping && tree.count(of: item) == 0 {
        continue
      }
      if wantsMapping, tree.kind(of: item) != .mapping {
        result.append(item)
      } else if values.isEmpty {
        continue
      } else if !matches(item, tree) {
        result.append(item)
      } else {
        isFound = true
        if let element { result.append(element) }
      }
    }
    if let element, !isFound { result.append(element) }
    return result
  }

  private func matches(_ item: NodeID, _ tree: ValueTree) -> Bool {
    if keys.first == "" { return tree.hasText(values[0], item) }
    return zip(keys, values).allSatisfy { key, value in
      guard let found = tree.value(key, in: item) else { return false }
      return value.isEmpty || tree.hasText(value, found)
    }
  }
}
