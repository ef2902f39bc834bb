/// Tells resources that would have to be fetched from local ones.
enum RemoteReference {
  /// Whether a resource entry names a URL or a Git repository, as Kustomize reads it.
  static func isRemote(_ entry: String) -> Bool {
    // Paths into folders above are most of what is asked about.
    if entry.utf8.starts(with: "..".utf8), !entry.utf8.contains(UInt8(ascii: "?")) { return false }
    let lower = entry.lowercased()
    if ["http://", "https://", "ssh://", "git::", "git://", "file://"].contains(
      where: lower.hasPrefix)
    {
      return true
    }
    if ["github.com/", "github.com:", "git@"].contains(where: lower.hasPrefix) { return true }
    return lower.contains("?ref=") || lower.contains(".git//") || lower.hasSuffix(".git")
  }
}
