public import SourceText

extension ResourceGraph {
  /// A page that needs nothing else: the drawing, which pans and zooms, filters by namespace and
  /// kind, and the YAML and findings of the object that is clicked. Values of Secrets are not in it.
  public func html(
    title: String, set: ResourceSet, findings: [Diagnostic]
  ) -> String {
    let layout = GraphLayout(self)
    var messages: [Int: [JSONValue]] = [:]
    for finding in findings {
      guard let span = finding.span, let owner = set.object(at: span) else { continue }
      messages[owner, default: []].append(.string("\(finding.summary) [\(finding.id)]"))
    }
    let details = nodes.indices.map { index -> JSONValue in
      let node = nodes[index]
      return .object([
        ("kind", .string(node.id.kind.kind)), ("namespace", .string(node.id.namespace)),
        ("name", .string(node.id.name)), ("missing", .bool(node.object == nil)),
        ("yaml", .string(node.object.map { Self.text(of: set.objects[$0]) } ?? "")),
        ("findings", .array(messages[index] ?? [])),
      ])
    }
    let data = JSONValue.object([("nodes", .array(details)), ("edges", json()["edges"] ?? .null)])
      .text().replacing("<", with: "\\u003c")
    return GraphPage.text(
      title: Self.escaped(title), svg: svg(layout, warned: Set(messages.keys)), data: data)
  }

  /// The object's text as it was written; of a Secret its keys only.
  private static func text(of object: ResourceSet.Object) -> String {
    guard object.id.kind.kind == "Secret" else {
      let range = object.node.range
      // Large definitions would make a page of many megabytes.
      let limit = 16_000
      let text = object.node.storage.source.text(
        range.lowerBound..<min(range.upperBound, range.lowerBound + limit))
      return range.count > limit ? text + "\n… \(range.count - limit) more bytes" : text
    }
    let keys = ["data", "stringData"].flatMap { key in
      object.node[key].map { Array($0.entries) } ?? []
    }
    return "kind: Secret\nmetadata:\n  name: \(object.id.name)\ndata:\n"
      + keys.map { "  \($0.key.text): (hidden)\n" }.joined()
  }

  private func svg(_ layout: GraphLayout, warned: Set<Int>) -> String {
    var output = ""
    for band in layout.bands {
      let name = band.namespace.isEmpty ? "no namespace" : band.namespace
      output += """
        <g class="band"><rect x="12" y="\(band.y)" width="\(layout.width - 24)" \
        height="\(band.height)" rx="10"/><text x="26" y="\(band.y + 20)">\(Self.escaped(name))\
        </text></g>

        """
    }
    for (index, edge) in edges.enumerated() {
      let from = layout.boxes[edge.from]
      let to = layout.boxes[edge.to]
      let middle = GraphLayout.boxHeight / 2
      let startsRight = from.x <= to.x
      let x1 = from.x + (startsRight ? GraphLayout.boxWidth : 0)
      let x2 = to.x + (startsRight && from.x != to.x ? 0 : GraphLayout.boxWidth)
      let bend = from.x == to.x ? 60 : (startsRight ? 45 : -45)
      let end = from.x == to.x ? x2 + 60 : x2 - bend
      output += """
        <path class="edge" id="e\(index)" d="M\(x1) \(from.y + middle)C\(x1 + bend) \
        \(from.y + middle) \(end) \(to.y + middle) \(x2) \(to.y + middle)"><title>\
        \(edge.verb.rawValue)</title></path>

        """
    }
    for (index, node) in nodes.enumerated() {
      let box = layout.boxes[index]
      var classes = "node"
      if node.object == nil { classes += " missing" }
      if warned.contains(index) { classes += " warned" }
      output += """
        <g class="\(classes)" id="n\(index)" transform="translate(\(box.x) \(box.y))">\
        <rect width="\(GraphLayout.boxWidth)" height="\(GraphLayout.boxHeight)" rx="6"/>\
        <text class="kind" x="10" y="15">\(Self.escaped(Self.shortened(node.id.kind.kind)))</text>\
        <text x="10" y="31">\(Self.escaped(Self.shortened(node.id.name)))</text>\
        <title>\(Self.escaped(node.id.description))</title></g>

        """
    }
    return """
      <svg id="drawing" viewBox="0 0 \(layout.width) \(layout.height)" \
      data-width="\(layout.width)" data-height="\(layout.height)">
      <g id="scene">
      \(output)</g></svg>
      """
  }

  /// Text that fits a box.
  private static func shortened(_ text: String) -> String {
    text.count <= 28 ? text : text.prefix(27) + "…"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
