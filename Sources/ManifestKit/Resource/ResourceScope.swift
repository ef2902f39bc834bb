extension GroupVersionKind {
  /// Whether objects of this kind belong to the whole cluster, by what any known Kubernetes version
  /// says; kinds nobody knows are taken to live in a namespace.
  public var isClusterScoped: Bool {
    Self.clusterKinds.contains(GroupKind(group: group, kind: kind))
  }

  private struct GroupKind: Hashable {
    let group: String
    let kind: String
  }

  /// The kinds without namespace of the newest table, and those that older versions had.
  private static let clusterKinds: Set<GroupKind> = {
    let table = SchemaTable.kubernetes()
    var kinds = Set(
      table.allKinds.filter { table.isNamespaced($0) == false }
        .map { GroupKind(group: $0.group, kind: $0.kind) })
    kinds.insert(GroupKind(group: "policy", kind: "PodSecurityPolicy"))
    kinds.insert(GroupKind(group: "extensions", kind: "PodSecurityPolicy"))
    return kinds
  }()
}
