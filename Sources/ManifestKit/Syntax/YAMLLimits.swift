/// What a YAML stream may cost before it is refused.
///
/// The defaults let every real manifest through and stop hostile input in milliseconds.
public struct YAMLLimits: Hashable, Sendable {
  /// The largest stream, in bytes.
  public var maximumBytes: Int
  /// How deep collections may nest.
  public var maximumDepth: Int
  /// How many nodes the aliases of one document may expand to.
  public var maximumAliasNodes: Int

  /// Creates limits: 256 MiB, 1,000 levels and 500,000 alias nodes unless said otherwise.
  public init(
    maximumBytes: Int = 256 << 20, maximumDepth: Int = 1000, maximumAliasNodes: Int = 500_000
  ) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = maximumDepth
    self.maximumAliasNodes = maximumAliasNodes
  }
}
