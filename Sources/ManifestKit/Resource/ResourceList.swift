/// `List` objects, which stand for the objects in their `items`.
public enum ResourceList {
  /// Whether a node is a list of objects: its kind ends in `List` and it has `items`.
  public static func isList(_ node: ValueTree.NodeID, in tree: ValueTree) -> Bool {
    guard let kind = tree.text(at: "kind", in: node), kind.hasSuffix("List"),
      let items = tree.value("items", in: node)
    else { return false }
    return tree.kind(of: items) == .sequence
  }

  /// The objects a node stands for: itself, or the items of a list, lists within lists included.
  public static func expand(
    _ node: ValueTree.NodeID, in tree: ValueTree
  ) -> [ValueTree.NodeID] {
    guard isList(node, in: tree), let items = tree.value("items", in: node) else { return [node] }
    return tree.elements(of: items).flatMap { expand($0, in: tree) }
  }

  /// The parsed objects a node stands for.
  public static func expand(_ node: YAMLNode) -> [YAMLNode] {
    guard let kind = node["kind"]?.text, kind.hasSuffix("List"), let items = node["items"],
      items.kind == .sequence
    else { return [node] }
    return items.elements.flatMap { expand($0.resolved) }
  }
}
