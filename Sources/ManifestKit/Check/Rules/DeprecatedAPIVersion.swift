internal import SourceText

extension LintRule {
  /// Finds objects whose API version the chosen Kubernetes version deprecates or no longer serves.
  static let deprecatedAPIVersion = LintRule(
    id: "deprecated-api-version",
    summary: "an API version that Kubernetes deprecates or has removed",
    explanation: """
      A deprecated API version works today and will be refused by a later Kubernetes; a removed one is \
      refused already, and the object is not applied. Write the version that took its place; fields \
      may have moved, so validate the object after the change. --kubernetes-version chooses the \
      version that is asked about.
      """
  ) { context in
    context.set.objects.compactMap { object in
      guard let entry = APIVersionHistory.entry(of: object.id.kind, in: context.version) else {
        return nil
      }
      let isServed = entry.lastServed == nil && (entry.removed ?? Int.max) > context.version.minor
      return Diagnostic(
        "deprecated-api-version", isServed ? .warning : .error,
        "\(object.id.kind) \(words(for: entry, isServed, context.version))",
        detail: "Instead: \(entry.replacement).",
        span: (object.node["apiVersion"] ?? object.node).span)
    }
  }

  private static func words(
    for entry: APIVersionHistory.Entry, _ isServed: Bool, _ version: SchemaTable.KubernetesVersion
  ) -> String {
    if let last = entry.lastServed {
      return "is not served by Kubernetes \(version.rawValue); 1.\(last) served it"
    }
    let end = entry.removed.map { "1.\($0)" } ?? ""
    guard isServed else { return "is not served since Kubernetes \(end)" }
    return "is deprecated since Kubernetes 1.\(entry.deprecated ?? 0)"
      + (end.isEmpty ? "" : " and removed in \(end)")
  }
}
