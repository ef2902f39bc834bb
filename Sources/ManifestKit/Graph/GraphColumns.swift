/// Which column every node stands in, how high, and where lines pass the columns between.
struct GraphColumns {
  /// The nodes of one namespace.
  struct Namespace {
    let name: String
    let members: [Int]
  }

  /// A row that lines pass a column in. Lines to one node share it.
  struct Lane {
    let column: Int
    let y: Int
  }

  private struct LaneKey: Hashable {
    let target: Int
    let column: Int
    let goesRight: Bool
  }

  /// What a column is stacked of.
  private enum Item {
    case box(Int)
    case lane(LaneKey)
  }

  let namespaces: [Namespace]
  /// How many columns there are.
  let count: Int
  /// The column of each node.
  private(set) var column: [Int]
  /// The upper edge of each node's box.
  private(set) var top: [Int]

  private let graph: ResourceGraph
  /// The other ends of each node's edges, and whether it has any.
  private let neighbours: [[Int]]
  /// For every lane the nodes whose lines take it.
  private var sources: [LaneKey: [Int]] = [:]
  private var laneTop: [LaneKey: Int] = [:]

  init(_ graph: ResourceGraph) {
    self.graph = graph
    var neighbours = Array(repeating: [Int](), count: graph.nodes.count)
    for edge in graph.edges where edge.from != edge.to {
      neighbours[edge.from].append(edge.to)
      neighbours[edge.to].append(edge.from)
    }
    self.neighbours = neighbours
    let ranks = graph.nodes.indices.map { Self.rank(graph.nodes[$0].id.kind.kind) }
    // Columns that no namespace uses are left out.
    let used = Set(graph.nodes.indices.filter { !neighbours[$0].isEmpty }.map { ranks[$0] })
      .sorted()
    let numbers = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    column = ranks.map { numbers[$0] ?? 0 }
    count = max(used.count, min(4, graph.nodes.count))
    top = Array(repeating: 0, count: graph.nodes.count)
    namespaces = Dictionary(grouping: graph.nodes.indices) { graph.nodes[$0].id.namespace }
      .sorted { $0.key < $1.key }.map { Namespace(name: $0.key, members: $0.value) }
    for edge in graph.edges {
      for key in Self.laneKeys(edge, column) { sources[key, default: []].append(edge.from) }
    }
  }

  private static func laneKeys(_ edge: ResourceGraph.Edge, _ column: [Int]) -> [LaneKey] {
    let (from, to) = (column[edge.from], column[edge.to])
    let goesRight = from < to
    let passed =
      goesRight ? Array((from + 1)..<max(to, from + 1)) : ((to + 1)..<max(from, to + 1)).reversed()
    return passed.map { LaneKey(target: edge.to, column: $0, goesRight: goesRight) }
  }

  /// The lanes of an edge in the order its line passes them.
  func lanes(of edge: Int, in graph: ResourceGraph) -> [Lane] {
    Self.laneKeys(graph.edges[edge], column).map { key in
      Lane(column: key.column, y: (laneTop[key] ?? 0) + GraphLayout.laneHeight / 2)
    }
  }

  /// Stacks the columns of a namespace and returns how much height they take. Lanes stand in the band
  /// of the node that their lines lead to.
  mutating func stack(_ namespace: Namespace, below start: Int) -> Int {
    var items = Array(repeating: [Item](), count: count)
    let linked = namespace.members.filter { !neighbours[$0].isEmpty }
    for node in linked { items[column[node]].append(.box(node)) }
    let members = Set(namespace.members)
    for key in sources.keys where members.contains(key.target) {
      items[key.column].append(.lane(key))
    }
    var bottom = start
    for column in items.indices {
      var cursor = start
      for (item, wish) in sorted(items[column]) {
        let wish = wish ?? start
        switch item {
        case .box(let node):
          // Beside what refers to it where there is room, so that lines run level.
          top[node] = max(cursor, wish - GraphLayout.boxHeight / 2)
          cursor = top[node] + GraphLayout.boxHeight + GraphLayout.rowGap
        case .lane(let key):
          let y = max(cursor, wish - GraphLayout.laneHeight / 2)
          laneTop[key] = y
          cursor = y + GraphLayout.laneHeight
        }
      }
      bottom = max(bottom, cursor)
    }
    return spread(namespace.members.filter { neighbours[$0].isEmpty }, below: bottom) - start
  }

  /// Puts what nothing refers to in rows below the rest; returns where they end.
  private mutating func spread(_ nodes: [Int], below start: Int) -> Int {
    let rowHeight = GraphLayout.boxHeight + GraphLayout.rowGap
    for (position, node) in nodes.enumerated() {
      column[node] = position % count
      top[node] = start + position / count * rowHeight
    }
    return start + (nodes.count + count - 1) / count * rowHeight
  }

  /// The items of a column from top to bottom, each with the height it would stand best at, if any.
  ///
  /// What nothing leads to comes right after another that leads to the same as it does, or at the end.
  private func sorted(_ items: [Item]) -> [(item: Item, wish: Int?)] {
    var wishes = items.map { (item: $0, wish: wish(of: $0)) }
    var drawn: [Int: Int] = [:]
    for case (.box(let node), let wish?) in wishes {
      for target in neighbours[node] where column[target] > column[node] {
        drawn[target] = min(drawn[target] ?? wish, wish)
      }
    }
    for (index, entry) in wishes.enumerated() where entry.wish == nil {
      guard case .box(let node) = entry.item else { continue }
      wishes[index].wish = neighbours[node].compactMap { drawn[$0] }.min().map { $0 + 1 }
    }
    return wishes.sorted { left, right in
      let one = left.wish ?? Int.max
      let other = right.wish ?? Int.max
      return one == other ? Self.order(left.item) < Self.order(right.item) : one < other
    }
  }

  /// The height at which an item would stand best: the mean of what leads to it from columns that
  /// are stacked already.
  private func wish(of item: Item) -> Int? {
    let known: [Int]
    switch item {
    case .box(let node):
      known = neighbours[node].filter { column[$0] < column[node] && top[$0] > 0 }.map(middle)
    case .lane(let key):
      let nodes = key.goesRight ? sources[key] ?? [] : [key.target]
      known = nodes.filter { top[$0] > 0 }.map(middle)
    }
    return known.isEmpty ? nil : known.reduce(0, +) / known.count
  }

  private func middle(_ node: Int) -> Int { top[node] + GraphLayout.boxHeight / 2 }

  /// Settles which of two items that wish for one height comes first.
  private static func order(_ item: Item) -> (Int, Int) {
    switch item {
    case .box(let node): (0, node)
    case .lane(let key): (key.goesRight ? 1 : 2, key.target)
    }
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
