internal import SourceText

extension OverlayRule {
  /// Finds components that no kustomization lists.
  static let unusedComponent = OverlayRule(
    id: "unused-component",
    summary: "a component that no kustomization lists",
    explanation: """
      A component is only built where a kustomization lists it under `components`. One that is nowhere \
      listed does nothing. List it, or delete its folder.
      """
  ) { context in
    let used = Set(context.graph.edges.map(\.to))
    return context.graph.nodes.indices.compactMap { index in
      let node = context.graph.nodes[index]
      guard node.isComponent, !used.contains(index) else { return nil }
      return Diagnostic(
        "unused-component", .warning, "no kustomization lists this component",
        detail: "List its folder under 'components', or delete it.",
        path: FilePath.join(node.folder, node.fileName))
    }
  }
}
