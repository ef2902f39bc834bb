internal import ManifestKit
internal import SourceText

/// What one build shares: the tree all resources live in, the files read, what there is to say.
///
/// A class, since every stage of a build adds to the same workspace.
final class Workspace {
  var tree = ValueTree()
  var files = SourceFiles()
  var diagnostics: [Diagnostic] = []

  /// The span that a node came from, as its origin number says.
  func span(of node: ValueTree.NodeID) -> SourceSpan? {
    let origin = Int(tree.origin(of: node))
    return origin > 0 && origin <= spans.count ? spans[origin - 1] : nil
  }

  private var spans: [SourceSpan] = []

  /// A number to be noted on nodes that come from these bytes.
  func originNumber(of span: SourceSpan) -> UInt32 {
    spans.append(span)
    return UInt32(spans.count)
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
