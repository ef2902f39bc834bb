public import ManifestKit
public import SourceText

/// What differs between two overlays, resource by resource and field by field.
///
/// Resources are paired by the names they have in their files, so that prefixes, suffixes, hashes
/// and namespaces, which differ between all environments, do not hide what else differs. References
/// to renamed resources are compared by the same names.
///
///     let result = OverlayBuilder().compare("overlays/staging", "overlays/prod")
///     print(result.comparison?.text() ?? "")
public struct OverlayComparison: Sendable {
  /// The differences; `nil` where one of the overlays could not be built.
  public let comparison: ManifestComparison?
  /// What there is to say about the builds.
  public let diagnostics: [Diagnostic]
  /// The files that the diagnostics point into.
  public let files: SourceFiles
}

extension OverlayBuilder {
  /// Builds two overlays and compares the results. Values of Secrets are never shown.
  public func compare(_ left: String, _ right: String) -> OverlayComparison {
    let workspace = Workspace()
    do throws(DiagnosticError) {
      let old = try resources(of: left, workspace)
      let new = try resources(of: right, workspace)
      OriginalNames.restore(old, in: workspace)
      OriginalNames.restore(new, in: workspace)
      OriginalNames.pairNamespaces(old, new)
      let comparison = ManifestComparison(
        old.map(\.root), new.map(\.root), in: workspace.tree)
      return OverlayComparison(
        comparison: comparison, diagnostics: workspace.diagnostics, files: workspace.files.files)
    } catch {
      return OverlayComparison(
        comparison: nil, diagnostics: workspace.diagnostics + error.diagnostics,
        files: workspace.files.files)
    }
  }
}

/// Gives built resources the names back that they have in their files.
private enum OriginalNames {
  static func restore(_ resources: [Resource], in workspace: Workspace) {
    var renamed: [String: String] = [:]
    for resource in resources {
      let original = resource.originalID
      if resource.name != original.name { renamed[resource.name] = original.name }
    }
    for resource in resources {
      let original = resource.originalID
      resource.name = original.name
      // Where a resource lives is the environment itself, not a difference.
      if !workspace.scopes.isOutsideNamespaces(resource.gvk) { resource.namespace = "" }
      if !renamed.isEmpty { replaceReferences(below: resource.root, renamed, workspace) }
    }
  }

  private static func replaceReferences(
    below root: ValueTree.NodeID, _ renamed: [String: String], _ workspace: Workspace
  ) {
    var pending = [root]
    while let node = pending.popLast() {
      switch workspace.tree.kind(of: node) {
      case .mapping: pending += workspace.tree.entries(of: node).map(\.value)
      case .sequence: pending += workspace.tree.elements(of: node)
      case .scalar:
        if let original = renamed[workspace.tree.text(of: node)] {
          workspace.tree.setText(original, of: node)
        }
      }
    }
  }

  /// Two overlays that have one Namespace each mean the same by it.
  static func pairNamespaces(_ old: [Resource], _ new: [Resource]) {
    let left = old.filter { $0.kind == "Namespace" }
    let right = new.filter { $0.kind == "Namespace" }
    if left.count == 1, right.count == 1 { left[0].name = right[0].name }
  }
}
