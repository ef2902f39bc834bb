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
      output += """
        <g class="band"><rect x="12" y="\(band.y)" width="\(layout.width - 24)" \
        height="\(band.height)" rx="10"/></g>

        """
    }
    for (index, edge) in edges.enumerated() {
      output += """
        <path class="edge" id="e\(index)" d="\(layout.routes[index].path)" \
        marker-end="url(#tip)"><title>\(edge.verb.rawValue)</title></path>

        """
    }
    for band in layout.bands {
      let name = band.namespace.isEmpty ? "no namespace" : band.namespace
      output += """
        <text class="title" x="26" y="\(band.y + 21)">\(Self.escaped(name))</text>

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
      <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" \
      orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
      <g id="scene">
      \(output)</g></svg>
      """
  }

  /// Text that fits a box. Names of one family differ at their ends, so the middle goes.
  private static func shortened(_ text: String) -> String {
    text.count <= 28 ? text : text.prefix(15) + "…" + text.suffix(12)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
