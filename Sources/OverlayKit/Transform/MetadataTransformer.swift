internal import ManifestKit
internal import SourceText

/// `commonLabels`, `labels` and `commonAnnotations`: sets entries in all the fields that hold
/// labels or annotations.
struct MetadataTransformer: Transformer {
  let entries: [(key: String, value: String)]
  let fields: [FieldSpec]
  var span: SourceSpan?

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    guard !entries.isEmpty else { return }
    if resources.isEmpty {
      workspace.warn(
        "labels-without-effect", "there is no resource to label or annotate", span,
        detail: "Leave the field out, or name resources.")
    }
    for resource in resources {
      let gvk = resource.gvk
      for field in fields {
        if field.text == "metadata/annotations", resource.hasNotes, !resource.hasAnnotations {
          _ = workspace.tree.makePath(["metadata", "annotations"], in: resource.root)
        }
        try located(resource, in: workspace) { () throws(FieldError) in
          try field.visit(resource.root, gvk: gvk, in: workspace, creating: .mapping) {
            node throws(FieldError) in
            if workspace.tree.isNull(node) {
              workspace.tree.replace(node, with: workspace.tree.makeMapping())
            }
            guard workspace.tree.kind(of: node) == .mapping else {
              throw FieldError(message: "'\(field.text)' must be a mapping", node: node)
            }
            for (key, value) in entries {
              workspace.setEntry(key, of: node, to: workspace.tree.makeString(value))
            }
          }
        }
      }
    }
  }
}
