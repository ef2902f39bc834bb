internal import SourceText

extension OverlayRule {
  /// Finds fields that others have taken the place of.
  static let deprecatedField = OverlayRule(
    id: "deprecated-field",
    summary: "a field that another has taken the place of",
    explanation: """
      Kustomize still reads `bases`, `imageTags`, `commonLabels`, `patchesStrategicMerge`, \
      `patchesJson6902` and `vars`, but new abilities come to the fields that replaced them. \
      `overlay-check --fix` rewrites all but `vars`, which cannot be turned into `replacements` \
      without knowing what was meant.
      """
  ) { context in
    context.warnings.filter { $0.id == "deprecated-field" }
  }
}
