/// What sort of object a manifest describes: API group, version and kind.
public struct GroupVersionKind: Hashable, Sendable, CustomStringConvertible {
  /// The API group; empty for the core group.
  public var group: String
  /// The version, such as `v1`.
  public var version: String
  /// The kind, such as `Deployment`.
  public var kind: String

  /// Creates an identifier from its parts.
  public init(group: String = "", version: String = "", kind: String = "") {
    self.group = group
    self.version = version
    self.kind = kind
  }

  /// Creates an identifier from the two fields of a manifest; `apps/v1` splits at its slash.
  public init(apiVersion: String, kind: String) {
    if let slash = apiVersion.firstIndex(of: "/") {
      group = String(apiVersion[..<slash])
      version = String(apiVersion[apiVersion.index(after: slash)...])
    } else {
      group = ""
      version = apiVersion
    }
    self.kind = kind
  }

  /// Group and version as a manifest writes them.
  public var apiVersion: String { group.isEmpty ? version : group + "/" + version }

  /// `apps/v1 Deployment`; parts that are not known are left out.
  public var description: String {
    [apiVersion, kind].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
