/// How the objects of a set hang together: a node for each, an edge for each reference.
public struct ResourceGraph: Sendable {
  /// An object, or one that is referred to and not there.
  public struct Node: Sendable {
    /// What it is called.
    public let id: ResourceID
    /// The position in the set; `nil` for an object that is not there.
    public let object: Int?
  }

  /// A reference; several from one object to another count once for each verb.
  public struct Edge: Hashable, Sendable {
    /// The position of the node that refers.
    public let from: Int
    /// The position of the node that is meant.
    public let to: Int
    /// What one has to do with the other.
    public let verb: ResourceReference.Verb
  }

  /// The objects in the order of the set, then those that are missing.
  public let nodes: [Node]
  /// The references, in the order of the objects.
  public let edges: [Edge]

  /// The graph of a set. Names of missing objects become nodes of their own.
  public init(_ set: ResourceSet) {
    var nodes = set.objects.enumerated().map { Node(id: $0.element.id, object: $0.offset) }
    var missing: [ResourceID: Int] = [:]
    var seen: Set<Edge> = []
    var edges: [Edge] = []
    for reference in set.references() {
      var targets = reference.targets
      if targets.isEmpty, !reference.name.isEmpty {
        let id = ResourceID(
          kind: GroupVersionKind(version: "", kind: reference.kind),
          namespace: reference.namespace, name: reference.name)
        let node = missing[id] ?? nodes.count
        if node == nodes.count {
          nodes.append(Node(id: id, object: nil))
          missing[id] = node
        }
        targets = [node]
      }
      for target in targets {
        let edge = Edge(from: reference.from, to: target, verb: reference.verb)
        if seen.insert(edge).inserted { edges.append(edge) }
      }
    }
    self.nodes = nodes
    self.edges = edges
  }
}
