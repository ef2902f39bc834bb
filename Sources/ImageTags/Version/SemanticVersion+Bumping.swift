extension SemanticVersion {
  /// A number of the version core.
  public enum Part: String, CaseIterable, Sendable, Comparable {
    /// Fixes only.
    case patch
    /// Compatible additions.
    case minor
    /// Incompatible changes.
    case major

    /// Orders by how much a change of the part means.
    public static func < (left: Part, right: Part) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// The next release that raises a part; lower parts become 0, pre-release and metadata go.
  ///
  /// The patch of a pre-release is its own release: `1.2.3-rc.1` becomes `1.2.3`.
  public func bumping(_ part: Part) -> SemanticVersion {
    switch part {
    case .major: Self.core(major.successor, 0, 0)
    case .minor: Self.core(major, minor.successor, 0)
    case .patch: Self.core(major, minor, isPrerelease ? patch : patch.successor)
    }
  }

  /// The same version with another pre-release; an empty one makes it a release.
  public func with(prerelease: String) throws(ParseError) -> SemanticVersion {
    try SemanticVersion(major, minor, patch, prerelease: prerelease, metadata: metadata)
  }

  /// The same version with other build metadata.
  public func with(metadata: String) throws(ParseError) -> SemanticVersion {
    try SemanticVersion(major, minor, patch, prerelease: prerelease, metadata: metadata)
  }

  private static func core(
    _ major: NumericIdentifier, _ minor: NumericIdentifier, _ patch: NumericIdentifier
  ) -> SemanticVersion {
    SemanticVersion(unchecked: major, minor, patch, prerelease: "", metadata: "", original: nil)
  }
}
