internal import ManifestKit
internal import SourceText

extension ManifestExercise {
  private static let validator = ManifestValidator()

  /// The second document as a patch of the first, in every language of patches.
  func patch(_ stream: YAMLStream) {
    var tree = ValueTree()
    guard let roots = try? tree.add(documentsOf: stream), roots.count >= 2 else { return }
    let target = roots[0]
    let patch = roots[1]
    func with(_ body: (ValueTree.NodeID, ValueTree.NodeID, inout ValueTree) -> ValueTree.NodeID?) {
      var copy = tree
      guard let result = body(patch, target, &copy) else { return }
      _ = try? CanonicalYAML.text(of: result, in: copy)
    }
    with { patch, target, tree in MergePatch.apply(patch, to: target, in: &tree) }
    with { patch, target, tree in
      try? JSONPatch(patch, in: tree).apply(to: target, in: &tree)
    }
    with { patch, target, tree in
      try? StrategicMergePatch().apply(patch, to: target, in: &tree)
    }
    with { patch, target, tree in
      (try? KustomizeMerge().merge(patch, into: target, in: &tree)) ?? nil
    }
    let comparison = ManifestComparison([target], [patch], in: tree)
    _ = comparison.text()
    _ = comparison.json()
    _ = comparison.markdown()
  }

  /// Validation, lint, references, drawing, splitting.
  func check(_ stream: YAMLStream) {
    let custom = SchemaTable(customResources: stream.documents)
    let validator =
      custom.allKinds.isEmpty
      ? Self.validator : ManifestValidator(schemas: [custom, .kubernetes()])
    for document in stream.documents {
      for verdict in validator.verdicts(of: document) { _ = verdict.diagnostics }
    }
    let set = ResourceSet([stream])
    let findings = LintRule.findings(in: set)
    let graph = ResourceGraph(set)
    _ = graph.html(title: "", set: set, findings: findings)
    _ = graph.dot()
    _ = graph.mermaid()
    var split = ManifestSplit()
    _ = split.parts(of: stream)
    _ = split.joined(stream)
  }
}
