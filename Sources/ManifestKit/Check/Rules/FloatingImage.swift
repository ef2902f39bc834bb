internal import SourceText

extension LintRule {
  /// Finds container images without a tag or digest, or with the tag `latest`.
  static let floatingImage = LintRule(
    id: "floating-image",
    summary: "an image without a fixed tag",
    explanation: """
      An image without tag, or with `latest`, may be another one at every start: two replicas may \
      run different code, and a rollback restores nothing. Name a version, or a digest.
      """
  ) { context in
    context.set.objects.flatMap { object in
      object.containers.compactMap { container -> Diagnostic? in
        guard let image = container["image"], image.kind == .scalar else { return nil }
        let text = image.text
        guard !text.isEmpty, !text.contains("@"), !text.contains("$") else { return nil }
        let name = text.split(separator: "/").last ?? ""
        let tag = name.split(separator: ":", maxSplits: 1).dropFirst().first
        guard tag == nil || tag == "latest" else { return nil }
        let what = tag == nil ? "has no tag" : "has the tag 'latest'"
        return Diagnostic(
          "floating-image", .warning, "the image '\(text)' \(what)",
          detail: "Name a version or a digest, so that every start runs the same code.",
          span: image.span)
      }
    }
  }
}
