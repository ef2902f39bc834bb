extension SchemaTable {
  /// A Kubernetes version that has a built-in table.
  public enum KubernetesVersion: String, CaseIterable, Hashable, Sendable {
    /// 1.31.
    case minor31 = "1.31"
    /// 1.34.
    case minor34 = "1.34"
    /// 1.36.
    case minor36 = "1.36"
    /// 1.37.
    case minor37 = "1.37"

    /// The version used where none is asked for.
    public static let latest = KubernetesVersion.minor37

    /// The number behind the point, such as 37.
    public var minor: Int { Int(rawValue.dropFirst(2)) ?? 0 }
  }

  /// The built-in table of a Kubernetes version; each is unpacked once, when first asked for.
  public static func kubernetes(_ version: KubernetesVersion = .latest) -> SchemaTable {
    switch version {
    case .minor31: kubernetes131
    case .minor34: kubernetes134
    case .minor36: kubernetes136
    case .minor37: kubernetes137
    }
  }

  /// The table that Kustomize 5 merges by, which is that of Kubernetes 1.21.
  public static let kustomize = unpacked(kustomizeEncoded)

  /// The names of the definitions that the first types of that table come from.
  static var kustomizeDefinitions: [String] { decoded(names: kustomizeDefinitionNames) ?? [] }

  private static let kubernetes131 = unpacked(kubernetes131Encoded)
  private static let kubernetes134 = unpacked(kubernetes134Encoded)
  private static let kubernetes136 = unpacked(kubernetes136Encoded)
  private static let kubernetes137 = unpacked(kubernetes137Encoded)

  // The tests unpack every table, so a damaged one does not get this far.
  private static func unpacked(_ text: String) -> SchemaTable {
    SchemaTable(encoded: text) ?? .empty
  }
}
