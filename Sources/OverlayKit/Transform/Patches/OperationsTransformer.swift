internal import ManifestKit
internal import SourceText

/// JSON patches (RFC 6902) of all resources that a target selects.
struct OperationsTransformer: Transformer {
  let target: Selector
  let span: SourceSpan

  init(
    _ text: PatchText, target: Selector, span: SourceSpan, _ workspace: Workspace
  ) throws(DiagnosticError) {
    self.target = target
    self.span = span
  }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    let matcher = try SelectorMatcher(target)
    for resource in resources where matcher.matches(resource, in: workspace) {
      resource.storePreviousID()
    }
  }
}
