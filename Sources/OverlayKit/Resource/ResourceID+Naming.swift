internal import ManifestKit

extension GroupVersionKind {
  /// Whether the kind passes a filter: each part the filter names must be equal.
  func isSelected(by filter: GroupVersionKind) -> Bool {
    (filter.group.isEmpty || filter.group == group)
      && (filter.version.isEmpty || filter.version == version)
      && (filter.kind.isEmpty || filter.kind == kind)
  }
}

extension ResourceID {
  /// `apps/v1 Deployment prod/web`, for where the version matters.
  var fullName: String { "\(kind) " + (namespace.isEmpty ? name : namespace + "/" + name) }
}
