import OverlayKit
import TestSupport
import Testing

@Suite struct RemoteReferenceTests {
  /// What Kustomize makes of an entry, as its calls of git tell.
  struct Entry: Sendable {
    var text: String
    var url: String?
    var ref = ""
    var path = ""
    var hasSubmodules = true

    init(_ line: Substring) {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      text = cells[0]
      guard cells.count == 5 else { return }
      (url, ref, path, hasSubmodules) = (cells[1], cells[2], cells[3], cells[4] != "no")
    }

    static let all: [Entry] = {
      let path = "Fixtures/OverlayKit/repository-references/entries.tsv"
      let lines = (try? Repository.text(path))?.split(separator: "\n") ?? []
      return lines.filter { !$0.hasPrefix("# ") }.map(Entry.init)
    }()
  }

  @Test func readsRepositories() {
    #expect(Entry.all.count > 300)
    for entry in Entry.all {
      let reference = RepositoryReference(entry.text)
      #expect(reference?.url == entry.url, "\(entry.text)")
      guard let reference, entry.url != nil else { continue }
      #expect(reference.ref ?? "" == entry.ref, "\(entry.text)")
      #expect(reference.path == entry.path, "\(entry.text)")
      #expect(reference.hasSubmodules == entry.hasSubmodules, "\(entry.text)")
    }
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
