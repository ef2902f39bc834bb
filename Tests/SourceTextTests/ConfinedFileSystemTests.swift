import SourceText
import TestSupport
import Testing

@Suite struct ConfinedFileSystemTests {
  @Test func nothingOutsideIsReadOrEvenThere() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a/file", "inside")
    try folder.write("out/secret", "outside")
    _ = try BuiltTool.program("ln", ["-s", "../out/secret", folder.path("in/link")])
    _ = try BuiltTool.program("ln", ["-s", "a/file", folder.path("in/fine")])
    let files = ConfinedFileSystem(LocalFileSystem(), to: [folder.path("in")])

    #expect(try files.read(folder.path("in/a/../a/file")) == Array("inside".utf8))
    #expect(try files.read(folder.path("in/fine")) == Array("inside".utf8))
    #expect(try files.list(folder.path("in")) == ["a", "fine", "link"])
    for path in ["in/link", "in/../out/secret", "out/secret", "out/none", "out"] {
      let absolute = folder.path(path)
      #expect(throws: FileError(path: absolute, reason: .outsideRoot)) {
        try files.read(absolute)
      }
      #expect(files.kind(of: absolute) == nil)
    }
    for path in ["in/none", "in/no/such/folder"] {
      let absolute = folder.path(path)
      #expect(throws: FileError(path: absolute, reason: .notFound)) { try files.read(absolute) }
    }
  }

  @Test func aFolderThatIsNotThereOpensNothing() {
    let files = ConfinedFileSystem(MemoryFileSystem(["a/b": "x"]), to: ["/none"])
    #expect(throws: FileError(path: "/a/b", reason: .outsideRoot)) { try files.read("/a/b") }
  }
}
