internal import ManifestKit
internal import SourceText

/// Makes resources of the documents of a stream.
struct ResourceReader {
  let workspace: Workspace

  /// Every object of a stream, objects of lists included; nulls are left out.
  func resources(in stream: YAMLStream) throws(DiagnosticError) -> [Resource] {
    for document in stream.documents {
      SecretPlaces(workspace: workspace).hide(inObject: document.root)
    }
    try GoYAML.refuse(stream, isSplit: true)
    var pending = try nodes(in: stream)
    var resources: [Resource] = []
    var index = 0
    while index < pending.count {
      let (root, span) = pending[index]
      index += 1
      if workspace.tree.isNull(root) { continue }
      guard workspace.tree.kind(of: root) == .mapping else {
        throw .located(
          "not-an-object", "a resource must be a mapping", span,
          detail: "It begins with 'apiVersion', 'kind' and 'metadata'.")
      }
      if workspace.tree.count(of: root) == 0 { continue }
      let kind = workspace.tree.text(at: "kind", in: root) ?? ""
      if kind.hasSuffix("List"), let items = try items(of: root, span) {
        pending += items.map { ($0, span) }
        continue
      }
      try validate(root, span)
      resources.append(Resource(root: root, in: workspace, span: span))
    }
    return resources
  }

  /// The roots of a stream's documents, each node marked with its document's place.
  private func nodes(
    in stream: YAMLStream
  ) throws(DiagnosticError) -> [(ValueTree.NodeID, SourceSpan)] {
    let roots = try workspace.add(documentsOf: stream)
    return zip(roots, stream.documents).map { root, document in
      let start = document.root.range.lowerBound
      let line = stream.source.bytes[start...].prefix { $0 != 0x0A }.count
      let span = SourceSpan(file: stream.file, bytes: start..<start + line)
      return (root, workspace.files.hosted(span))
    }
  }

  /// The objects in the `items` of a list; `nil` where there is no such field.
  private func items(
    of root: ValueTree.NodeID, _ span: SourceSpan
  ) throws(DiagnosticError) -> [ValueTree.NodeID]? {
    guard let items = workspace.tree.value("items", in: root) else { return nil }
    if workspace.tree.isNull(items) { return [] }
    guard workspace.tree.kind(of: items) == .sequence else {
      throw .located("unexpected-type", "'items' of a list must be a list", span)
    }
    return workspace.tree.elements(of: items)
  }

  /// Refuses what has no kind or name.
  ///
  /// - Parameter isBuilt: Whether it had them once.
  func validate(
    _ root: ValueTree.NodeID, _ span: SourceSpan?, isBuilt: Bool = false
  ) throws(DiagnosticError) {
    let taken = isBuilt ? "A patch, a replacement or a transformer took it." : nil
    let kind = workspace.tree.text(at: "kind", in: root) ?? ""
    if kind.hasSuffix("List"), workspace.tree.value("metadata", in: root) == nil { return }
    guard let metadata = workspace.tree.value("metadata", in: root),
      workspace.tree.kind(of: metadata) == .mapping
    else {
      throw .located("missing-metadata", "the object has no 'metadata'", span)
    }
    let isNull = workspace.tree.value("kind", in: root).map { workspace.tree.isNull($0) } ?? false
    guard !kind.isEmpty, !isNull else {
      throw .located(
        "missing-kind", "the object has no 'kind'", span,
        detail: taken ?? "Say what it is, such as 'kind: ConfigMap'.")
    }
    let name =
      workspace.tree.value("name", in: metadata).flatMap { node in
        workspace.tree.isNull(node) ? nil : workspace.tree.text(of: node)
      } ?? ""
    guard !name.isEmpty || kind.hasSuffix("List") else {
      throw .located(
        "missing-name", "the object has no 'metadata.name'", span,
        detail: taken ?? "Give it one that no other object of its kind has.")
    }
  }
}
