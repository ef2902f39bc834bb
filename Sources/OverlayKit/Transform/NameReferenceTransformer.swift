internal import ManifestKit
internal import SourceText

/// Makes references follow the objects they name, after all renaming is done.
struct NameReferenceTransformer: Transformer {
  let references: [NameReference]

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    try refuseBlankNamespaces(resources, workspace)
    let candidates = Candidates(resources)
    let fields = FieldsByKind(references)
    for referrer in resources {
      let original = referrer.originalID.kind
      for (referral, field) in fields.fields(for: original) where original.isSelected(by: field.gvk)
      {
        try refuseNullVersion(referrer, workspace)
        try located(referrer, in: workspace) { () throws(FieldError) in
          try field.visitFields(of: referrer.root, in: workspace) { node throws(FieldError) in
            try ReferenceUpdate(
              referrer: referrer, referral: referral, field: field, candidates: candidates,
              workspace: workspace
            ).update(node)
          }
        }
      }
    }
  }
}

extension NameReferenceTransformer {
  /// Names cannot be looked up for an object whose `apiVersion` is spelled out as null.
  private func refuseNullVersion(
    _ resource: Resource, _ workspace: Workspace
  ) throws(DiagnosticError) {
    guard let version = workspace.tree.value("apiVersion", in: resource.root),
      workspace.tree.isNull(version), !workspace.tree.textBytes(of: version).isEmpty
    else { return }
    throw .located(
      "unexpected-type", "the 'apiVersion' of \(resource.currentID) is null",
      workspace.span(of: version) ?? resource.span)
  }

  /// A service account that a role binding names has a namespace or none, but not `null`.
  private func refuseBlankNamespaces(
    _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) {
    for binding in resources where binding.kind == "RoleBinding" {
      guard let subjects = workspace.tree.value("subjects", in: binding.root) else { continue }
      for subject in workspace.tree.elements(of: subjects)
      where workspace.tree.text(at: "kind", in: subject) == "ServiceAccount" {
        guard let namespace = workspace.tree.value("namespace", in: subject),
          !workspace.tree.isString(namespace)
        else { continue }
        throw .located(
          "blank-namespace", "the namespace of a subject of \(binding.currentID) is not text",
          workspace.span(of: namespace) ?? binding.span, detail: "Name it, or leave it out.")
      }
    }
  }
}

/// The reference fields, found by the kind that has them.
private struct FieldsByKind {
  private var byKind: [String: [(GroupVersionKind, FieldSpec)]] = [:]
  private var order: [(GroupVersionKind, FieldSpec)] = []

  init(_ references: [NameReference]) {
    for reference in references {
      for field in reference.fields { order.append((reference.referral, field)) }
    }
    // A field without a kind is every kind's; then the order of all has to be kept.
    guard order.allSatisfy({ !$0.1.gvk.kind.isEmpty }) else { return }
    for entry in order { byKind[entry.1.gvk.kind, default: []].append(entry) }
  }

  func fields(for gvk: GroupVersionKind) -> [(GroupVersionKind, FieldSpec)] {
    byKind.isEmpty ? order : byKind[gvk.kind] ?? []
  }
}

/// The resources that were renamed or moved, found by the names they had.
final class Candidates {
  private var byPreviousName: [String: [Resource]] = [:]

  init(_ resources: [Resource]) {
    for resource in resources {
      let ids = resource.previousIDs
      for (index, id) in ids.enumerated()
      where !ids[..<index].contains(where: { $0.name == id.name }) {
        byPreviousName[id.name, default: []].append(resource)
      }
    }
  }

  func resources(onceNamed name: String) -> [Resource] { byPreviousName[name] ?? [] }
}

/// One reference field of one resource.
private struct ReferenceUpdate {
  let referrer: Resource
  let referral: GroupVersionKind
  let field: FieldSpec
  let candidates: Candidates
  let workspace: Workspace

  func update(_ node: ValueTree.NodeID) throws(FieldError) {
    if workspace.tree.isNull(node) { return }
    switch workspace.tree.kind(of: node) {
    case .scalar: try updateScalar(node)
    case .mapping: try updateMapping(node)
    case .sequence:
      for element in workspace.tree.elements(of: node) {
        if workspace.tree.kind(of: element) == .mapping {
          try updateMapping(element)
        } else {
          try updateScalar(element)
        }
      }
    }
  }

