import SourceText
import TestSupport
import Testing

@Suite struct FileSystemTests {
  @Test(arguments: [
    ("a/./b//c", "a/b/c"), ("../a", "../a"), ("a/../..", ".."), ("", "."), ("/../a", "/a"),
    ("./", "."), ("a/b/..", "a"),
  ])
  func cleansPaths(path: String, expected: String) {
    #expect(FilePath.clean(path) == expected)
  }

  @Test(arguments: [
    ("/a/b/c", "/a/d", "../b/c"), ("/a", "/a", "."), ("/a/b", "/", "a/b"),
  ])
  func relatesPaths(path: String, folder: String, expected: String) {
    #expect(FilePath.relative(path, to: folder) == expected)
  }

  @Test func insideMeansTheFolderNotItsPrefix() {
    #expect(FilePath.isPath("/a/b", inside: "/a"))
    #expect(FilePath.isPath("/a", inside: "/a"))
    #expect(!FilePath.isPath("/ab", inside: "/a"))
    #expect(FilePath.isPath("/ab", inside: "/"))
  }

  @Test func memoryTreeAnswersLikeADisk() throws {
    let tree = MemoryFileSystem(["base/a.yaml": "a", "base/sub/b.yaml": "b"])
    #expect(try tree.read("/base/../base/a.yaml") == Array("a".utf8))
    #expect(try tree.list("base") == ["a.yaml", "sub"])
    #expect(tree.kind(of: "base/sub") == .folder)
    #expect(tree.kind(of: "none") == nil)
    #expect(throws: FileError(path: "base", reason: .isFolder)) { try tree.read("base") }
    #expect(throws: FileError(path: "x", reason: .notFound)) { try tree.read("x") }
    #expect(throws: FileError(path: "base/a.yaml", reason: .notFolder)) {
      try tree.list("base/a.yaml")
    }
  }

  @Test func readsWholeFilesOfAnySize() throws {
    let folder = try TemporaryFolder()
    for size in [0, 1, 65_535, 65_536, 65_537, 300_000] {
      let text = String(repeating: "x", count: size)
      let path = try folder.write("f\(size)", text)
      #expect(try LocalFileSystem().read(path).count == size)
    }
  }

  @Test func refusesWhatItCannotRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("large", "12345")
    #expect(throws: FileError(path: path, reason: .tooLarge(limit: 4))) {
      try LocalFileSystem(maximumSize: 4).read(path)
    }
    #expect(throws: FileError(path: folder.root, reason: .isFolder)) {
      try LocalFileSystem().read(folder.root)
    }
    let missing = folder.path("none")
    #expect(throws: FileError(path: missing, reason: .notFound)) {
      try LocalFileSystem().read(missing)
    }
  }

  @Test func replacingKeepsModeAndLinksAndLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("real.yaml", "old")
    _ = try BuiltTool.program("chmod", ["600", file])
    _ = try BuiltTool.program("ln", ["-s", "real.yaml", folder.path("link.yaml")])
    try LocalFileSystem().replace(folder.path("link.yaml"), with: Array("new".utf8))
    #expect(try folder.text("real.yaml") == "new")
    let listing = try BuiltTool.program("ls", ["-l", folder.root]).output
    #expect(listing.contains("-rw-------"))
    #expect(try LocalFileSystem().list(folder.root) == ["link.yaml", "real.yaml"])
  }

  @Test func replacingInAFolderThatIsNotThereFails() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("none/file")
    #expect(throws: FileError(path: path, reason: .notFound)) {
      try LocalFileSystem().replace(path, with: [])
    }
  }
}
