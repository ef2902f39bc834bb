internal import SourceText

extension Expression {
  /// What a JSON string says as native syntax, and what is wrong with it, for the arguments that are
  /// read so; `nil` for what is no JSON string.
  var nativeReading: (expression: Expression, problems: [Problem])? {
    guard case .jsonString(let text, _) = node.kind else { return nil }
    let (inner, found) = SyntaxTree.parseExpression(
      SourceFile(name: "", text: text), id: span.file)
    var nodes = inner.tree.nodes
    for index in nodes.indices { nodes[index].shift(by: span.start) }
    let tree = SyntaxTree(file: span.file, nodes: nodes, body: inner.tree.body)
    return (tree.expression(inner.id), found.map { $0.shifted(by: span.start) })
  }
}
