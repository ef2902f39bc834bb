internal import ManifestKit
internal import SourceText

/// A step of a build that changes the resources it is given.
protocol Transformer {
  /// Changes resources in place; may drop some.
  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError)

  /// The entry of a kustomization that asks for the step, where it has one to itself.
  var span: SourceSpan? { get }
}

extension Transformer {
  var span: SourceSpan? { nil }
}

extension Transformer {
  /// Turns a field's failure into a diagnostic at the resource's place.
  func located<Result>(
    _ resource: Resource, in workspace: Workspace, _ body: () throws(FieldError) -> Result
  ) throws(DiagnosticError) -> Result {
    do throws(FieldError) {
      return try body()
    } catch {
      throw .located(
        "unexpected-field-type", "in \(resource.currentID): \(error.message)",
        workspace.span(of: error.node) ?? resource.span)
    }
  }
}
