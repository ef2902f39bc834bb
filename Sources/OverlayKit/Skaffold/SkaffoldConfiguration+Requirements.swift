public import SourceText

extension SkaffoldConfiguration {
  /// The artifacts that one is built on, each followed by those it is built on in turn. One that is
  /// reached twice is there twice.
  ///
  /// - Throws: A required image that no artifact builds, images that are built on each other, or more
  ///   than 1,000 artifacts on the way.
  public func requirements(of artifact: Artifact) throws(DiagnosticError) -> [Artifact] {
    let artifacts = builds.flatMap(\.artifacts)
    let byImage = Dictionary(artifacts.map { ($0.image, $0) }) { $1 }
    var found: [Artifact] = []
    try collect(artifact, byImage, path: [artifact.image], into: &found)
    return found
  }

  private func collect(
    _ artifact: Artifact, _ byImage: [String: Artifact], path: [String],
    into found: inout [Artifact]
  ) throws(DiagnosticError) {
    for requirement in artifact.requirements {
      let image = requirement.image
      guard let base = byImage[image] else {
        throw DiagnosticError(
          Diagnostic(
            "unknown-image", .error, "no artifact builds the required image '\(image)'",
            detail: Spelling.nearest(to: image, among: Array(byImage.keys)).map {
              "Did you mean '\($0)'?"
            }, span: artifact.span))
      }
      let way = path + [image]
      guard !path.contains(image) else {
        throw DiagnosticError(
          Diagnostic(
            "required-in-a-cycle", .error, "an image is built on itself",
            detail: way.joined(separator: " requires "), span: artifact.span))
      }
      guard found.count < 1_000 else {
        throw DiagnosticError(
          Diagnostic(
            "too-many-requirements", .error,
            "'\(path.first ?? image)' is built on more than 1,000 images", span: artifact.span))
      }
      found.append(base)
      try collect(base, byImage, path: way, into: &found)
    }
  }
}
