internal import ManifestKit
internal import SourceText

extension OverlayRule {
  /// Finds objects that one overlay prints twice.
  static let duplicateResource = OverlayRule(
    id: "duplicate-resource",
    summary: "an object that an overlay prints in two versions",
    explanation: """
      The version of an object's API is a way to look at it, not a part of its name: an HPA in \
      `autoscaling/v1` and one in `autoscaling/v2` with the same name are one object. A build lets both \
      pass; whoever applies the manifests applies the one over the other. Delete one of them.
      """
  ) { context in
    context.builds.flatMap { build in
      var first: [ResourceID: Resource] = [:]
      return build.resources.compactMap { resource -> Diagnostic? in
        var id = resource.currentID
        id.kind.version = ""
        guard let other = first[id] else {
          first[id] = resource
          return nil
        }
        var finding = Diagnostic(
          "duplicate-resource", .warning,
          "\(resource.kind) '\(resource.name)' is printed in two versions by one overlay",
          detail: "Delete one of them.", span: resource.span)
        if let span = other.span {
          finding.related.append(Diagnostic.Related(span: span, message: "the other one"))
        }
        return finding
      }
    }
  }
}
