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
  /// The repository ends one part behind `_git/`, at `//`, behind `.git`, or behind the first two
  /// parts of the path. Hosts are written with a scheme (`https`, `http`, `ssh`, `file`), as
  /// `user@host:path`, or as `github.com/…`, and may have `git::` in front.
  public init?(_ entry: String) {
    let parts = entry.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = URLQuery(parts.count > 1 ? parts[1] : "")
    ref = Self.ref(in: query)
    hasSubmodules = !["0", "f", "F", "false", "False", "FALSE"].contains(query["submodules"])
    guard let (host, rest) = Self.host(of: parts[0]),
      let (repository, folder) = Self.split(rest, wholePath: host == "file://"),
      let path = Self.normalized(folder)
    else { return nil }
    self.path = path
    url = host + repository
  }

  /// The reference in one spelling, whatever the entry's was.
  var canonical: String {
    url + "//" + path + (ref.map { "?ref=" + $0 } ?? "")
  }

  /// The ref that a query asks for; `version` is an older name of it.
  static func ref(in query: URLQuery) -> String? { query["ref"] ?? query["version"] }

  /// A folder without `.` and `..`; `nil` for one above the repository.
  private static func normalized(_ folder: Substring) -> String? {
    var names: [Substring] = []
    for name in folder.split(separator: "/") where name != "." {
      if name == ".." {
        guard names.popLast() != nil else { return nil }
      } else {
        names.append(name)
      }
    }
    return names.joined(separator: "/")
  }

  /// What comes before the path of the repository, with its last separator, and the path.
  private static func host(of address: Substring) -> (host: String, rest: Substring)? {
    var rest = address
    if rest.hasPrefix(ignoringCase: "git::") { rest = rest.dropFirst(5) }
    let schemes = ["ssh://", "https://", "http://", "file://"]
    let scheme = schemes.first { rest.hasPrefix(ignoringCase: $0) } ?? ""
    rest = rest.dropFirst(scheme.utf8.count)
    if scheme == "file://" { return (scheme, rest) }
    let user = user(in: rest)
    rest = rest.dropFirst(user.count)
    let isGitHub = ["github.com/", "github.com:"].contains { rest.hasPrefix(ignoringCase: $0) }
    let takesColon = scheme.isEmpty
    guard !takesColon || !user.isEmpty || isGitHub,
      let end = rest.firstIndex(where: { $0 == "/" || takesColon && $0 == ":" }),
      !takesColon || end != rest.startIndex
    else { return nil }
    let path = rest[rest.index(after: end)...]
    guard isGitHub else { return (scheme + user + rest[...end], path) }
    // A user means SSH, whatever the scheme; the port is not kept.
    let usesSSH = scheme == "ssh://" || !user.isEmpty
    return (usesSSH ? "\(user)github.com:" : "https://github.com/", path)
  }

  /// The user in front of a host, with the `@`: a letter, then letters, digits and hyphens.
  private static func user(in text: Substring) -> Substring {
    guard let at = text.firstIndex(of: "@"), let first = text.first, first.isASCII, first.isLetter,
      text[..<at].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else { return "" }
    return text[...at]
  }

  /// The repository's path and the folder in it.
  private static func split(
    _ path: Substring, wholePath: Bool
  ) -> (repository: Substring, folder: Substring)? {
    if path.isEmpty { return nil }
    if let marker = path.firstRange(of: "_git/") {
      let name = path[marker.upperBound...].prefix { $0 != "/" }
      return (path[..<name.endIndex], path[name.endIndex...])
    }
    if let slashes = path.firstRange(of: "//") {
      guard slashes.lowerBound > path.startIndex else { return nil }
      return (path[..<slashes.lowerBound], path[slashes.upperBound...])
    }
    if let suffix = path.firstRange(of: ".git") {
      return (path[..<suffix.upperBound], path[suffix.upperBound...])
    }
    if wholePath { return (path, "") }
    let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2 else { return nil }
    return (path[..<parts[1].endIndex], path[parts[1].endIndex...])
  }
}

extension Substring {
  /// Whether a text starts with another, which is written in lower case.
  fileprivate func hasPrefix(ignoringCase prefix: String) -> Bool {
    self.prefix(prefix.utf8.count).lowercased() == prefix
  }

  /// Where a text first occurs.
  func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
