internal import SourceText

extension OverlayRule {
  /// Finds patches, images and other entries that change nothing.
  static let withoutEffect = OverlayRule(
    id: "without-effect",
    summary: "an entry that changes nothing",
    explanation: """
      A patch whose target selects nothing, an image that no container has: the build goes on without \
      a word, and what was meant does not happen. Correct the name, or delete the entry. The findings \
      bear the id that `overlay-build` gives them, such as `patch-without-effect`.
      """
  ) { context in
    context.warnings.filter { $0.id != "deprecated-field" }
  }
}
