/// A folder of a Git repository at some commit, in Kustomize's spelling:
/// `github.com/org/repo//folder?ref=v1.2.3`.
public struct RepositoryReference: Hashable, Sendable {
  /// What Git is given to fetch from.
  public let url: String
  /// The branch, tag or commit; `nil` for the repository's default branch.
  public let ref: String?
  /// The folder in the repository, without slashes at its ends; empty for its root.
  public let path: String
  /// Whether the repository's submodules belong to it.
  public let hasSubmodules: Bool

  /// Reads an entry; `nil` where it is a local path.
  ///
  /// The repository ends at `//`, behind `.git`, one part behind `_git/`, or behind the first two
  /// parts of the path. Hosts are written with a scheme (`https`, `http`, `ssh`, `file`), as
  /// `user@host:path`, or as `github.com/…`, and may have `git::` in front.
  public init?(_ entry: String) {
    let parts = entry.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let parameters = parts.count > 1 ? Self.parameters(parts[1]) : [:]
    ref = parameters["ref"]
    hasSubmodules = parameters["submodules"] != "false"
    guard let (host, rest) = Self.host(of: parts[0]) else { return nil }
    let isLocal = host.hasPrefix("file://")
    guard let (repository, folder) = Self.split(rest, wholePath: isLocal), !repository.isEmpty
    else {
      return nil
    }
    let names = folder.split(separator: "/").filter { $0 != "." }
    // A folder above the repository is none of its folders.
    var depth = 0
    for name in names {
      depth += name == ".." ? -1 : 1
      guard depth >= 0 else { return nil }
    }
    path = names.joined(separator: "/")
    url = host + repository
  }

  /// The reference in one spelling, whatever the entry's was.
  public var canonical: String {
    url + "//" + path + (ref.map { "?ref=" + $0 } ?? "")
  }

  /// The parameters that count; `version` is an older name of `ref`.
  static func parameters(_ query: Substring) -> [String: String] {
    var parameters: [String: String] = [:]
    for part in query.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[1].isEmpty else { continue }
      let name = pair[0] == "version" ? "ref" : String(pair[0])
      if name == "ref", pair[0] == "version", parameters["ref"] != nil { continue }
      parameters[name] = String(pair[1])
    }
    return parameters
  }

  /// What comes before the path of the repository, with its last separator, and the path.
  private static func host(of address: Substring) -> (host: String, rest: Substring)? {
    var rest = address
    if rest.hasPrefix("git::") { rest = rest.dropFirst(5) }
    var scheme = ""
    for known in ["ssh://", "https://", "http://", "file://"]
    where rest.lowercased().hasPrefix(known) {
      scheme = known
      rest = rest.dropFirst(known.utf8.count)
    }
    if scheme == "file://" { return (scheme, rest) }
    var user = ""
    let beforePath = rest.prefix { $0 != "/" && $0 != ":" }
    if let at = beforePath.lastIndex(of: "@") {
      user = String(rest[...at])
      rest = rest[rest.index(after: at)...]
    }
    let lower = rest.lowercased()
    let isGitHub = lower.hasPrefix("github.com/") || lower.hasPrefix("github.com:")
    let takesColon = scheme.isEmpty && (!user.isEmpty || isGitHub)
    guard !scheme.isEmpty || takesColon else { return nil }
    if isGitHub {
      rest = rest.dropFirst("github.com/".utf8.count)
      let usesSSH = scheme == "ssh://" || !user.isEmpty && scheme.isEmpty
      return (
        usesSSH ? (user.isEmpty ? "git@" : user) + "github.com:" : "https://github.com/", rest
      )
    }
    guard let end = rest.firstIndex(where: { $0 == "/" || takesColon && $0 == ":" }),
      end != rest.startIndex
    else { return nil }
    let after = rest.index(after: end)
    return (scheme + user + rest[..<after], rest[after...])
  }

  /// The repository's path and the folder in it.
  private static func split(
    _ path: Substring, wholePath: Bool
  ) -> (repository: Substring, folder: Substring)? {
    if let marker = path.firstRange(of: "_git/") {
      let name = path[marker.upperBound...].prefix { $0 != "/" }
      return (path[..<name.endIndex], path[name.endIndex...])
    }
    if let slashes = path.dropFirst().firstRange(of: "//") {
      return (path[..<slashes.lowerBound], path[slashes.upperBound...])
    }
    if let suffix = path.firstRange(of: ".git") {
      return (path[..<suffix.upperBound], path[suffix.upperBound...])
    }
    if wholePath { return (path, "") }
    let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return (path[..<parts[1].endIndex], path[parts[1].endIndex...])
  }
}

extension Substring {
  /// Where a text first occurs.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
