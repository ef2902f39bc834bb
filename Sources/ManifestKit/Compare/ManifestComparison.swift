/// Compares two sets of objects, object by object and field by field.
///
/// Objects are paired by group, kind, namespace and name. The items of a list are paired by the
/// keys that the schema gives; lists that are sets are compared without regard to order; all others
/// by position. Values of Secrets never appear in the result.
public struct ManifestComparison: Sendable {
  /// What differs, in the order of the old objects, new ones last.
  public let changes: [ResourceChange]
  /// How many objects are the same in both.
  public let unchangedCount: Int

  /// Compares objects of one tree.
  ///
  /// Nodes that are no objects (no apiVersion and kind) are paired by their position.
  public init(
    _ old: [ValueTree.NodeID], _ new: [ValueTree.NodeID], in tree: ValueTree,
    schema: SchemaTable = .kubernetes()
  ) {
    var comparer = FieldComparer(tree: tree)
    let before = Self.keyed(old, tree)
    let after = Self.keyed(new, tree)
    let afterNodes = Dictionary(after.map { ($0.key, $0) }) { first, _ in first }
    let beforeKeys = Set(before.map(\.key))
    var changes: [ResourceChange] = []
    var unchanged = 0
    for object in before {
      guard let other = afterNodes[object.key] else {
        changes.append(ResourceChange(id: object.id, kind: .removed, fields: []))
        continue
      }
      comparer.changes = []
      comparer.isSecret = object.id.kind.kind == "Secret" && object.id.kind.group.isEmpty
      comparer.compare(object.node, other.node, schema.type(of: other.id.kind), EditPath([]))
      if comparer.changes.isEmpty {
        unchanged += 1
      } else {
        changes.append(ResourceChange(id: other.id, kind: .changed, fields: comparer.changes))
      }
    }
    for object in after where !beforeKeys.contains(object.key) {
      changes.append(ResourceChange(id: object.id, kind: .added, fields: []))
    }
    self.changes = changes
    unchangedCount = unchanged
  }

  /// Whether nothing differs.
  public var isEmpty: Bool { changes.isEmpty }

  private struct Key: Hashable {
    let group: String
    let kind: String
    let namespace: String
    let name: String
    let occurrence: Int
  }

  private struct Object {
    let key: Key
    let id: ResourceID
    let node: ValueTree.NodeID
  }

  /// The objects with their keys; equal ones are told apart by their order.
  private static func keyed(_ nodes: [ValueTree.NodeID], _ tree: ValueTree) -> [Object] {
    var counts: [ResourceID: Int] = [:]
    return nodes.flatMap { ResourceList.identified($0, in: tree) }.map { node, known in
      let id =
        known
        ?? ResourceID(kind: GroupVersionKind(version: "", kind: "document"), name: "")
      let occurrence = counts[id.unversioned, default: 0]
      counts[id.unversioned] = occurrence + 1
      let key = Key(
        group: id.kind.group, kind: id.kind.kind, namespace: id.namespace, name: id.name,
        occurrence: occurrence)
      return Object(key: key, id: id, node: node)
    }
  }
}
