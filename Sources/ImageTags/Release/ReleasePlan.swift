/// How the next version is found from the current tag and the commits since.
public struct ReleasePlan: Sendable {
  /// What to compute.
  public enum Action: Hashable, Sendable {
    /// The version the commits ask for.
    case next
    /// The next pre-release of the version the commits ask for.
    case prerelease
    /// The version that raises one part, whatever the commits say.
    case bump(SemanticVersion.Part)
    /// The current version.
    case current
  }

  /// Why there is no next version.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The current tag is not a version.
    case currentTag(String, SemanticVersion.ParseError)
    /// The pre-release or the build metadata asked for cannot be part of a version.
    case suffix(SemanticVersion.ParseError)
    /// A pre-release is asked for, and neither a name for it is given nor does the current version
    /// have one.
    case unnamedPrerelease(SemanticVersion)

    /// The reason in words.
    public var description: String {
      switch self {
      case .currentTag(let tag, let error): "the current tag '\(tag)': \(error)"
      case .suffix(let error): error.description
      case .unnamedPrerelease(let version):
        "name the pre-release: the current version \(version) has none to go on from"
      }
    }
  }

  /// How tags are spelled.
  public var scheme: TagScheme
  /// What to compute.
  public var action: Action
  /// Whether breaking changes raise the minor version as long as the major version is 0.
  public var keepsMajorZero: Bool
  /// Whether there is a new version even if no commit asks for one.
  public var alwaysBumps: Bool
  /// The pre-release: a channel (`rc`), which counts on, or all of it (`rc.7`).
  public var prerelease: String
  /// The build metadata.
  public var metadata: String

  /// Creates a plan.
  public init(
    _ action: Action = .next, scheme: TagScheme = TagScheme(), keepsMajorZero: Bool = false,
    alwaysBumps: Bool = false, prerelease: String = "", metadata: String = ""
  ) {
    self.action = action
    self.scheme = scheme
    self.keepsMajorZero = keepsMajorZero
    self.alwaysBumps = alwaysBumps
    self.prerelease = prerelease
    self.metadata = metadata
  }

  /// The next version.
  public struct Outcome: Sendable {
    /// Its tag.
    public let tag: String
    /// The version.
    public let version: SemanticVersion
    /// The version it follows: 0.0.0 where there is no tag yet.
    public let current: SemanticVersion
    /// The part that was raised; `nil` if none was.
    public let part: SemanticVersion.Part?
    /// The commits that decided it, by their place among those given.
    public let deciding: [Int]
  }

  /// The version that follows a tag, or 0.0.0 if there is none, given the messages of the commits
  /// since.
  public func outcome(
    after tag: String?, commits: [CommitMessage]
  ) throws(Failure) -> Outcome {
    let current = try currentVersion(tag)
    if action == .current {
      return Outcome(
        tag: scheme.tag(current), version: current, current: current, part: nil, deciding: [])
    }
    let (part, deciding) = raised(from: current, by: commits)
    let bumped = part.map(current.bumping) ?? current.release
    let version = try suffixed(bumped, after: current)
    return Outcome(
      tag: scheme.tag(version), version: version, current: current, part: part,
      deciding: deciding)
  }

  private func suffixed(
    _ bumped: SemanticVersion, after current: SemanticVersion
  ) throws(Failure) -> SemanticVersion {
    let counted: SemanticVersion?
    do throws(SemanticVersion.ParseError) {
      counted =
        action == .prerelease
        ? try self.counted(from: current, to: bumped) : try bumped.with(prerelease: prerelease)
      if let counted { return try counted.with(metadata: metadata) }
    } catch {
      throw .suffix(error)
    }
    throw .unnamedPrerelease(current)
  }

  private func currentVersion(_ tag: String?) throws(Failure) -> SemanticVersion {
    guard let tag, !tag.isEmpty else { return SemanticVersion.zero }
    let text = tag.hasPrefix(scheme.prefix) ? String(tag.dropFirst(scheme.prefix.count)) : tag
    do {
      return try SemanticVersion(text, .loose)
    } catch {
      throw .currentTag(tag, error)
    }
  }

  private func raised(
    from current: SemanticVersion, by commits: [CommitMessage]
  ) -> (part: SemanticVersion.Part?, deciding: [Int]) {
    if case .bump(let part) = action { return (part, []) }
    let parts = commits.map(\.part)
    guard let highest = parts.compactMap({ $0 }).max() else {
      return (alwaysBumps || action == .prerelease ? .patch : nil, [])
    }
    let deciding = parts.indices.filter { parts[$0] == highest }
    let isKept = highest == .major && keepsMajorZero && current.major.isZero
    return (isKept ? .minor : highest, deciding)
  }

  /// The pre-release that follows, or `nil` if it has no name.
  ///
  /// A channel goes on counting where the version stays the same, and begins at 0 otherwise. A
  /// pre-release that ends in a number is taken as it is, on the current version.
  private func counted(
    from current: SemanticVersion, to next: SemanticVersion
  ) throws(SemanticVersion.ParseError) -> SemanticVersion? {
    func parts(_ text: String) -> [Substring] {
      text.split(separator: ".", omittingEmptySubsequences: false)
    }
    let wanted = parts(prerelease)
    if wanted.count > 1, let last = wanted.last, Int(last) != nil {
      return try current.with(prerelease: prerelease)
    }
    if prerelease.isEmpty, !current.isPrerelease { return nil }
    let isSameChannel =
      prerelease.isEmpty || String(parts(current.prerelease)[0]) == prerelease
    let suffix = isSameChannel ? parts(current.prerelease) : wanted
    var name = suffix[0]
    var count = 0
    if next.precedence(comparedTo: current.release) != .descending {
      if suffix.count == 2 {
        count = (Int(suffix[1]) ?? 0) &+ 1
      } else if suffix.count > 2 {
        name = suffix[suffix.count - 1]
      }
    }
    return try next.with(prerelease: "\(name).\(count)")
  }
}

extension SemanticVersion {
  static var zero: SemanticVersion {
    SemanticVersion(unchecked: 0, 0, 0, prerelease: "", metadata: "", original: nil)
  }
}
