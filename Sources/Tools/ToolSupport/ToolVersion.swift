/// The version that `--version` prints; one for the whole suite.
public enum ToolVersion {
  /// Semantic version of this source tree.
  public static let current = "0.1.0"
}
