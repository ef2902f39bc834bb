/// Chooses objects by what they are called.
public struct ResourceFilter: Hashable, Sendable {
  /// The kind, letter case ignored; any if `nil`.
  public var kind: String?
  /// The name; any if `nil`.
  public var name: String?
  /// The namespace; any if `nil`.
  public var namespace: String?

  /// Creates a filter; without arguments it lets everything through.
  public init(kind: String? = nil, name: String? = nil, namespace: String? = nil) {
    self.kind = kind
    self.name = name
    self.namespace = namespace
  }

  /// Whether a parsed document passes. What is no object passes only the empty filter.
  public func accepts(_ node: YAMLNode) -> Bool {
    guard kind != nil || name != nil || namespace != nil else { return true }
    guard let id = ResourceID(of: node) else { return false }
    return accepts(id)
  }

  /// Whether an object passes.
  public func accepts(_ id: ResourceID) -> Bool {
    (kind.map { $0.lowercased() == id.kind.kind.lowercased() } ?? true)
      && (name.map { $0 == id.name } ?? true)
      && (namespace.map { $0 == id.namespace } ?? true)
  }
}
