internal import ManifestKit
internal import SourceText

/// `namePrefix` and `nameSuffix`.
struct NameAffixTransformer: Transformer {
  enum Position {
    case prefix
    case suffix
  }

  let position: Position
  let affix: String
  let fields: [FieldSpec]

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    for resource in resources {
      let original = resource.originalID.kind
      if Self.keepsItsName(original) { continue }
      for field in fields where original.isSelected(by: field.gvk) {
        if field.text == "metadata/name", !affix.isEmpty {
          switch position {
          case .prefix: resource.prefixes.append(affix)
          case .suffix: resource.suffixes.append(affix)
          }
          resource.storePreviousID()
        }
        if affix.isEmpty { continue }
        defer { resource.forgetIdentity() }
        try located(resource, in: workspace) { () throws(FieldError) in
          try field.visit(
            resource.root, gvk: resource.gvk, in: workspace, creating: .string
          ) {
            node throws(FieldError) in
            guard workspace.tree.kind(of: node) == .scalar else {
              throw FieldError(message: "a name must be a scalar", node: node)
            }
            let text = workspace.tree.text(of: node)
            workspace.tree.setText(
              position == .prefix ? affix + text : text + affix, of: node, tag: .string)
          }
        }
      }
    }
  }

  /// Kinds whose names mean something beyond the object itself.
  private static func keepsItsName(_ gvk: GroupVersionKind) -> Bool {
    gvk.kind == "CustomResourceDefinition" || gvk.kind == "Namespace"
      || gvk.kind == "APIService" && gvk.group == "apiregistration.k8s.io"
  }
}
