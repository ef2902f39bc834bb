/// An entry of a kustomization that names something that is not on this machine.
public enum RemoteReference: Hashable, Sendable {
  /// One file, by its URL.
  case file(String)
  /// A folder of a Git repository.
  case repository(RepositoryReference)

  /// Reads an entry of `resources` or `components`; `nil` for a local path.
  ///
  /// An HTTP URL is a file unless it says that it is a repository: by a `ref` or `version`, by `//`,
  /// `.git` or `_git/` in its path, or by a forge's host and a path that is not that of a YAML or JSON
  /// file.
  public init?(_ entry: String) {
    // Nearly every entry is a local path; a remote one has a scheme, a user or GitHub's name.
    guard
      entry.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") })
        || entry.utf8.count > 10 && entry.prefix(11).lowercased() == "github.com/"
    else { return nil }
    let lower = entry.lowercased()
    let isWeb = lower.hasPrefix("https://") || lower.hasPrefix("http://")
    let repository = RepositoryReference(entry)
    if isWeb, !Self.saysRepository(entry) {
      self = .file(entry)
    } else if let repository {
      self = .repository(repository)
    } else if isWeb {
      self = .file(entry)
    } else {
      return nil
    }
  }

  /// Whether an entry names something remote.
  static func isRemote(_ entry: String) -> Bool { RemoteReference(entry) != nil }

  private static let forges = ["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"]

  private static func saysRepository(_ url: String) -> Bool {
    let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let address = parts[0].split(separator: ":", maxSplits: 1).last.map { $0.dropFirst(2) } ?? ""
    if parts.count > 1, RepositoryReference.ref(in: URLQuery(parts[1])) != nil { return true }
    let host = address.prefix { $0 != "/" }.split(separator: "@").last?.lowercased() ?? ""
    let path = address.drop { $0 != "/" }
    if path.contains("//") || path.contains("_git/") || path.contains(".git") { return true }
    let isDocument = [".yaml", ".yml", ".json"].contains { path.lowercased().hasSuffix($0) }
    return forges.contains(host) && !isDocument
  }
}
