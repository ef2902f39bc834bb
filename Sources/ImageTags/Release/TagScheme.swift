/// How a repository spells the tags of its releases: a prefix, then a version.
///
/// The prefix is `v` in most repositories, empty in some, and carries the component in a repository
/// of several: `api/v`.
public struct TagScheme: Hashable, Sendable {
  /// What stands before the version.
  public let prefix: String

  /// Creates a scheme.
  public init(prefix: String = "v") { self.prefix = prefix }

  /// The scheme of one component of a repository of several: `api` tags `api/v1.2.3`.
  public init(component: String) { self.prefix = component + "/v" }

  /// The version a tag names, or `nil` if it is none of this scheme's: after the prefix, only the
  /// specification's grammar counts (`v1.2` and `v01.2.3` are no releases).
  public func version(of tag: String) -> SemanticVersion? {
    guard tag.hasPrefix(prefix) else { return nil }
    return try? SemanticVersion(String(tag.dropFirst(prefix.count)))
  }

  /// The tag of the newest version among some tags, or `nil` if none is of this scheme. O(tags).
  public func latest(
    of tags: some Sequence<String>, includingPrereleases: Bool = true
  ) -> String? {
    var best: (tag: String, version: SemanticVersion)?
    for tag in tags {
      guard let version = version(of: tag), includingPrereleases || !version.isPrerelease else {
        continue
      }
      if let best, version.precedence(comparedTo: best.version) != .descending { continue }
      best = (tag, version)
    }
    return best?.tag
  }

  /// The tag of a version.
  public func tag(_ version: SemanticVersion) -> String { prefix + version.description }
}
