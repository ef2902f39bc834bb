internal import SourceText

extension LintRule {
  /// Finds two objects with the same kind, namespace and name.
  static let duplicateResource = LintRule(
    id: "duplicate-resource",
    summary: "two objects with the same kind, namespace and name",
    explanation: """
      Of two objects with one identity the later silently overwrites the earlier when they are \
      applied. Remove one, or give it another name or namespace.
      """
  ) { context in
    // Of two versions the object is the same one.
    var first: [ResourceID: YAMLNode] = [:]
    var findings: [Diagnostic] = []
    for object in context.set.objects where !object.id.name.isEmpty {
      let place = object.node["metadata"]?["name"] ?? object.node
      let id = object.id.unversioned
      guard let earlier = first[id] else {
        first[id] = place
        continue
      }
      findings.append(
        Diagnostic(
          "duplicate-resource", .warning, "\(object.id) is there twice", span: place.span,
          related: [Diagnostic.Related(span: earlier.span, message: "the first one")]))
    }
    return findings
  }
}
