extension ValueTree {
  /// What a node is.
  public func kind(of id: NodeID) -> Kind { self[id].kind }

  /// How a node was, or is to be, written.
  public func style(of id: NodeID) -> YAMLStyle { self[id].style }

  /// The tag that was given to a node.
  public func tag(of id: NodeID) -> ScalarTag { self[id].tag }

  /// The number of the place a node came from, as the program that loads the tree chose it.
  public func origin(of id: NodeID) -> UInt32 { self[id].origin }

  /// The text of a scalar; empty for collections.
  public func text(of id: NodeID) -> String { String(decoding: textBytes(of: id), as: UTF8.self) }

  /// The UTF-8 of a scalar's text; empty for collections.
  public func textBytes(of id: NodeID) -> ArraySlice<UInt8> {
    let node = self[id]
    guard node.kind == .scalar else { return [] }
    return pool[Int(node.first)..<Int(node.first + node.last)]
  }

  /// Whether a node is a scalar with exactly this text.
  public func hasText(_ text: String, _ id: NodeID) -> Bool {
    let node = self[id]
    guard node.kind == .scalar, Int(node.last) == text.utf8.count else { return false }
    var position = Int(node.first)
    for byte in text.utf8 {
      guard pool[position] == byte else { return false }
      position += 1
    }
    return true
  }

  /// What a scalar means under some rules; `nil` for collections and for text that does not fit
  /// its tag.
  public func value(of id: NodeID, _ rules: ScalarRules = .kustomize) -> ScalarValue? {
    let node = self[id]
    guard node.kind == .scalar else { return nil }
    return rules.value(of: textBytes(of: id), tag: node.tag, isPlain: !node.style.isQuoted)
  }

  /// Whether a node is null.
  public func isNull(_ id: NodeID, _ rules: ScalarRules = .kustomize) -> Bool {
    let node = self[id]
    guard node.kind == .scalar, node.tag == .null || node.tag == .none, node.last <= 4 else {
      return false
    }
    return value(of: id, rules) == .null
  }

  /// Whether a node is a string scalar.
  public func isString(_ id: NodeID, _ rules: ScalarRules = .kustomize) -> Bool {
    value(of: id, rules) == .string
  }

  /// The number of entries of a mapping or elements of a sequence; 0 for scalars.
  public func count(of id: NodeID) -> Int {
    let node = self[id]
    return node.kind == .mapping ? Int(node.count) / 2 : Int(node.count)
  }

  /// The elements of a sequence in order; empty for other kinds.
  public func elements(of id: NodeID) -> [NodeID] {
    self[id].kind == .sequence ? children(of: id) : []
  }

  /// The entries of a mapping in order; empty for other kinds.
  public func entries(of id: NodeID) -> [Entry] {
    let node = self[id]
    guard node.kind == .mapping else { return [] }
    var result: [Entry] = []
    result.reserveCapacity(Int(node.count) / 2)
    var key = node.first
    while key != ValueTree.none {
      let value = nodes[Int(key)].next
      result.append(Entry(key: NodeID(key), value: NodeID(value)))
      key = nodes[Int(value)].next
    }
    return result
  }

  /// A key and its value.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public let key: NodeID
    /// The value.
    public let value: NodeID
  }

  func children(of id: NodeID) -> [NodeID] {
    let node = self[id]
    guard node.kind != .scalar else { return [] }
    var result: [NodeID] = []
    result.reserveCapacity(Int(node.count))
    var child = node.first
    while child != ValueTree.none {
      result.append(NodeID(child))
      child = nodes[Int(child)].next
    }
    return result
  }

  /// The value of the first entry with this key, or `nil`. O(entries).
  public func value(_ key: String, in id: NodeID) -> NodeID? { entry(key, in: id)?.value }

  /// The first entry with this key, or `nil`. O(entries).
  public func entry(_ key: String, in id: NodeID) -> Entry? {
    let node = self[id]
    guard node.kind == .mapping else { return nil }
    var current = node.first
    while current != ValueTree.none {
      let value = nodes[Int(current)].next
      if hasText(key, NodeID(current)) { return Entry(key: NodeID(current), value: NodeID(value)) }
      current = nodes[Int(value)].next
    }
    return nil
  }

  /// The value that a path of keys leads to, or `nil`.
  public func value(at path: [String], in id: NodeID) -> NodeID? {
    var node = id
    for key in path {
      guard let next = value(key, in: node) else { return nil }
      node = next
    }
    return node
  }

  /// The text of the scalar that a path of keys leads to, or `nil`.
  public func text(at path: String..., in id: NodeID) -> String? {
    guard let node = value(at: path, in: id), self[node].kind == .scalar else { return nil }
    return text(of: node)
  }

  /// The element at an index of a sequence, or `nil`. O(index).
  public func element(_ index: Int, of id: NodeID) -> NodeID? {
    let node = self[id]
    guard node.kind == .sequence, index >= 0, index < node.count else { return nil }
    var child = node.first
    for _ in 0..<index { child = nodes[Int(child)].next }
    return NodeID(child)
  }

  /// How many nodes a value consists of, and how many levels deep it is. O(nodes).
  func extent(of id: NodeID) -> (nodes: Int, depth: Int) {
    var pending = [(id: id, depth: 1)]
    var (nodes, depth) = (0, 0)
    while let next = pending.popLast() {
      nodes += 1
      depth = max(depth, next.depth)
      guard kind(of: next.id) != .scalar else { continue }
      for child in children(of: next.id) { pending.append((child, next.depth + 1)) }
    }
    return (nodes, depth)
  }

  /// Whether two nodes, of this tree or another, hold the same value: mappings whatever the order
  /// of their keys, scalars by meaning rather than spelling.
  public func isEqual(
    _ left: NodeID, _ right: NodeID, in other: ValueTree? = nil,
    _ rules: ScalarRules = .kustomize
  ) -> Bool {
    let tree = other ?? self
    guard self[left].kind == tree[right].kind else { return false }
    switch self[left].kind {
    case .scalar:
      let value = value(of: left, rules)
      let otherValue = tree.value(of: right, rules)
      if let number = value?.number, let otherNumber = otherValue?.number {
        // Numbers too large for any machine integer are compared by their digits.
        if case .float = value, case .float = otherValue,
          let ours = NumberText.wholeDigits(textBytes(of: left)),
          let theirs = NumberText.wholeDigits(tree.textBytes(of: right))
        {
          return ours.isNegative == theirs.isNegative && ours.digits == theirs.digits
        }
        return value == otherValue || number == otherNumber
      }
      guard value == otherValue else { return false }
      return value != .string || textBytes(of: left) == tree.textBytes(of: right)
    case .sequence:
      let ours = elements(of: left)
      let theirs = tree.elements(of: right)
      return ours.count == theirs.count
        && zip(ours, theirs).allSatisfy { isEqual($0, $1, in: other, rules) }
    case .mapping:
      let ours = entries(of: left)
      guard ours.count == tree.count(of: right) else { return false }
      let theirs = Dictionary(
        tree.entries(of: right).map { (tree.textBytes(of: $0.key), $0.value) }
      ) { first, _ in first }
      return ours.allSatisfy { entry in
        guard let value = theirs[textBytes(of: entry.key)] else { return false }
        return isEqual(entry.value, value, in: other, rules)
      }
    }
  }
}
