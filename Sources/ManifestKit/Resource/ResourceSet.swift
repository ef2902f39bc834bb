public import SourceText

/// The objects of some streams, with lookup by kind, namespace and name.
public struct ResourceSet: Sendable {
  /// One object.
  public struct Object: Sendable {
    /// What it is called.
    public let id: ResourceID
    /// What it says.
    public let node: YAMLNode
  }

  /// The objects in the order they were read, lists expanded.
  public let objects: [Object]
  private let index: [Key: [Int]]
  /// The positions by kind and name alone, in any namespace.
  private let names: [Key: [Int]]

  private struct Key: Hashable {
    let kind: String
    let namespace: String
    let name: String
  }

  /// Collects the objects of some streams; documents that are no objects are passed over.
  public init(_ streams: [YAMLStream]) {
    var objects: [Object] = []
    var index: [Key: [Int]] = [:]
    var names: [Key: [Int]] = [:]
    for stream in streams {
      for document in stream.documents {
        for node in ResourceList.expand(document.root.resolved) {
          guard let id = ResourceID(of: node) else { continue }
          let key = Key(kind: id.kind.kind, namespace: id.namespace, name: id.name)
          index[key, default: []].append(objects.count)
          let name = Key(kind: id.kind.kind, namespace: "", name: id.name)
          names[name, default: []].append(objects.count)
          objects.append(Object(id: id, node: node))
        }
      }
    }
    self.objects = objects
    self.index = index
    self.names = names
  }

  /// The positions of the objects with this kind, namespace and name. O(1).
  ///
  /// A namespace that is not written may be any, since a later step may add it; so an object
  /// without one is found from every namespace and the other way round.
  public func find(kind: String, namespace: String, name: String) -> [Int] {
    let exact = index[Key(kind: kind, namespace: namespace, name: name)] ?? []
    guard exact.isEmpty else { return exact }
    if !namespace.isEmpty { return index[Key(kind: kind, namespace: "", name: name)] ?? [] }
    return names[Key(kind: kind, namespace: "", name: name)] ?? []
  }

  /// The position of the object that is written at a place. O(objects).
  public func object(at span: SourceSpan) -> Int? {
    objects.firstIndex { object in
      object.node.storage.file == span.file && object.node.range.contains(Int(span.start))
    }
  }

  /// The positions of the objects of a kind.
  public func all(kind: String) -> [Int] {
    objects.indices.filter { objects[$0].id.kind.kind == kind }
  }
}

extension ResourceSet.Object {
  /// The pod that a workload makes: the `spec` of its containers, and the labels of its pods.
  public var podSpec: YAMLNode? { podTemplate.flatMap { $0["spec"] } }

  /// The labels of the pods that a workload makes.
  public var podLabels: [String: String] {
    var labels: [String: String] = [:]
    for entry in podTemplate?["metadata"]?["labels"]?.entries ?? YAMLEntries.none {
      labels[entry.key.resolved.text] = entry.value.resolved.text
    }
    return labels
  }

  private var podTemplate: YAMLNode? {
    switch id.kind.kind {
    case "Pod": node
    case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job":
      node[["spec", "template"]]
    case "CronJob": node[["spec", "jobTemplate", "spec", "template"]]
    case "PodTemplate": node["template"]
    default: nil
    }
  }

  /// The containers of the pod that a workload makes, initial ones first.
  public var containers: [YAMLNode] {
    guard let spec = podSpec else { return [] }
    return ["initContainers", "containers", "ephemeralContainers"].flatMap { key in
      spec[key].map { Array($0.elements).map(\.resolved) } ?? []
    }
  }
}
