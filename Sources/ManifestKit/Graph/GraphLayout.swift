/// Places for the boxes of a graph: a band for each namespace, and in it columns from what lets
/// requests in on the left to what is only used on the right. Boxes never overlap.
struct GraphLayout {
  struct Box {
    var x: Int
    var y: Int
  }

  struct Band {
    let namespace: String
    let y: Int
    let height: Int
  }

  static let boxWidth = 220
  static let boxHeight = 40
  private static let columnGap = 90
  private static let rowGap = 14
  private static let margin = 24
  private static let titleHeight = 30
  /// A column with more boxes goes on in another one beside it.
  private static let rowsPerColumn = 24

  private(set) var boxes: [Box]
  private(set) var bands: [Band] = []
  private(set) var width = 0
  private(set) var height = 0

  init(_ graph: ResourceGraph) {
    boxes = Array(repeating: Box(x: 0, y: 0), count: graph.nodes.count)
    let namespaces = Dictionary(grouping: graph.nodes.indices) { graph.nodes[$0].id.namespace }
    var top = Self.margin
    for (namespace, members) in namespaces.sorted(by: { $0.key < $1.key }) {
      let used = place(members, graph, below: top + Self.titleHeight)
      bands.append(Band(namespace: namespace, y: top, height: used + Self.titleHeight))
      top += used + Self.titleHeight + Self.margin
    }
    height = top
  }

  /// Places the boxes of one namespace and returns how much height they take.
  private mutating func place(_ members: [Int], _ graph: ResourceGraph, below top: Int) -> Int {
    var columns = Array(repeating: [Int](), count: 6)
    for member in members { columns[Self.rank(graph.nodes[member].id.kind.kind)].append(member) }
    var incoming: [Int: [Int]] = [:]
    for edge in graph.edges { incoming[edge.to, default: []].append(edge.from) }
    var x = Self.margin * 2
    var tallest = 0
    var order: [Int: Double] = [:]
    for column in columns where !column.isEmpty {
      // Near what refers to it, so that lines cross less.
      let sorted = column.enumerated().sorted { left, right in
        let one = Self.mean(incoming[left.element] ?? [], order) ?? Double(left.offset)
        let other = Self.mean(incoming[right.element] ?? [], order) ?? Double(right.offset)
        return (one, left.offset) < (other, right.offset)
      }.map(\.element)
      for (position, member) in sorted.enumerated() {
        let row = position % Self.rowsPerColumn
        boxes[member] = Box(
          x: x + position / Self.rowsPerColumn * (Self.boxWidth + Self.rowGap * 2),
          y: top + row * (Self.boxHeight + Self.rowGap))
        order[member] = Double(position)
      }
      let parts = (sorted.count - 1) / Self.rowsPerColumn + 1
      x += parts * (Self.boxWidth + Self.rowGap * 2) - Self.rowGap * 2 + Self.columnGap
      tallest = max(tallest, min(sorted.count, Self.rowsPerColumn))
    }
    width = max(width, x - Self.columnGap + Self.margin * 2)
    return tallest * (Self.boxHeight + Self.rowGap) + Self.rowGap
  }

  private static func mean(_ nodes: [Int], _ order: [Int: Double]) -> Double? {
    let known = nodes.compactMap { order[$0] }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The column of a kind.
  private static func rank(_ kind: String) -> Int {
    switch kind {
    case "GitRepository", "OCIRepository", "HelmRepository", "Bucket", "GatewayClass",
      "ImageRepository", "ImagePolicy":
      0
    case "Ingress", "Gateway", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "Kustomization",
      "HelmRelease", "ImageUpdateAutomation":
      1
    case "Service", "HorizontalPodAutoscaler", "NetworkPolicy", "PodDisruptionBudget": 2
    case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod",
      "RoleBinding", "ClusterRoleBinding":
      3
    case "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "Role", "ClusterRole": 4
    default: 5
    }
  }
}
