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

  /// The positions of the objects of each file, which stand in it in their order.
  private let places: [SourceFile.ID: Range<Int>]

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
    var places: [SourceFile.ID: Range<Int>] = [:]
    for stream in streams {
      let start = objects.count
      defer { places[stream.storage.file] = start..<objects.count }
      for document in stream.documents {
        for case (let node, let id?) in ResourceList.identified(document.root.resolved) {
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
    self.places = places
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

  /// The position of the object that is written at a place. O(log objects).
  public func object(at span: SourceSpan) -> Int? {
    guard var rest = places[span.file], !rest.isEmpty else { return nil }
    let place = Int(span.start)
    while rest.count > 1 {
      let middle = rest.lowerBound + rest.count / 2
      let isBehind = objects[middle].node.range.lowerBound > place
      rest = isBehind ? rest.lowerBound..<middle : middle..<rest.upperBound
    }
    return objects[rest.lowerBound].node.range.contains(place) ? rest.lowerBound : nil
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
    // Workloads of others, such as a Rollout, have their pods in the same place.
    default:
      node[["spec", "template", "spec", "containers"]].flatMap { _ in node[["spec", "template"]] }
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
