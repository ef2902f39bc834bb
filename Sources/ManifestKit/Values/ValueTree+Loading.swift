public import SourceText

extension ValueTree {
  /// Adds a parsed node with everything below it.
  ///
  /// Aliases become copies of what they stand for, merge keys (`<<`) are resolved into the mapping
  /// that has them, comments and anchors go. Unless it is 0, `origin` plus the node's place in its
  /// file is noted on every node.
  ///
  /// - Throws: `yaml-merge-key` for a merge key whose value is no mapping.
  /// - Complexity: O(nodes + text).
  public mutating func add(
    _ node: YAMLNode, origin: UInt32 = 0
  ) throws(DiagnosticError) -> NodeID {
    var loader = Loader(storage: node.storage, origin: origin, poolStart: nil)
    return try loader.load(node.index, into: &self)
  }

  /// Adds every document of a stream; the text is copied once for all of them.
  public mutating func add(
    documentsOf stream: YAMLStream, origin: UInt32 = 0
  ) throws(DiagnosticError) -> [NodeID] {
    var loader = Loader(storage: stream.storage, origin: origin, poolStart: nil)
    loader.shareText(with: &self)
    reserve(nodes: stream.storage.nodes.count, bytes: 0)
    var roots: [NodeID] = []
    for document in stream.storage.documents {
      roots.append(try loader.load(document.root, into: &self))
    }
    return roots
  }
}

private struct Loader {
  let storage: YAMLStorage
  let origin: UInt32
  /// Where the source and the decoded text stand in the pool, if all of them does.
  var poolStart: (source: Int, decoded: Int)?

  init(storage: YAMLStorage, origin: UInt32, poolStart: (source: Int, decoded: Int)?) {
    self.storage = storage
    self.origin = origin
    self.poolStart = poolStart
  }

  /// Puts the whole source and the decoded text into the pool, so that scalars only point there.
  mutating func shareText(with tree: inout ValueTree) {
    let source = tree.pool.count
    tree.pool.append(contentsOf: storage.source.bytes)
    poolStart = (source, tree.pool.count)
    tree.pool.append(contentsOf: storage.decoded)
  }

  mutating func load(
    _ index: UInt32, into tree: inout ValueTree
  ) throws(DiagnosticError) -> ValueTree.NodeID {
    let raw = storage.nodes[Int(index)]
    switch raw.kind {
    case .scalar: return scalar(raw, index, &tree)
    case .alias: return try load(raw.first, into: &tree)
    case .sequence:
      let id = tree.makeSequence(style: raw.style)
      tree[id].origin = noted(raw)
      var child = index + 1
      for _ in 0..<raw.count {
        tree.append(try load(child, into: &tree), to: id)
        child = storage.nodes[Int(child)].indexAfter(child)
      }
      return id
    case .mapping: return try mapping(raw, index, &tree)
    }
  }

  private func noted(_ raw: YAMLRawNode) -> UInt32 { origin == 0 ? 0 : origin &+ raw.start }

  private func scalar(
    _ raw: YAMLRawNode, _ index: UInt32, _ tree: inout ValueTree
  ) -> ValueTree.NodeID {
    var start: UInt32
    if let poolStart {
      start = UInt32(raw.isDecoded ? poolStart.decoded : poolStart.source) + raw.first
    } else {
      start = UInt32(tree.pool.count)
      let text = Int(raw.first)..<Int(raw.first + raw.count)
      tree.pool.append(
        contentsOf: raw.isDecoded ? storage.decoded[text] : storage.source.bytes[text])
    }
    if raw.count == 0 { start = 0 }
    let tag = raw.hasProperties ? ScalarTag(storage.properties[index]?.tag) : .none
    return tree.make(
      ValueTree.Node(
        kind: .scalar, style: raw.style, tag: tag, origin: noted(raw), first: start, last: raw.count
      ))
  }

  private mutating func mapping(
    _ raw: YAMLRawNode, _ index: UInt32, _ tree: inout ValueTree
  ) throws(DiagnosticError) -> ValueTree.NodeID {
    let id = tree.makeMapping(style: raw.style)
    tree[id].origin = noted(raw)
    var merges: [UInt32] = []
    var child = index + 1
    for _ in 0..<raw.count / 2 {
      let value = storage.nodes[Int(child)].indexAfter(child)
      if YAMLNode(storage: storage, index: child).isMergeKey {
        merges.append(value)
      } else {
        let key = try load(child, into: &tree)
        tree.appendEntry(key, try load(value, into: &tree), to: id)
      }
      child = storage.nodes[Int(value)].indexAfter(value)
    }
    guard !merges.isEmpty else { return id }
    var keys = Set(tree.entries(of: id).map { tree.textBytes(of: $0.key) })
    for merge in merges { try add(merge, to: id, keys: &keys, &tree) }
    return id
  }

  /// Adds the entries of a merge key's value that the mapping does not have itself.
  private mutating func add(
    _ index: UInt32, to id: ValueTree.NodeID, keys: inout Set<ArraySlice<UInt8>>,
    _ tree: inout ValueTree
  ) throws(DiagnosticError) {
    let value = YAMLNode(storage: storage, index: index).resolved
    switch value.kind {
    case .mapping:
      let source = try load(index, into: &tree)
      for entry in tree.entries(of: source)
      where keys.insert(tree.textBytes(of: entry.key)).inserted {
        tree.appendEntry(entry.key, entry.value, to: id)
      }
    case .sequence where value.raw.first > value.index:
      for element in value.elements {
        guard element.resolved.kind == .mapping else {
          throw failure("yaml-merge-key", "a merge key needs mappings", element.raw)
        }
        try add(element.index, to: id, keys: &keys, &tree)
      }
    case .sequence, .scalar, .alias:
      throw failure("yaml-merge-key", "a merge key needs a mapping or a list of them", value.raw)
    }
  }

  private func failure(_ id: Diagnostic.ID, _ summary: String, _ raw: YAMLRawNode)
    -> DiagnosticError
  {
    let diagnostic = Diagnostic(
      id, .error, summary,
      span: SourceSpan(file: storage.file, bytes: Int(raw.start)..<Int(raw.end)))
    return DiagnosticError(SecretText.concealed([diagnostic], in: storage.source.bytes))
  }
}
