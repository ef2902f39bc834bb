import OverlayKit
import SourceText
import Testing

@Suite struct VendoredResourcesTests {
  /// A source that has one repository and one file.
  private struct Source: RemoteResources {
    func repository(_ reference: RepositoryReference) throws(RemoteError) -> RemoteRepository? {
      guard reference.url == "https://github.com/org/repo" else {
        throw RemoteError("no such host")
      }
      return RemoteRepository(folder: "/cache/repo", commit: String(repeating: "ab", count: 20))
    }

    func file(_ url: String) throws(RemoteError) -> [UInt8]? { Array(service.utf8) }
  }

  private static let service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
  private static let files = [
    "/app/kustomization.yaml": """
    resources: [github.com/org/repo//base?ref=v1, "https://host.io/s.yaml"]
    """,
    "/cache/repo/base/kustomization.yaml": "namePrefix: r-\nresources: [../other/c.yaml]\n",
    "/cache/repo/other/c.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n",
    "/cache/repo/README.md": "",
  ]

  private func build(
    _ files: [String: String], _ remotes: [any RemoteResources], restricted: Bool = true
  ) -> BuildResult {
    var options = OverlayBuilder.Options()
    options.remotes = remotes
    options.restrictsFiles = restricted
    return OverlayBuilder(fileSystem: MemoryFileSystem(files), options: options).build("/app")
  }

  /// The files of a project with a vendor folder.
  private func vendored() throws -> [String: String] {
    let recorder = RecordedResources(Source())
    let result = build(Self.files, [recorder], restricted: false)
    #expect(result.diagnostics.isEmpty)
    let (lock, copies) = try recorder.vendored(
      result.inputs, fileSystem: MemoryFileSystem(Self.files))
    var files = Self.files.filter { !$0.key.hasPrefix("/cache") }
    for (path, bytes) in copies {
      files["/vendor/" + path] = String(decoding: bytes, as: UTF8.self)
    }
    files["/vendor/" + VendorLock.fileName] = lock.text
    return files
  }

  @Test func copiesHoldWhatABuildReadsAndNoMore() throws {
    let files = try vendored()
    #expect(
      files.keys.sorted() == [
        "/app/kustomization.yaml",
        "/vendor/github.com/org/repo@abababababab/base/kustomization.yaml",
        "/vendor/github.com/org/repo@abababababab/other/c.yaml", "/vendor/host.io/s.yaml",
        "/vendor/overlays.lock",
      ])
    let copies = try #require(
      try VendoredResources("/vendor", fileSystem: MemoryFileSystem(files)))
    #expect(copies.mismatches().isEmpty)
    let original = build(Self.files, [Source()], restricted: false)
    #expect(build(files, [copies], restricted: false).yaml == original.yaml)
    let lock = try VendorLock(
      parsing: SourceFile(name: "l", text: try #require(files["/vendor/overlays.lock"])))
    #expect(lock.text == files["/vendor/overlays.lock"])
  }

  @Test(arguments: [
    ("other/c.yaml", Optional("changed"), "is not what its lock says"),
    ("other/c.yaml", nil, "no such file"), ("kustomization.yml", "", "does not name"),
  ])
  func changedCopiesAreRefused(path: String, text: String?, words: String) throws {
    var files = try vendored()
    files["/vendor/github.com/org/repo@abababababab/" + path] = text
    let copies = try #require(
      try VendoredResources("/vendor", fileSystem: MemoryFileSystem(files)))
    let result = build(files, [copies])
    #expect(result.yaml == nil)
    #expect(result.diagnostics.first?.summary.contains(words) == true)
    #expect(result.diagnostics.first?.span != nil)
    #expect(copies.mismatches().count == 1)
  }

  @Test(arguments: ["", "[]", "{\"version\": 2}", "{\"version\": 1, \"files\": [{}]}"])
  func malformedLocksAreRefused(text: String) {
    #expect(throws: DiagnosticError.self) {
      try VendorLock(parsing: SourceFile(name: "l", text: text))
    }
  }

  @Test func nothingIsReadAboveARepository() {
    var files = Self.files
    files["/cache/repo/base/kustomization.yaml"] = "resources: [../../secret]\n"
    files["/cache/secret/kustomization.yaml"] = "resources: [s.yaml]\n"
    files["/cache/secret/s.yaml"] = Self.service
    let result = build(files, [Source()], restricted: false)
    #expect(result.yaml == nil)
    #expect(result.diagnostics.first?.id.description == "file-not-readable")
  }

  @Test func withoutASourceNothingIsFetched() {
    let result = build(Self.files, [])
    #expect(result.yaml == nil)
    #expect(result.diagnostics.first?.id.description == "remote-resource")
    #expect(result.diagnostics.first?.detail?.contains("--allow-remote") == true)
  }
}
