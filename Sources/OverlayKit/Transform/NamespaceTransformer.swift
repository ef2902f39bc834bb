internal import ManifestKit
internal import SourceText

/// `namespace`: moves every resource that lives in a namespace, and what names namespaces.
struct NamespaceTransformer: Transformer {
  /// Which subjects of role bindings follow.
  enum Subjects: String {
    /// Service accounts called `default`.
    case defaultOnly
    case allServiceAccounts
    case none
  }

  let namespace: String
  let fields: [FieldSpec]
  var subjects = Subjects.defaultOnly
  /// Whether only resources without a namespace are moved.
  var unsetOnly = false

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    guard !namespace.isEmpty else { return }
    for resource in resources where !resource.isEmpty {
      resource.storePreviousID()
      if resource.isFromChart || unsetOnly && !resource.namespace.isEmpty { continue }
      try located(resource, in: workspace) { () throws(FieldError) in
        try apply(to: resource, workspace)
      }
      resource.forgetIdentity()
    }
    try workspace.refuseDuplicates(
      resources, "namespace-collision", detail: "Rename one of them, or leave one out."
    ) {
      "moving everything to the namespace '\(namespace)' makes two resources "
        + $0.currentID.fullName
    }
  }

  private func apply(to resource: Resource, _ workspace: Workspace) throws(FieldError) {
    let gvk = resource.gvk
    let isBinding = gvk.kind == "RoleBinding" || gvk.kind == "ClusterRoleBinding"
    if !workspace.scopes.isOutsideNamespaces(gvk) {
      let own = FieldSpec("metadata/namespace", create: true)
      try own.visit(resource.root, gvk: gvk, in: workspace, creating: .string) { node in
        set(node, workspace)
      }
    }
    if isBinding { try moveSubjects(of: resource, workspace) }
    for field in fields {
      if field.text == "metadata/namespace" { continue }
      if field.text == "metadata/name", gvk.apiVersion != "v1" { continue }
      if isBinding, field.text == "subjects" || field.text.hasPrefix("subjects/") { continue }
      try field.visit(resource.root, gvk: gvk, in: workspace, creating: .string) {
        node throws(FieldError) in
        guard workspace.tree.kind(of: node) == .scalar else {
          throw FieldError(message: "a namespace must be a scalar", node: node)
        }
        set(node, workspace)
      }
    }
  }

  private func set(_ node: ValueTree.NodeID, _ workspace: Workspace) {
    if unsetOnly, !workspace.tree.text(of: node).isEmpty { return }
    workspace.tree.setText(namespace, of: node, style: .plain, tag: .string)
  }

  private func moveSubjects(of binding: Resource, _ workspace: Workspace) throws(FieldError) {
    guard subjects != .none, let list = workspace.tree.value("subjects", in: binding.root) else {
      return
    }
    for subject in workspace.tree.elements(of: list) {
      guard workspace.tree.kind(of: subject) == .mapping else {
        throw FieldError(message: "a subject must be a mapping", node: subject)
      }
      let isServiceAccount = workspace.tree.text(at: "kind", in: subject) == "ServiceAccount"
      let isDefault = workspace.tree.text(at: "name", in: subject) == "default"
      // Whatever is called `default` counts as the account of that name.
      guard subjects == .allServiceAccounts ? isServiceAccount : isDefault else { continue }
      if let node = workspace.tree.value("namespace", in: subject) {
        set(node, workspace)
      } else {
        workspace.tree.set("namespace", in: subject, to: workspace.tree.makeString(namespace))
      }
    }
  }
}
