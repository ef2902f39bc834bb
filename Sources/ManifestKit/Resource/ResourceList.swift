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

  /// The objects a node stands for with what they are called; `nil` for what is no object.
  ///
  /// The API server's lists do not repeat in each item what it is: of a `SecretList` all are Secrets.
  public static func identified(
    _ node: ValueTree.NodeID, in tree: ValueTree, as kind: GroupVersionKind? = nil
  ) -> [(node: ValueTree.NodeID, id: ResourceID?)] {
    guard isList(node, in: tree), let items = tree.value("items", in: node) else {
      if let id = ResourceID(of: node, in: tree) { return [(node, id)] }
      let name = tree.text(at: "metadata", "name", in: node) ?? ""
      let namespace = tree.text(at: "metadata", "namespace", in: node) ?? ""
      return [(node, kind.map { ResourceID(kind: $0, namespace: namespace, name: name) })]
    }
    let item = itemKind(
      apiVersion: tree.text(at: "apiVersion", in: node), kind: tree.text(at: "kind", in: node))
    return tree.elements(of: items).flatMap { identified($0, in: tree, as: item) }
  }

  /// The parsed objects a node stands for with what they are called; `nil` for what is no object.
  public static func identified(
    _ node: YAMLNode, as kind: GroupVersionKind? = nil
  ) -> [(node: YAMLNode, id: ResourceID?)] {
    guard let list = node["kind"]?.text, list.hasSuffix("List"), let items = node["items"],
      items.kind == .sequence
    else {
      if let id = ResourceID(of: node) { return [(node, id)] }
      let name = node["metadata"]?["name"]?.text ?? ""
      let namespace = node["metadata"]?["namespace"]?.text ?? ""
      return [(node, kind.map { ResourceID(kind: $0, namespace: namespace, name: name) })]
    }
    let item = itemKind(apiVersion: node["apiVersion"]?.text, kind: list)
    return items.elements.flatMap { identified($0.resolved, as: item) }
  }

  /// What the items of a list are that do not say it; `nil` for a list of anything.
  private static func itemKind(apiVersion: String?, kind: String?) -> GroupVersionKind? {
    guard let apiVersion, let kind, kind != "List" else { return nil }
    return GroupVersionKind(apiVersion: apiVersion, kind: String(kind.dropLast(4)))
  }
}
