public import SourceText

extension ResourceGraph {
  /// The graph in the language of Graphviz.
  public func dot() -> String {
    var output = "digraph objects {\n  rankdir=LR;\n  node [shape=box];\n"
    for (index, node) in nodes.enumerated() {
      let style = node.object == nil ? ", style=dashed" : ""
      output += "  n\(index) [label=\(Self.quoted(node.label))\(style)];\n"
    }
    for edge in edges {
      output += "  n\(edge.from) -> n\(edge.to) [label=\(Self.quoted(edge.verb.rawValue))];\n"
    }
    return output + "}\n"
  }

  /// The graph as a Mermaid flowchart.
  public func mermaid() -> String {
    var output = "flowchart LR\n"
    for (index, node) in nodes.enumerated() {
      let text = node.label.replacing("\"", with: "'").replacing("\n", with: "<br>")
      output += "  n\(index)[\"\(text)\"]\n"
    }
    for edge in edges { output += "  n\(edge.from) -->|\(edge.verb.rawValue)| n\(edge.to)\n" }
    return output
  }

  /// The graph as a JSON document.
  public func json() -> JSONValue {
    let nodes = nodes.map { node -> JSONValue in
      .object([
        ("apiVersion", .string(node.id.kind.apiVersion)), ("kind", .string(node.id.kind.kind)),
        ("namespace", .string(node.id.namespace)), ("name", .string(node.id.name)),
        ("missing", .bool(node.object == nil)),
      ])
    }
    let edges = edges.map { edge -> JSONValue in
      .object([
        ("from", .integer(edge.from)), ("to", .integer(edge.to)),
        ("verb", .string(edge.verb.rawValue)),
      ])
    }
    return .object([("nodes", .array(nodes)), ("edges", .array(edges))])
  }

  private static func quoted(_ text: String) -> String {
    "\""
      + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n") + "\""
  }
}

extension ResourceGraph.Node {
  /// Kind and name in two lines.
  var label: String {
    id.kind.kind + "\n" + (id.namespace.isEmpty ? "" : id.namespace + "/") + id.name
  }
}
