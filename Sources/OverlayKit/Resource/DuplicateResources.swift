internal import ManifestKit
internal import SourceText

extension Workspace {
  /// Refuses two resources of one identity, with both places.
  ///
  /// - Parameter summary: What is wrong, for the second of them.
  func refuseDuplicates(
    _ resources: [Resource], _ id: Diagnostic.ID = "duplicate-resource",
    detail: String = "Name one of them differently.", summary: (Resource) -> String
  ) throws(DiagnosticError) {
    var known: [ExactID: Resource] = [:]
    for resource in resources {
      let key = ExactID(scopes.key(of: resource.currentID))
      guard let other = known.updateValue(resource, forKey: key) else { continue }
      var error = Diagnostic(id, .error, summary(resource), detail: detail, span: resource.span)
      if let span = other.span {
        error.related.append(Diagnostic.Related(span: span, message: "the other one"))
      }
      throw DiagnosticError(error)
    }
  }
}
