/// The tags and commits of a repository, read with the user's `git`.
public struct GitHistory {
  /// A commit.
  public struct Commit: Hashable, Sendable {
    /// Its identifier.
    public let id: String
    /// Its message.
    public let message: CommitMessage
  }

  private let git: GitRunner
  private let path: String?

  /// Creates a history of what git shows, of one folder if a path is given.
  public init(git: @escaping GitRunner, path: String? = nil) {
    self.git = git
    self.path = path
  }

  /// The tags on the current branch.
  public func tags() throws(GitFailure) -> [String] {
    try git(["tag", "--list", "--merged", "HEAD"]).split(separator: "\n").map(String.init)
  }

  /// The commits after a tag, or all of them, the newest first.
  public func commits(since tag: String?) throws(GitFailure) -> [Commit] {
    let range = tag.map { "refs/tags/\($0)..HEAD" } ?? "HEAD"
    let log = try git(["log", "-z", "--format=%H%n%B", range, "--"] + (path.map { [$0] } ?? []))
    return log.split(separator: "\0").map { entry in
      let id = entry.prefix { $0 != "\n" }
      return Commit(
        id: String(id), message: CommitMessage(String(entry[id.endIndex...].dropFirst())))
    }
  }
}
