public import SourceText

extension OverlayGraph {
  /// The graph as indented lines: every kustomization that nothing uses, and below it what it uses.
  /// What was shown before is not unfolded again.
  public func text() -> String {
    var lines: [String] = []
    var shown: Set<Int> = []
    func show(_ index: Int, _ depth: Int, _ note: String) {
      let isNew = shown.insert(index).inserted
      let used = edges.filter { $0.from == index }
      let repeats = !isNew && !used.isEmpty ? " …" : ""
      lines.append(
        String(repeating: "  ", count: depth) + nodes[index].folder + note + repeats)
      guard isNew else { return }
      for edge in used {
        show(edge.to, depth + 1, edge.field == "components" ? " (component)" : "")
      }
      for remote in remotes where remote.from == index {
        lines.append(String(repeating: "  ", count: depth + 1) + remote.entry + " (remote)")
      }
    }
    for root in roots { show(root, 0, "") }
    for index in nodes.indices where !shown.contains(index) {
      show(index, 0, nodes[index].isComponent ? " (component that nothing uses)" : " (in a circle)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The graph in the language of Graphviz.
  public func dot() -> String {
    var output = "digraph overlays {\n  rankdir=LR;\n  node [shape=box];\n"
    for (index, node) in nodes.enumerated() {
      let style = node.isComponent ? ", style=rounded" : ""
      output += "  n\(index) [label=\(Self.quoted(node.folder))\(style)];\n"
    }
    for edge in edges { output += "  n\(edge.from) -> n\(edge.to);\n" }
    for (index, remote) in remotes.enumerated() {
      output += "  r\(index) [label=\(Self.quoted(remote.entry)), style=dashed];\n"
      output += "  n\(remote.from) -> r\(index);\n"
    }
    return output + "}\n"
  }

  /// The graph as a Mermaid flowchart.
  public func mermaid() -> String {
    func label(_ text: String) -> String { text.replacing("\"", with: "'") }
    var output = "flowchart LR\n"
    for (index, node) in nodes.enumerated() {
      output +=
        node.isComponent
        ? "  n\(index)([\"\(label(node.folder))\"])\n" : "  n\(index)[\"\(label(node.folder))\"]\n"
    }
    for edge in edges { output += "  n\(edge.from) --> n\(edge.to)\n" }
    for (index, remote) in remotes.enumerated() {
      output += "  r\(index)[\"\(label(remote.entry))\"]\n  n\(remote.from) -.-> r\(index)\n"
    }
    return output
  }

  /// The graph as a JSON document.
  public func json() -> JSONValue {
    let nodes = nodes.map { node -> JSONValue in
      .object([("folder", .string(node.folder)), ("component", .bool(node.isComponent))])
    }
    let edges = edges.map { edge -> JSONValue in
      .object([
        ("from", .integer(edge.from)), ("to", .integer(edge.to)), ("field", .string(edge.field)),
      ])
    }
    let remotes = remotes.map { remote -> JSONValue in
      .object([("from", .integer(remote.from)), ("entry", .string(remote.entry))])
    }
    return .object([
      ("nodes", .array(nodes)), ("edges", .array(edges)), ("remotes", .array(remotes)),
      ("roots", .array(roots.map(JSONValue.integer))),
    ])
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
