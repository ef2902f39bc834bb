import Foundation
import TestSupport
import Testing

/// Every tool that reads files, given what it cannot read: a diagnostic, the right exit status,
/// nothing on standard output, nothing changed.
@Suite struct BadInputTests {
  /// A tool, how it is given a file, and what an empty file means to it.
  struct Reader: CustomTestStringConvertible, Sendable {
    let tool: String
    let arguments: @Sendable (String) -> [String]
    var emptyStatus: Int32 = 0
    var testDescription: String { tool }

    init(
      _ tool: String, empty: Int32 = 0, _ arguments: @escaping @Sendable (String) -> [String]
    ) {
      self.tool = tool
      self.arguments = arguments
      emptyStatus = empty
    }
  }

  /// Tools that want a file.
  static let fileReaders: [Reader] = [
    Reader("manifest-get", empty: 1) { [".", $0] },
    Reader("manifest-edit", empty: 1) { ["--set", "a=1", "--in-place", $0] },
    Reader("manifest-patch", empty: 1) { [$0, $0] },
    Reader("manifest-validate") { [$0] },
    Reader("manifest-diff") { [$0, $0] },
    Reader("manifest-split") { ["--join", $0] },
    Reader("manifest-graph") { [$0] },
    Reader("infra-fmt") { [$0] },
    Reader("infra-parse") { [$0] },
    Reader("image-tag") { ["--file", $0] },
    Reader("image-select", empty: 1) { ["--semver", "*", $0] },
    Reader("image-update") { ["--image", "ns:p=app:1", $0] },
    Reader("overlay-promote", empty: 2) { [$0, $0] },
    Reader("overlay-edit", empty: 2) { ["set", "namespace", "a", "--in", $0] },
  ]

  /// Tools that want the folder of a kustomization.
  static let folderReaders: [Reader] = [
    Reader("overlay-build") { [$0] },
    Reader("overlay-diff") { [$0, $0] },
    Reader("overlay-check") { [$0] },
    Reader("overlay-graph") { [$0] },
    Reader("overlay-vendor") { [$0] },
    Reader("overlay-create") { ["--in", $0] },
    Reader("infra-validate") { [$0] },
    Reader("infra-plan") { [$0] },
    Reader("infra-eval") { ["-chdir=" + $0, "1"] },
  ]

  @Test(arguments: fileReaders + folderReaders)
  func aMissingFileIsReported(reader: Reader) throws {
    let folder = try TemporaryFolder()
    let result = try BuiltTool(reader.tool).run(reader.arguments(folder.path("missing.tf")))
    #expect(result.status == 2, "\(result)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("missing.tf"))
    #expect(result.errors.contains("error"))
  }

  @Test(arguments: fileReaders)
  func anEmptyFileIsNoCrash(reader: Reader) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("empty.tf", "")
    let result = try BuiltTool(reader.tool).run(reader.arguments(path))
    #expect([reader.emptyStatus, 2].contains(result.status), "\(result)")
    #expect(result.status != 2 || !result.errors.isEmpty)
  }

  @Test(arguments: fileReaders.filter { $0.tool != "image-select" })
  func invalidUTF8IsRefusedAndLeftAlone(reader: Reader) throws {
    let folder = try TemporaryFolder()
    let bytes = Data("a: \"x\"\nb: ".utf8) + Data([0xFF, 0xFE, 0x0A])
    let marker = Data("c: 1 # {\"$imagepolicy\": \"ns:p\"}\n".utf8)
    let path = folder.path("bad.tf")
    try (bytes + marker).write(to: URL(fileURLWithPath: path))
    let result = try BuiltTool(reader.tool).run(reader.arguments(path))
    #expect(result.status == 2, "\(result)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("bad.tf"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes + marker)
  }

  @Test func aFolderInPlaceOfAFileIsReported() throws {
    let folder = try TemporaryFolder()
    let result = try BuiltTool("image-select").run(["--semver", "*", folder.root])
    #expect(result.status == 2, "\(result)")
    #expect(result.errors.contains("folder"))
  }

  @Test(arguments: folderReaders)
  func aFileInPlaceOfAFolderIsReported(reader: Reader) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("kustomization.yaml", "resources: []\n")
    let result = try BuiltTool(reader.tool).run(reader.arguments(path))
    #expect(result.status == 2, "\(result)")
    #expect(result.errors.contains("not a folder"))
  }

  @Test(arguments: fileReaders + folderReaders)
  func whatCannotBeReadIsReported(reader: Reader) throws {
    let folder = try TemporaryFolder()
    // A link to itself cannot be read by anybody, root included.
    _ = try BuiltTool.program("ln", ["-s", "loop.tf", folder.path("loop.tf")])
    let result = try BuiltTool(reader.tool).run(reader.arguments(folder.path("loop.tf")))
    #expect(result.status == 2, "\(result)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("loop.tf"))
  }

  @Test(arguments: tools)
  func anUnknownFlagIsWrongUsage(tool: String) throws {
    let result = try BuiltTool(tool).run(["--no-such-flag"])
    #expect(result.status == 64, "\(result)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("Error: "))
  }

  @Test(arguments: tools)
  func helpHasAnExampleAndTheVersionIsOne(tool: String) throws {
    let help = try BuiltTool(tool).run(["--help"])
    #expect(help.status == 0)
    let example = try #require(help.output.firstRange(of: "Example"), "\(tool) has no example")
    #expect(help.output[example.upperBound...].contains(tool))
    let version = try BuiltTool(tool).run(["--version"])
    #expect(version.output.split(separator: ".").count == 3)
  }

  @Test func jsonDiagnosticsAreOneDocument() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("bad.yaml", "a: [1\n")
    let result = try BuiltTool("manifest-validate").run(["--format", "json", path])
    let document = try JSONSerialization.jsonObject(with: Data(result.errors.utf8))
    let diagnostics = (document as? [String: Any])?["diagnostics"] as? [[String: Any]]
    #expect(diagnostics?.first?["file"] as? String == path)
  }

  /// Every tool of this build, by the folders of their sources.
  static let tools = Set(
    Repository.files(below: "Sources/Tools", withExtension: "swift").compactMap { file in
      let parts = file.split(separator: "/")
      return parts.count == 4 && parts[3] == "main.swift" && parts[2].contains("-")
        ? String(parts[2]) : nil
    }
  ).sorted()
}
