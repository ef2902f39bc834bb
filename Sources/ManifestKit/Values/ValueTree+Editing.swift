extension ValueTree {
  /// Replaces a scalar's text, and optionally how it is typed and written. A collection becomes a
  /// scalar.
  public mutating func setText(
    _ text: some StringProtocol, of id: NodeID, style: YAMLStyle? = nil, tag: ScalarTag? = nil
  ) {
    noteChange(of: id, from: self[id].origin)
    let start = UInt32(pool.count)
    var text = String(text)
    text.withUTF8 { pool.append(contentsOf: $0) }
    if self[id].kind != .scalar {
      self[id].kind = .scalar
      self[id].style = .plain
      self[id].tag = .none
      self[id].count = 0
    }
    self[id].first = start
    self[id].last = UInt32(pool.count) - start
    if let style { self[id].style = style }
    if let tag { self[id].tag = tag }
  }

  /// Changes how a node is written.
  public mutating func setStyle(_ style: YAMLStyle, of id: NodeID) { self[id].style = style }

  /// Changes how a scalar is typed.
  public mutating func setTag(_ tag: ScalarTag, of id: NodeID) { self[id].tag = tag }

  /// Notes where a node and all below it came from.
  public mutating func setOriginOfSubtree(_ origin: UInt32, of id: NodeID) {
    var stack = [id]
    while let node = stack.popLast() {
      self[node].origin = origin
      stack += children(of: node)
    }
  }

  /// Sets the value of a key: the first entry with this key gets it, or a new last entry.
  ///
  /// `value` must not have a parent. O(entries).
  public mutating func set(_ key: String, in id: NodeID, to value: NodeID) {
    guard self[id].kind == .mapping else { return }
    var current = self[id].first
    while current != ValueTree.none {
      let old = nodes[Int(current)].next
      if hasText(key, NodeID(current)) {
        noteChange(of: value, from: nodes[Int(old)].origin, to: self[value].origin)
        self[value].next = nodes[Int(old)].next
        nodes[Int(current)].next = value.rawValue
        if self[id].last == old { self[id].last = value.rawValue }
        nodes[Int(old)].next = ValueTree.none
        return
      }
      current = nodes[Int(old)].next
    }
    appendEntry(makeScalar(key, tag: .string), value, to: id)
  }

  /// Adds an entry at the end of a mapping without looking whether the key is there. O(1).
  public mutating func appendEntry(_ key: NodeID, _ value: NodeID, to id: NodeID) {
    link(key, to: id)
    link(value, to: id)
  }

  /// Adds an element at the end of a sequence. O(1).
  public mutating func append(_ element: NodeID, to id: NodeID) {
    guard self[id].kind == .sequence else { return }
    link(element, to: id)
  }

  /// Adds an element before the one at an index; an index at or beyond the end appends.
  public mutating func insert(_ element: NodeID, at index: Int, of id: NodeID) {
    guard self[id].kind == .sequence else { return }
    var all = elements(of: id)
    all.insert(element, at: min(max(0, index), all.count))
    setChildren(all, of: id)
  }

  private mutating func link(_ child: NodeID, to id: NodeID) {
    self[child].next = ValueTree.none
    if self[id].first == ValueTree.none {
      self[id].first = child.rawValue
    } else {
      nodes[Int(self[id].last)].next = child.rawValue
    }
    self[id].last = child.rawValue
    self[id].count += 1
  }

  /// Removes the first entry with a key and returns its value. O(entries).
  @discardableResult
  public mutating func remove(_ key: String, from id: NodeID) -> NodeID? {
    guard self[id].kind == .mapping else { return nil }
    var previous = ValueTree.none
    var current = self[id].first
    while current != ValueTree.none {
      let value = nodes[Int(current)].next
      let following = nodes[Int(value)].next
      if hasText(key, NodeID(current)) {
        if previous == ValueTree.none {
          self[id].first = following
        } else {
          nodes[Int(previous)].next = following
        }
        if following == ValueTree.none { self[id].last = previous }
        self[id].count -= 2
        nodes[Int(value)].next = ValueTree.none
        return NodeID(value)
      }
      previous = value
      current = following
    }
    return nil
  }

  /// Removes the element at an index and returns it.
  @discardableResult
  public mutating func removeElement(at index: Int, of id: NodeID) -> NodeID? {
    var all = elements(of: id)
    guard all.indices.contains(index) else { return nil }
    let removed = all.remove(at: index)
    setChildren(all, of: id)
    self[removed].next = ValueTree.none
    return removed
  }

  /// Replaces all elements of a sequence; nodes may be ones it already holds.
  public mutating func setElements(_ elements: [NodeID], of id: NodeID) {
    guard self[id].kind == .sequence else { return }
    setChildren(elements, of: id)
  }

  mutating func setChildren(_ children: [NodeID], of id: NodeID) {
    self[id].first = children.first?.rawValue ?? ValueTree.none
    self[id].last = children.last?.rawValue ?? ValueTree.none
    self[id].count = UInt32(children.count)
    var previous: NodeID?
    for child in children {
      if let previous { self[previous].next = child.rawValue }
      previous = child
    }
    if let previous { self[previous].next = ValueTree.none }
  }

  /// Makes a node what another is, its place kept: kind, style, tag, origin, text or children.
  ///
  /// The other node must not be used afterwards, since its children have moved.
  public mutating func replace(_ id: NodeID, with other: NodeID) {
    noteChange(of: id, from: self[id].origin, to: self[other].origin)
    let next = self[id].next
    self[id] = self[other]
    self[id].next = next
  }

  /// A deep copy, without parent. O(nodes).
  public mutating func copy(_ id: NodeID) -> NodeID {
    var node = self[id]
    node.next = ValueTree.none
    guard node.kind != .scalar else { return make(node) }
    let children = children(of: id)
    node.first = ValueTree.none
    node.last = ValueTree.none
    node.count = 0
    let result = make(node)
    for child in children { link(copy(child), to: result) }
    return result
  }

  /// A deep copy of another tree's node, without parent. O(nodes + text).
  public mutating func copy(_ id: NodeID, from other: ValueTree) -> NodeID {
    var node = other[id]
    node.next = ValueTree.none
    guard node.kind != .scalar else {
      node.first = UInt32(pool.count)
      pool.append(contentsOf: other.textBytes(of: id))
      return make(node)
    }
    node.first = ValueTree.none
    node.last = ValueTree.none
    node.count = 0
    let result = make(node)
    for child in other.children(of: id) { link(copy(child, from: other), to: result) }
    return result
  }

  /// The mapping at the end of a path of keys, made where something else or nothing stands.
  public mutating func makePath(_ path: [String], in id: NodeID) -> NodeID {
    var node = id
    for key in path {
      if let next = value(key, in: node), kind(of: next) == .mapping {
        node = next
      } else {
        let next = makeMapping()
        set(key, in: node, to: next)
        node = next
      }
    }
    return node
  }
}
