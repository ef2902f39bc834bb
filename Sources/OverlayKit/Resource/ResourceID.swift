/// What tells one resource of a build from another: kind, name and namespace.
struct ResourceID: Hashable, Sendable, CustomStringConvertible {
  var gvk: GroupVersionKind
  var name: String
  var namespace: String

  /// The namespace as the cluster will see it: `default` for none, and one value for everything
  /// that lives outside namespaces.
  var effectiveNamespace: String {
    if gvk.isClusterScoped { return "_non_namespaceable_" }
    return namespace.isEmpty ? "default" : namespace
  }

  /// Whether the object is in a namespace of this name, no name standing for `default`.
  func isInNamespace(_ name: String) -> Bool {
    !gvk.isClusterScoped && effectiveNamespace == name
  }

  /// Whether both are in the same namespace, or both outside.
  func isInSameNamespace(as other: ResourceID) -> Bool {
    effectiveNamespace == other.effectiveNamespace
  }

  /// Whether both name the same object of a cluster.
  func matches(_ other: ResourceID) -> Bool {
    name == other.name && gvk == other.gvk && isInSameNamespace(as: other)
  }

  /// The identity under which objects of a cluster cannot be two.
  var key: ResourceID {
    ResourceID(gvk: gvk, name: name, namespace: effectiveNamespace)
  }

  /// `Kind.version.group/name.namespace`, absent parts named.
  var description: String {
    let name = name.isEmpty ? "[noName]" : name
    return "\(gvk)/\(name).\(namespace.isEmpty ? "[noNs]" : namespace)"
  }
}
