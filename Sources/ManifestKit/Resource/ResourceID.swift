/// What tells one object of a cluster from every other: kind, namespace and name.
public struct ResourceID: Hashable, Sendable, CustomStringConvertible {
  /// Group, version and kind.
  public var kind: GroupVersionKind
  /// The namespace as written; empty where none is.
  public var namespace: String
  /// The name.
  public var name: String

  /// Creates an identifier from its parts.
  public init(kind: GroupVersionKind, namespace: String = "", name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// Reads the identity of an object; `nil` where apiVersion or kind is missing or not text.
  public init?(of node: ValueTree.NodeID, in tree: ValueTree) {
    guard let apiVersion = tree.text(at: "apiVersion", in: node),
      let kind = tree.text(at: "kind", in: node), !kind.isEmpty, !apiVersion.isEmpty
    else { return nil }
    self.kind = GroupVersionKind(apiVersion: apiVersion, kind: kind)
    namespace = tree.text(at: "metadata", "namespace", in: node) ?? ""
    name = tree.text(at: "metadata", "name", in: node) ?? ""
  }

  /// Reads the identity of a parsed object.
  public init?(of node: YAMLNode) {
    guard let apiVersion = node["apiVersion"]?.text, let kind = node["kind"]?.text,
      !kind.isEmpty, !apiVersion.isEmpty
    else { return nil }
    self.kind = GroupVersionKind(apiVersion: apiVersion, kind: kind)
    let metadata = node["metadata"]
    namespace = metadata?["namespace"]?.text ?? ""
    name = metadata?["name"]?.text ?? ""
  }

  /// The same without the version: of two versions of a kind an object is one and the same.
  public var unversioned: ResourceID {
    ResourceID(
      kind: GroupVersionKind(group: kind.group, version: "", kind: kind.kind),
      namespace: namespace, name: name)
  }

  /// `Deployment prod/web`, or `Namespace prod` where there is no namespace.
  public var description: String {
    kind.kind + " " + (namespace.isEmpty ? name : namespace + "/" + name)
  }
}
