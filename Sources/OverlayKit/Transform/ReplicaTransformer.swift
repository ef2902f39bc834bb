internal import ManifestKit
internal import SourceText

/// One entry of `replicas`.
struct ReplicaOverride: Hashable, Sendable {
  var name: String
  var count: Int
  var span: SourceSpan?
}

/// `replicas`: sets the number of pods of the named workloads.
struct ReplicaTransformer: Transformer {
  let replica: ReplicaOverride
  let fields: [FieldSpec]

  var span: SourceSpan? { replica.span }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    var isFound = false
    for resource in resources {
      let kinds = resource.allIDs.filter { $0.name == replica.name }.map(\.kind)
      if kinds.isEmpty { continue }
      for field in fields where kinds.contains(where: { $0.isSelected(by: field.gvk) }) {
        isFound = true
        try located(resource, in: workspace) { () throws(FieldError) in
          try field.visit(resource.root, gvk: resource.gvk, in: workspace, creating: .string) {
            node in
            // Quotes stay, and with them the type.
            workspace.tree.setText(String(replica.count), of: node, tag: ScalarTag.none)
          }
        }
      }
    }
    if isFound { return }
    let kinds = fields.map(\.gvk)
    let names = resources.filter { resource in kinds.contains { resource.gvk.isSelected(by: $0) } }
      .map(\.originalID.name)
    let suggestion = Spelling.nearest(to: replica.name, among: names)
    throw .located(
      "replica-without-target", "no workload is called '\(replica.name)'", replica.span,
      detail: suggestion.map { "Did you mean '\($0)'?" }
        ?? "'replicas' knows Deployments, ReplicaSets, ReplicationControllers and StatefulSets.")
  }
}
