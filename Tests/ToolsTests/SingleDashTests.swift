import Foundation
import TestSupport
import Testing

/// The infrastructure tools take options as Terraform spells them.
@Suite struct SingleDashTests {
  static let unformatted = "a=1\n"

  @Test(
    arguments: [
      (["-write=false", "-list=true"], 0, false), (["-check", "-list=false"], 1, false),
      (["-no-such"], 64, false), (["-list=false"], 0, true), (["--write=false"], 0, false),
    ] as [([String], Int32, Bool)])
  func formatOptions(options: [String], status: Int32, isWritten: Bool) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("main.tf", Self.unformatted)
    let result = try BuiltTool("infra-fmt").run(options + [path])
    #expect(result.status == status, "\(result)")
    #expect((try folder.text("main.tf") != Self.unformatted) == isWritten)
  }

  @Test func theDiffIsTerraforms() throws {
    let folder = try TemporaryFolder()
    try folder.write("main.tf", Self.unformatted)
    let result = try BuiltTool("infra-fmt").run(
      ["-diff", "-write=false", "main.tf"], in: folder.root)
    #expect(result.output.contains("--- old/main.tf\n+++ new/main.tf\n@@ -1 +1 @@\n-a=1\n+a = 1\n"))
  }

  /// A linked folder may hold the link itself; its files are met where they are.
  @Test func linkedFoldersAreNotEntered() throws {
    let folder = try TemporaryFolder()
    try folder.write("sub/main.tf", Self.unformatted)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("sub/loop"), withDestinationPath: "../sub")
    let result = try BuiltTool("infra-fmt").run(["-recursive", "."], in: folder.root)
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "sub/main.tf\n")
    #expect(try folder.text("sub/main.tf") == "a = 1\n")
  }
}