  private func updateScalar(_ node: ValueTree.NodeID) throws(FieldError) {
    let name = workspace.tree.text(of: node)
    guard let referred = try select(name, namespace: nil, node) else { return }
    if referred.name != name { workspace.tree.setText(referred.name, of: node) }
  }

  /// A mapping that has the name in `name` and perhaps the namespace in `namespace`.
  private func updateMapping(_ node: ValueTree.NodeID) throws(FieldError) {
    guard let nameNode = workspace.tree.value("name", in: node) else {
      throw FieldError(message: "'\(field.text)' needs a 'name'", node: node)
    }
    let name = workspace.tree.text(of: nameNode)
    let namespace = workspace.tree.value("namespace", in: node).map { workspace.tree.text(of: $0) }
    guard let referred = try select(name, namespace: namespace, node) else { return }
    let newNamespace = referred.namespace
    if referred.name == name && newNamespace.isEmpty { return }
    workspace.tree.setText(referred.name, of: nameNode)
    guard !newNamespace.isEmpty else { return }
    if let namespaceNode = workspace.tree.value("namespace", in: node) {
      workspace.tree.setText(newNamespace, of: namespaceNode)
    } else {
      workspace.tree.set("namespace", in: node, to: workspace.tree.makeString(newNamespace))
    }
  }

  /// The one resource that a name refers to, or `nil` where it refers to none of them.
  private func select(
    _ name: String, namespace: String?, _ node: ValueTree.NodeID
  ) throws(FieldError) -> Resource? {
    var found = candidates.resources(onceNamed: name).filter(isReachable)
    if let namespace {
      let byOriginal = found.filter { scopes.isInNamespace(namespace, $0.originalID) }
      found =
        byOriginal.isEmpty
        ? found.filter { scopes.isInNamespace(namespace, $0.currentID) } : byOriginal
    }
    found = found.filter { candidate in
      candidate.previousIDs.contains { $0.kind.isSelected(by: referral) }
    }
    if field.text == "roleRef/name" || field.text.hasSuffix("/roleRef/name") {
      let role = GroupVersionKind(
        group: workspace.tree.text(at: "roleRef", "apiGroup", in: referrer.root) ?? "",
        kind: workspace.tree.text(at: "roleRef", "kind", in: referrer.root) ?? "")
      found = found.filter { candidate in
        candidate.previousIDs.contains { $0.kind.isSelected(by: role) }
      }
    }
    let referrerID = referrer.currentID
    if !scopes.isOutsideNamespaces(referrerID.kind) {
      found = found.filter { candidate in
        let id = candidate.currentID
        return scopes.isOutsideNamespaces(id.kind) || id.kind.kind == "ServiceAccount"
          || scopes.areTogether(referrerID, id)
      }
    }
    for allowEmpty in [true, false] where found.count > 1 {
      found = found.filter {
        referrer.sharesPrefixesAndSuffixes(with: $0, allowEmpty: allowEmpty)
      }
    }
    guard let first = found.first else { return nil }
    let isSame = found.allSatisfy {
      $0.name == first.name && (namespace == nil || $0.namespace == first.namespace)
    }
    guard isSame else {
      let names = found.map(\.currentID.description).joined(separator: ", ")
      throw FieldError(
        message: "'\(name)' in '\(field.text)' may refer to any of \(names)", node: node)
    }
    return first
  }

  private var scopes: KindScopes { workspace.scopes }

  /// Whether the referrer can name the candidate at all: both in one namespace, one of them outside
  /// namespaces, or the candidate in a namespace that the referrer's subjects name.
  private func isReachable(_ candidate: Resource) -> Bool {
    let from = referrer.currentID
    let to = candidate.currentID
    if scopes.isOutsideNamespaces(from.kind) || scopes.isOutsideNamespaces(to.kind)
      || scopes.areTogether(from, to)
    {
      return true
    }
    guard from.kind.kind == "RoleBinding",
      let subjects = workspace.tree.value("subjects", in: referrer.root)
    else { return false }
    return workspace.tree.elements(of: subjects).contains { subject in
      workspace.tree.text(at: "kind", in: subject) == "ServiceAccount"
        && workspace.tree.text(at: "namespace", in: subject) == to.namespace
    }
  }
}
