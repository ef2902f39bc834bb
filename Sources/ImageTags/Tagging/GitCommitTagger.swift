/// Runs the user's `git` in a folder and gives its output without the final line break. The library
/// runs nothing itself: tools pass a function that does.
public typealias GitRunner = (_ arguments: [String]) throws(GitFailure) -> String

/// Why git gave no answer.
public struct GitFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What git said, or why it could not be run.
  public let description: String

  /// Creates a failure.
  public init(_ description: String) { self.description = description }
}

/// Tags images by the state of a Git work tree: Skaffold's `gitCommit` policy.
public struct GitCommitTagger: Sendable {
  /// What of the repository's state names the tag.
  public enum Variant: String, CaseIterable, Sendable {
    /// The nearest tag, with the distance to it, or the abbreviated commit.
    case tags = "Tags"
    /// The commit.
    case commitSha = "CommitSha"
    /// The commit, abbreviated.
    case abbrevCommitSha = "AbbrevCommitSha"
    /// The tree of the workspace folder.
    case treeSha = "TreeSha"
    /// The tree of the workspace folder, abbreviated.
    case abbrevTreeSha = "AbbrevTreeSha"
    /// The branch.
    case branches = "Branches"

    /// Reads a variant's name in any letter case; empty means ``tags``.
    public init?(_ name: String) {
      guard !name.isEmpty else {
        self = .tags
        return
      }
      let variant = Self.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
      guard let variant else { return nil }
      self = variant
    }
  }

  /// What names the tag.
  public var variant: Variant
  /// What stands before it.
  public var prefix: String
  /// Whether changes in the workspace leave the tag alone; otherwise it ends in `-dirty`.
  public var ignoresChanges: Bool

  /// Creates a tagger.
  public init(_ variant: Variant = .tags, prefix: String = "", ignoresChanges: Bool = false) {
    self.variant = variant
    self.prefix = prefix
    self.ignoresChanges = ignoresChanges
  }

  /// The tag for the folder that `git` runs in.
  ///
  /// Changes are those of the folder alone, untracked files included. Prefix and `-dirty` are added
  /// after the name was made fit for a tag, so the whole may be longer than a registry takes.
  public func tag(_ git: GitRunner) throws(GitFailure) -> String {
    let name = SkaffoldImage.sanitizedTag(try name(git))
    let changes = try git(["status", ".", "--porcelain"])
    return prefix + name + (changes.isEmpty || ignoresChanges ? "" : "-dirty")
  }

  private func name(_ git: GitRunner) throws(GitFailure) -> String {
    switch variant {
    case .tags: try git(["describe", "--tags", "--always"])
    case .commitSha: try git(["rev-list", "-1", "HEAD"])
    case .abbrevCommitSha: try git(["rev-list", "-1", "HEAD", "--abbrev-commit"])
    case .treeSha: try git(["rev-parse", "HEAD:" + git(["rev-parse", "--show-prefix"])])
    case .abbrevTreeSha:
      try git(["rev-parse", "--short", "HEAD:" + git(["rev-parse", "--show-prefix"])])
    case .branches: try git(["branch", "--show-current"])
    }
  }
}
