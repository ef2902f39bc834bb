internal import ManifestKit
internal import SourceText

/// What one build shares: the tree all resources live in, the files read, what there is to say.
///
/// A class, since every stage of a build adds to the same workspace.
final class Workspace {
  var tree = ValueTree()
  var files = SourceFiles()
  var diagnostics: [Diagnostic] = []
  /// The files that were read, as absolute paths; also as resolved ones where links led there.
  var inputs: Set<String> = []
  /// Whether resources remember where they come from and which transformers worked on them.
  var recordsHistory = false
  /// Scalars that were written without a type: what they spell decides, until a strategic-merge
  /// patch passes by and makes them text.
  var untypedScalars: Set<ValueTree.NodeID> = []
  /// The schema that a kustomization named; the first one counts.
  var customSchema: SchemaTable?
  /// What decides how lists merge.
  var schema: SchemaTable { customSchema ?? .kustomize }

  /// The span that a node came from, as its origin number says.
  func span(of node: ValueTree.NodeID) -> SourceSpan? {
    let origin = Int(tree.origin(of: node))
    return origin > 0 && origin <= spans.count ? spans[origin - 1] : nil
  }

  /// Sets an entry as the original does: a key that is new gets no quotes, whatever it spells, so
  /// that `true` cannot be written afterwards.
  func setEntry(_ key: String, of map: ValueTree.NodeID, to value: ValueTree.NodeID) {
    if tree.value(key, in: map) != nil {
      tree.set(key, in: map, to: value)
    } else {
      tree.appendEntry(tree.makeScalar(key), value, to: map)
    }
  }

  private var spans: [SourceSpan] = []

  /// A number to be noted on nodes that come from these bytes.
  func originNumber(of span: SourceSpan) -> UInt32 {
    spans.append(span)
    return UInt32(spans.count)
  }
}

extension Workspace {
  /// Says that something in a kustomization is of no use.
  func warn(
    _ id: Diagnostic.ID, _ summary: String, _ span: SourceSpan?, detail: String? = nil
  ) {
    diagnostics.append(Diagnostic(id, .warning, summary, detail: detail, span: span))
  }
}

extension DiagnosticError {
  /// One error with a place.
  static func located(
    _ id: Diagnostic.ID, _ summary: String, _ span: SourceSpan?, detail: String? = nil
  ) -> DiagnosticError {
    DiagnosticError(Diagnostic(id, .error, summary, detail: detail, span: span))
  }
}
