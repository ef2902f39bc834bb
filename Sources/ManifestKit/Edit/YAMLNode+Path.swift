extension YAMLNode {
  /// The node that a path leads to, aliases followed, or `nil`.
  public subscript(path: EditPath) -> YAMLNode? {
    var node = resolved
    for step in path.steps {
      let next: YAMLNode?
      switch (node.kind, step) {
      case (.mapping, .key(let key)): next = node[key]
      case (.mapping, .index(let index)): next = node[String(index)]
      case (.sequence, .index(let index)): next = node[index]
      case (.sequence, .key(let key)): next = JSONPointer.index(key).flatMap { node[$0] }
      case (.sequence, .selector(let key, let value)):
        next = node.elements.lazy.map(\.resolved).first { $0[key]?.hasText(value) == true }
      case (.mapping, .selector), (.scalar, _), (.alias, _): next = nil
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }
}
