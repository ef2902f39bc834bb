/// Places for the boxes of a graph and ways for its lines.
///
/// Every namespace is a band across the page. Columns run through all bands, from what lets requests
/// in on the left to what is only used on the right, with a corridor between two of them. Boxes stand
/// in columns only, and lines move up and down in corridors only; a line that has to pass a column
/// has a lane in it, a row without a box. So no line ever runs behind a box that is not its own.
struct GraphLayout {
  /// The upper left corner of a box.
  struct Box {
    var x: Int
    var y: Int
  }

  /// The stripe of a namespace.
  struct Band {
    let namespace: String
    let y: Int
    let height: Int
  }

  /// A line: where it begins and ends, and the height of its lane in each column it passes.
  struct Route {
    let start: (x: Int, y: Int)
    let end: (x: Int, y: Int)
    /// In the order the line passes them: where it enters the lane, where it leaves it, how high.
    let lanes: [(enter: Int, leave: Int, y: Int)]
  }

  static let boxWidth = 220
  static let boxHeight = 40
  static let corridor = 90
  static let margin = 24
  static let titleHeight = 32
  static let rowGap = 14
  static let laneHeight = 10

  private(set) var boxes: [Box]
  private(set) var routes: [Route] = []
  private(set) var bands: [Band] = []
  private(set) var width = 0
  private(set) var height = 0

  /// Lays a graph out.
  ///
  /// - Complexity: O(nodes log nodes + edges log edges); a line passes at most four columns.
  init(_ graph: ResourceGraph) {
    boxes = Array(repeating: Box(x: 0, y: 0), count: graph.nodes.count)
    var columns = GraphColumns(graph)
    var top = Self.margin
    for namespace in columns.namespaces {
      let used = columns.stack(namespace, below: top + Self.titleHeight)
      bands.append(
        Band(namespace: namespace.name, y: top, height: used + Self.titleHeight + Self.rowGap))
      top += used + Self.titleHeight + Self.rowGap + Self.margin
    }
    for node in graph.nodes.indices {
      boxes[node] = Box(x: Self.left(columns.column[node]), y: columns.top[node])
    }
    routes = graph.edges.indices.map { route($0, graph, columns) }
    let last = max(columns.count, 1) - 1
    width = Self.left(last) + Self.boxWidth + Self.corridor / 2 + Self.margin
    height = top
  }

  /// The left edge of a column.
  private static func left(_ column: Int) -> Int {
    margin * 2 + column * (boxWidth + corridor)
  }

  private func route(_ index: Int, _ graph: ResourceGraph, _ columns: GraphColumns) -> Route {
    let edge = graph.edges[index]
    let from = boxes[edge.from]
    let to = boxes[edge.to]
    let middle = Self.boxHeight / 2
    let goesRight = columns.column[edge.from] < columns.column[edge.to]
    let staysInColumn = columns.column[edge.from] == columns.column[edge.to]
    let lanes = columns.lanes(of: index, in: graph).map { lane in
      let left = Self.left(lane.column)
      let right = left + Self.boxWidth
      return (enter: goesRight ? left : right, leave: goesRight ? right : left, y: lane.y)
    }
    return Route(
      start: (from.x + (goesRight || staysInColumn ? Self.boxWidth : 0), from.y + middle),
      end: (to.x + (goesRight ? 0 : Self.boxWidth), to.y + middle), lanes: lanes)
  }
}

extension GraphLayout.Route {
  /// The line in SVG's path language: curves in the corridors, straight in the lanes.
  var path: String {
    var text = "M\(start.x) \(start.y)"
    var position = start
    func curve(to end: (x: Int, y: Int)) {
      if position.x == end.x {
        // Out into the corridor and back to the same column.
        let bend = position.x + GraphLayout.corridor / 2
        text += "C\(bend) \(position.y) \(bend) \(end.y) \(end.x) \(end.y)"
      } else {
        let middle = (position.x + end.x) / 2
        text += "C\(middle) \(position.y) \(middle) \(end.y) \(end.x) \(end.y)"
      }
    }
    for lane in lanes {
      curve(to: (lane.enter, lane.y))
      text += "H\(lane.leave)"
      position = (lane.leave, lane.y)
    }
    curve(to: end)
    return text
  }
}
