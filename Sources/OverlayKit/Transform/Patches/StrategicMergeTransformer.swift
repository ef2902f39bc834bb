internal import ManifestKit
internal import SourceText

/// Strategic-merge patches: each for the resource it names, or one for all that a target selects.
struct StrategicMergeTransformer: Transformer {
  let patches: [Resource]
  let target: Selector?
  /// The entry with the patch.
  let place: SourceSpan
  var allowsNameChange = false
  var allowsKindChange = false

  var span: SourceSpan? { place }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    if patches.isEmpty { return }
    if let target {
      guard patches.count == 1, let patch = patches.first else {
        throw .located(
          "several-patches-with-target",
          "a patch of several documents cannot have a 'target'", place,
          detail: "Write an entry of 'patches' for each document.")
      }
      let matcher = try SelectorMatcher(target)
      let selected = resources.filter { matcher.matches($0, in: workspace) }
      if selected.isEmpty { target.warnOfNoEffect(in: workspace, place) }
      for resource in selected { try patchOne(resource, with: patch, workspace) }
    } else {
      for patch in patches {
        try patchOne(try referent(of: patch, resources, workspace), with: patch, workspace)
      }
    }
    resources.removeAll(where: \.isEmpty)
    guard allowsNameChange || allowsKindChange else { return }
    try workspace.refuseDuplicates(
      resources, detail: "Let the target of the patch select one resource only."
    ) {
      "the patch makes two resources \($0.currentID.fullName)"
    }
  }

  private func referent(
    of patch: Resource, _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> Resource {
    let id = patch.originalID
    let matches = resources.filter { resource in
      resource.allIDs.contains { workspace.scopes.areSame($0, id) }
    }
    if matches.count == 1, let match = matches.first { return match }
    let patchPlace = patch.span ?? place
    guard matches.isEmpty else {
      throw .located(
        "ambiguous-target", "the patch fits several resources \(id.fullName)", patchPlace,
        detail: "Name the namespace in the patch, or patch each where it has its own name.")
    }
    let sameKind = resources.filter { $0.gvk.kind == id.kind.kind }
    let elsewhere = sameKind.first { $0.name == id.name }
    let hint =
      elsewhere.map {
        "There is \($0.currentID.fullName); apiVersion and namespace must be equal too."
      }
      ?? Spelling.nearest(to: id.name, among: sameKind.map(\.originalID.name))
      .map { "Did you mean '\($0)'?" }
      ?? sameKind.first.map { "There is \($0.originalID.fullName)." }
      ?? "There is no \(id.kind.kind) at all."
    throw .located(
      "patch-without-target", "the patch is for \(id.fullName), and there is no such resource",
      patchPlace,
      detail: hint)
  }

  /// Makes the labels and annotations of a patch text, as the original does with patches that have
  /// a target, and the annotations with those that have options; so that `null` there is a word and
  /// removes nothing, nor does `null` for all of them.
  private func spellOutMetadata(of patch: ValueTree.NodeID, _ workspace: Workspace) {
    guard let metadata = workspace.tree.value("metadata", in: patch) else { return }
    let hasOptions = allowsNameChange || allowsKindChange
    for section in target != nil
      ? ["labels", "annotations"] : hasOptions ? ["annotations"] : []
    {
      guard let map = workspace.tree.value(section, in: metadata) else { continue }
      if workspace.tree.isNull(map) {
        workspace.tree.remove(section, from: metadata)
        continue
      }
      for entry in workspace.tree.entries(of: map)
      where workspace.tree.kind(of: entry.value) == .scalar {
        workspace.tree.setStyle(.plain, of: entry.value)
        workspace.tree.setTag(.string, of: entry.value)
      }
    }
  }

  private func patchOne(
    _ resource: Resource, with patch: Resource, _ workspace: Workspace
  ) throws(DiagnosticError) {
    workspace.consultSchema()
    try resource.merge(in: workspace) { () throws(DiagnosticError) in
      try apply(patch, to: resource, workspace)
    }
  }

  /// Types the scalars below a node that have no type yet, where the original's merge comes by: in
  /// mappings, and in lists whose items it pairs.
  private func makeText(
    _ node: ValueTree.NodeID, _ type: SchemaType?, _ workspace: Workspace
  ) {
    switch workspace.tree.kind(of: node) {
    case .scalar:
      guard workspace.untypedScalars.remove(node) != nil else { return }
      if case .timestamp = workspace.tree.value(of: node) { return }
      workspace.tree.setTag(.string, of: node)
    case .mapping:
      for entry in workspace.tree.entries(of: node) {
        let field = type.flatMap { $0.field(workspace.tree.text(of: entry.key)) }
        makeText(entry.value, field, workspace)
      }
    case .sequence:
      guard let type, type.mergeKey != nil || !type.listMapKeys.isEmpty else { return }
      for element in workspace.tree.elements(of: node) { makeText(element, type.items, workspace) }
    }
  }

  private func apply(
    _ patch: Resource, to resource: Resource, _ workspace: Workspace
  ) throws(DiagnosticError) {
    let (name, namespace, kind) = (resource.name, resource.namespace, resource.kind)
    if allowsNameChange || allowsKindChange { resource.storePreviousID() }
    // The original drops what a replacement of the whole object gives.
    if workspace.tree.text(at: "$patch", in: patch.root) == "replace" { return }
    let copy = workspace.tree.copy(patch.root)
    // How lists merge is decided by the target's kind, or the patch's where that is unknown.
    let own = workspace.tree.value("apiVersion", in: resource.root)
    if let own { workspace.tree.set("apiVersion", in: copy, to: workspace.tree.copy(own)) }
    spellOutMetadata(of: copy, workspace)
    do throws(KustomizeMerge.Failure) {
      guard
        let merged = try KustomizeMerge(schema: workspace.schema).merge(
          copy, into: resource.root, in: &workspace.tree)
      else {
        resource.root = workspace.tree.makeMapping()
        return
      }
      resource.root = merged
    } catch {
      throw .located(
        "patch-not-applicable",
        "the patch does not fit \(resource.currentID): \(error.message)",
        workspace.span(of: error.node) ?? patch.span ?? place)
    }
    if resource.isEmpty { return }
    if !workspace.untypedScalars.isEmpty {
      let type = workspace.schema.type(of: resource.gvk)
      makeText(resource.root, type, workspace)
    }
    if own == nil, target != nil {
      workspace.tree.set("apiVersion", in: resource.root, to: workspace.tree.makeScalar(""))
    }
    if !allowsKindChange, resource.kind != kind { resource.kind = kind }
    if !allowsNameChange, resource.name != name { resource.name = name }
    if resource.namespace != namespace { resource.namespace = namespace }
  }
}
