/// The tag a policy chose, and what became of every other.
public struct Selection: Sendable {
  /// Why a tag was not chosen.
  public enum Reason: Hashable, Sendable {
    /// The filter's pattern does not match it.
    case notMatched
    /// A later tag has the same extract; the filter keeps the last.
    case sameExtract(as: String)
    /// It, or its extract, is no version.
    case notVersion(SemanticVersion.ParseError)
    /// The version is out of the range.
    case outOfRange
    /// The version is a pre-release, and the range names none.
    case prerelease
    /// The version is not of the kind of pre-release asked for.
    case otherChannel
    /// The image is not built for a platform that is wanted.
    indirect case lacksPlatform(ImageManifest.Platform)
    /// Nothing is known of the platforms it is built for.
    case unknownPlatforms
    /// Nothing is known of the date it was built.
    case unknownBuildDate
    /// It comes before the chosen tag.
    case older
    /// It stands in the same place as the chosen tag, which came first.
    case tie

    /// The reason in words.
    public var description: String {
      switch self {
      case .notMatched: "the filter does not match"
      case .sameExtract(let other): "'\(other)' has the same extract"
      case .notVersion(let error): error.description
      case .outOfRange: "out of range"
      case .prerelease: "a pre-release, and the range names none"
      case .otherChannel: "not of the pre-release channel asked for"
      case .lacksPlatform(let platform): "not built for \(platform)"
      case .unknownPlatforms: "its platforms are not known"
      case .unknownBuildDate: "its build date is not known"
      case .older: "older than the chosen tag"
      case .tie: "as new as the chosen tag, which is preferred"
      }
    }
  }

  /// A tag that was not chosen.
  public struct Rejection: Hashable, Sendable {
    /// The tag.
    public let tag: String
    /// Why.
    public let reason: Reason
  }

  /// What is known about each of some tags.
  struct Verdicts: Sendable {
    let tags: [String]
    /// By the tag's index; `nil` while it is in the running.
    private var reasons: [Reason?]

    init(_ tags: [String]) {
      self.tags = tags
      self.reasons = Array(repeating: nil, count: tags.count)
    }

    subscript(index: Int) -> Reason? {
      get { reasons[index] }
      set { reasons[index] = newValue }
    }

    var rejections: [Rejection] {
      zip(tags, reasons).compactMap { tag, reason in reason.map { Rejection(tag: tag, reason: $0) }
      }
    }
  }

  /// The chosen tag.
  public let latest: String
  /// What the filter made of the chosen tag; the tag itself where there is no template.
  public let extract: String
  /// All other tags, in the order they were given. O(tags): the list is made each time.
  public var rejected: [Rejection] { verdicts.rejections }

  let verdicts: Verdicts
}

/// Why no tag could be chosen.
public struct SelectionError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Reason: Hashable, Sendable {
    /// There are no tags, or the filter matches none.
    case noTags
    /// No tag is a version that the rule accepts.
    case nothingAccepted
    /// A numerical rule met text that is no number; one is enough to fail.
    case notNumber(String)
    /// The tags are too long, or too many, for the filter's pattern.
    case filterFailed(Pattern.TooLargeError)
    /// No tag is known to have the wanted platforms.
    case noneHasPlatforms
    /// The build date of no tag is known.
    case noBuildDates
  }

  /// What is wrong.
  public let reason: Reason
  /// Why each tag that was looked at was not chosen.
  public let rejected: [Selection.Rejection]

  /// Creates an error.
  public init(reason: Reason, rejected: [Selection.Rejection] = []) {
    self.reason = reason
    self.rejected = rejected
  }

  /// The reason in words.
  public var description: String {
    switch reason {
    case .noTags: rejected.isEmpty ? "there are no tags" : "the filter matches no tag"
    case .nothingAccepted: "no tag is a version that the policy accepts"
    case .notNumber(let text): "'\(text)' is not a number"
    case .filterFailed(let error): "the filter cannot be used: \(error)"
    case .noneHasPlatforms: "no tag is known to have all the platforms wanted"
    case .noBuildDates: "the build date of no tag is known"
    }
  }
}
