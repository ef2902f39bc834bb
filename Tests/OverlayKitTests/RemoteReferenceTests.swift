import OverlayKit
import Testing

@Suite struct RemoteReferenceTests {
  @Test(arguments: [
    ("github.com/org/repo//base?ref=v1", "https://github.com/org/repo", "base", "v1"),
    ("https://github.com/org/repo/base/x?ref=v1", "https://github.com/org/repo", "base/x", "v1"),
    ("https://github.com/org/repo", "https://github.com/org/repo", "", nil),
    ("https://GitHub.com/org/repo.git/x", "https://github.com/org/repo.git", "x", nil),
    ("git@github.com:org/repo.git//x", "git@github.com:org/repo.git", "x", nil),
    ("ssh://git@github.com/org/repo//x", "git@github.com:org/repo", "x", nil),
    ("git@host.io:team/sub/repo.git/x", "git@host.io:team/sub/repo.git", "x", nil),
    ("ssh://git@host.io:2222/team/repo//x/./y/", "ssh://git@host.io:2222/team/repo", "x/y", nil),
    ("https://host.io/a/b?version=v2", "https://host.io/a/b", "", "v2"),
    ("https://host.io/a/b//c?version=v2&ref=v3", "https://host.io/a/b", "c", "v3"),
    ("git::https://host.io/a/b//c", "https://host.io/a/b", "c", nil),
    (
      "https://me@dev.azure.com/org/project/_git/repo/x?ref=main",
      "https://me@dev.azure.com/org/project/_git/repo", "x", "main"
    ),
    ("file:///srv/repo//x?ref=v1", "file:///srv/repo", "x", "v1"),
    ("file:///srv/repo.git", "file:///srv/repo.git", "", nil),
  ])
  func readsRepositories(entry: String, url: String, path: String, ref: String?) throws {
    guard case .repository(let repository) = try #require(RemoteReference(entry)) else {
      Issue.record("\(entry) is no repository")
      return
    }
    #expect(repository.url == url)
    #expect(repository.path == path)
    #expect(repository.ref == ref)
  }

  @Test(arguments: [
    "https://host.io/install.yaml",
    "https://github.com/org/repo/releases/download/v1/install.yaml",
    "http://127.0.0.1:8080/x", "https://raw.githubusercontent.com/org/repo/main/a.yml",
  ])
  func readsFiles(entry: String) {
    #expect(RemoteReference(entry) == .file(entry))
  }

  @Test(arguments: [
    "base", "../base", "a:b.yaml", "./github.com/org/repo", "github.com", "/srv/repo//x",
    "github.com/org", "name@1.yaml", "c:/x", "", "ftp://host/a/b", "git@host.io:a/b//../../..",
  ])
  func otherEntriesAreLocal(entry: String) { #expect(RemoteReference(entry) == nil) }
}
