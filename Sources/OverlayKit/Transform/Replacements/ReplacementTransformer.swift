internal import ManifestKit
internal import SourceText

/// `replacements`.
struct ReplacementTransformer: Transformer {
  let replacements: [Replacement]

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    for replacement in replacements {
      let value = try sourceValue(of: replacement, resources, workspace)
      guard !replacement.targets.isEmpty else {
        throw .located(
          "missing-field", "a replacement needs 'targets'", replacement.span)
      }
      for target in replacement.targets {
        workspace.tree.author = workspace.files.origin(of: target.span)
        try apply(value, to: target, resources, workspace)
      }
    }
  }

  // MARK: The source

  private func sourceValue(
    of replacement: Replacement, _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> ValueTree.NodeID {
    if let text = replacement.sourceValue {
      guard replacement.source == nil else {
        throw .located(
          "conflicting-fields", "a replacement has either a 'source' or a 'sourceValue'",
          replacement.span)
      }
      return workspace.tree.makeScalar(text)
    }
    guard let source = replacement.source else {
      throw .located("missing-field", "a replacement needs a 'source'", replacement.span)
    }
    let resource = try select(source, resources, workspace)
    let found = try follow(source.fieldPath, source.span) { path throws(FieldPath.Failure) in
      try path.node(in: resource.root, of: workspace.tree)
    }
    guard let node = found, !workspace.tree.isNull(node) else {
      throw .located(
        "field-not-found",
        "\(resource.currentID) has no field '\(source.fieldPath)'", source.span,
        detail: suggestion(for: source.fieldPath, in: resource, workspace))
    }
    guard !source.options.delimiter.isEmpty else { return node }
    guard workspace.tree.kind(of: node) == .scalar else {
      throw .located(
        "unexpected-type", "a delimiter needs a text to split, and '\(source.fieldPath)' is none",
        source.span)
    }
    let parts = workspace.tree.text(of: node).parts(between: source.options.delimiter)
    guard parts.indices.contains(source.options.index) else {
      throw .located(
        "index-out-of-range",
        "'\(source.fieldPath)' has \(parts.count) parts; there is no number \(source.options.index)",
        source.span)
    }
    let part = workspace.tree.copy(node)
    workspace.tree.setText(parts[source.options.index], of: part)
    return part
  }

  private func select(
    _ source: Replacement.Source, _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> Resource {
    let matches = resources.filter { resource in
      resource.allIDs.contains { id in
        id.kind.isSelected(by: source.gvk)
          && (source.name.isEmpty || source.name == id.name)
          && (source.namespace.isEmpty || source.namespace == workspace.scopes.namespace(of: id))
      }
    }
    guard let first = matches.first else {
      let names = resources.filter { $0.gvk.isSelected(by: source.gvk) }.flatMap {
        $0.allIDs.map(\.name)
      }
      throw .located(
        "replacement-without-source", "no resource is \(source.gvk) '\(source.name)'",
        source.span,
        detail: Spelling.nearest(to: source.name, among: names).map { "Did you mean '\($0)'?" }
          ?? names.first.map { "There is '\($0)'." } ?? "There is none of this kind.")
    }
    guard matches.count == 1 else {
      throw .located(
        "ambiguous-source",
        "several resources fit: \(matches.map(\.currentID.description).joined(separator: ", "))",
        source.span)
    }
    return first
  }

  private func suggestion(
    for path: String, in resource: Resource, _ workspace: Workspace
  ) -> String? {
    guard let path = try? FieldPath(path) else { return nil }
    var node = resource.root
    for step in path.steps {
      guard case .key(let key) = step else { return nil }
      if let next = workspace.tree.value(key, in: node) {
        node = next
        continue
      }
      let keys = workspace.tree.entries(of: node).map { workspace.tree.text(of: $0.key) }
      return Spelling.nearest(to: key, among: keys).map { "Did you mean '\($0)'?" }
    }
    return nil
  }

  // MARK: The targets

  private func apply(
    _ value: ValueTree.NodeID, to target: Replacement.Target, _ resources: [Resource],
    _ workspace: Workspace
  ) throws(DiagnosticError) {
    let selected = try SelectorMatcher(target.select)
    var rejected: [SelectorMatcher] = []
    for selector in target.reject { rejected.append(try SelectorMatcher(selector)) }
    let paths =
      target.fieldPaths.isEmpty
      ? [Kustomization.Entry(text: "metadata.name", span: target.span)] : target.fieldPaths
    var isUsed = false
    for resource in resources where selected.matchesAnyID(of: resource, in: workspace) {
      if rejected.contains(where: { $0.rejects(resource, in: workspace) }) { continue }
      isUsed = true
      for path in paths {
        try set(path, of: resource, to: value, target.options, workspace)
      }
    }
    if isUsed { return }
    workspace.warn(
      "replacement-without-effect", "the target of the replacement selects no resource",
      target.select.span ?? target.span,
      detail: "Kind, name and namespace must match as a whole; they are regular expressions.")
  }

  private func set(
    _ path: Kustomization.Entry, of resource: Resource, to value: ValueTree.NodeID,
    _ options: Replacement.Options, _ workspace: Workspace
  ) throws(DiagnosticError) {
    let kind = workspace.tree.kind(of: value)
    let found = try follow(path.text, path.span) { fieldPath throws(FieldPath.Failure) in
      try fieldPath.targets(
        in: resource.root, of: &workspace.tree, creating: options.create ? kind : nil)
    }
    guard let nodes = found else { return }
    guard !nodes.isEmpty else {
      throw .located(
        "field-not-found", "\(resource.currentID) has no field '\(path.text)'", path.span,
        detail: suggestion(for: path.text, in: resource, workspace)
          ?? "Set the option 'create' to make it.")
    }
    for node in nodes { try set(node, to: value, options, path.span, workspace) }
    resource.forgetIdentity()
  }

  /// Reads a path and walks it; what fails is told of at its place.
  private func follow<Result>(
    _ path: String, _ span: SourceSpan, _ body: (FieldPath) throws(FieldPath.Failure) -> Result
  ) throws(DiagnosticError) -> Result {
    do throws(FieldPath.Failure) {
      return try body(try FieldPath(path))
    } catch {
      throw .located(
        "bad-field-path", "'\(path)' cannot be followed: \(error.message)", span,
        detail:
          "Write keys between dots, '[key=value]' for list items, and '\\.' for a dot in a key."
      )
    }
  }

  private func set(
    _ node: ValueTree.NodeID, to value: ValueTree.NodeID, _ options: Replacement.Options,
    _ span: SourceSpan, _ workspace: Workspace
  ) throws(DiagnosticError) {
    // A scalar target takes the text of the source, and a collection has none.
    let text = workspace.tree.kind(of: value) == .scalar ? workspace.tree.text(of: value) : ""
    guard workspace.tree.kind(of: node) == .scalar else {
      guard options.delimiter.isEmpty else {
        throw .located(
          "unexpected-type", "a delimiter needs a text to split, and the target is none", span)
      }
      workspace.tree.replace(node, with: workspace.tree.copy(value))
      return
    }
    guard !options.delimiter.isEmpty else {
      // The target keeps its style and its type, so that text for a number cannot be written; a
      // field that was just made has none yet.
      let tag = type(of: node, workspace)
      workspace.tree.setText(text, of: node, tag: tag)
      if tag == .none { workspace.untypedScalars.insert(node) }
      return
    }
    var parts = workspace.tree.text(of: node).parts(between: options.delimiter)
    if options.index < 0 {
      parts.insert(text, at: 0)
    } else if options.index >= parts.count {
      parts.append(text)
    } else {
      parts[options.index] = text
    }
    workspace.tree.setText(
      parts.joined(separator: options.delimiter), of: node, tag: type(of: node, workspace))
  }

  /// The type of a scalar as a tag.
  private func type(of node: ValueTree.NodeID, _ workspace: Workspace) -> ScalarTag {
    let tag = workspace.tree.tag(of: node)
    guard tag == .none, !workspace.tree.style(of: node).isQuoted,
      !workspace.tree.textBytes(of: node).isEmpty
    else { return tag }
    return switch workspace.tree.value(of: node) {
    case .null: .null
    case .bool: .bool
    case .integer, .unsigned: .integer
    case .float: .float
    case .timestamp: .timestamp
    case .string: .string
    case nil: .none
    }
  }
}
