/// Which tag of an image is the latest, as `spec.policy` and `spec.filterTags` of a Flux ImagePolicy
/// say it.
///
/// ```swift
/// let policy = ImagePolicy(.semver(try VersionConstraint(">=1.0.0")))
/// try policy.select(from: ["1.0.0", "1.5.0", "2.0.0-rc.1"]).latest   // "1.5.0"
/// ```
public struct ImagePolicy: Sendable {
  /// How tags are ordered.
  public enum Rule: Sendable {
    /// By version, among those in a range.
    case semver(VersionConstraint)
    /// By bytes.
    case alphabetical(Order)
    /// As numbers.
    case numerical(Order)
    /// By the date an image was built. Flux has no such rule; it needs ``TagDetails``.
    case newestBuild
  }

  /// Which end of the order is the latest.
  public enum Order: String, CaseIterable, Sendable {
    /// The last in order, or the greatest number.
    case ascending = "asc"
    /// The first in order, or the smallest number.
    case descending = "desc"

    /// Reads `asc` or `desc` in any letter case; empty means `asc`.
    public init?(_ text: String) {
      if text.isEmpty {
        self = .ascending
      } else if let order = Order(rawValue: text.lowercased()) {
        self = order
      } else {
        return nil
      }
    }
  }

  /// Which pre-releases a semver rule looks at, beyond what its range says.
  public enum Prereleases: Hashable, Sendable {
    /// Those the range lets in: Flux's behaviour.
    case asRangeSays
    /// None.
    case none
    /// Only pre-releases, of any channel.
    case only
    /// Only those of one channel: `rc` takes `1.2.0-rc.1` and `1.2.0-rc1`.
    case channel(String)
  }

  /// The order of the tags.
  public var rule: Rule
  /// Which tags take part, and as what.
  public var filter: TagFilter?
  /// Which pre-releases a semver rule looks at.
  public var prereleases: Prereleases
  /// The platforms that an image must have, all of them; needs ``TagDetails``.
  public var platforms: [ImageManifest.Platform]

  /// Creates a policy.
  public init(
    _ rule: Rule, filter: TagFilter? = nil, prereleases: Prereleases = .asRangeSays,
    platforms: [ImageManifest.Platform] = []
  ) {
    self.rule = rule
    self.filter = filter
    self.prereleases = prereleases
    self.platforms = platforms
  }
}

/// The tags that take part in a policy: those a pattern matches, ordered by what a template makes of
/// the match.
public struct TagFilter: Hashable, Sendable {
  /// The pattern; it may match anywhere in the tag.
  public let pattern: Pattern
  /// The template, in ``PatternMatch/expand(_:)``'s syntax; empty for the whole tag.
  public let extract: String

  /// Creates a filter.
  public init(_ pattern: Pattern, extract: String = "") {
    self.pattern = pattern
    self.extract = extract
  }
}
