extension SchemaTable {
  /// A Kubernetes version that has a built-in table.
  public enum KubernetesVersion: String, CaseIterable, Hashable, Sendable {
    /// 1.31.
    case v1_31 = "1.31"
    /// 1.34.
    case v1_34 = "1.34"
    /// 1.36.
    case v1_36 = "1.36"
    /// 1.37.
    case v1_37 = "1.37"

    /// The version used where none is asked for.
    public static let latest = KubernetesVersion.v1_37
  }

  /// The built-in table of a Kubernetes version; each is unpacked once, when first asked for.
  public static func kubernetes(_ version: KubernetesVersion = .latest) -> SchemaTable {
    switch version {
    case .v1_31: kubernetes1_31
    case .v1_34: kubernetes1_34
    case .v1_36: kubernetes1_36
    case .v1_37: kubernetes1_37
    }
  }

  /// The table that Kustomize 5 merges by, which is that of Kubernetes 1.21.
  public static let kustomize = unpacked(kustomizeEncoded)

  private static let kubernetes1_31 = unpacked(kubernetes1_31Encoded)
  private static let kubernetes1_34 = unpacked(kubernetes1_34Encoded)
  private static let kubernetes1_36 = unpacked(kubernetes1_36Encoded)
  private static let kubernetes1_37 = unpacked(kubernetes1_37Encoded)

  // The tests unpack every table, so a damaged one does not get this far.
  private static func unpacked(_ text: String) -> SchemaTable {
    SchemaTable(encoded: text) ?? .empty
  }
}
