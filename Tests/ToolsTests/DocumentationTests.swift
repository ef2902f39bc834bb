import TestSupport
import Testing

/// What the documentation says the tools print, they print.
@Suite struct DocumentationTests {
  private static let pages =
    ["README.md"] + Repository.files(below: "Sources", withExtension: "md")

  @Test(arguments: pages)
  func commandsPrintWhatThePageSays(path: String) throws {
    let folder = try TemporaryFolder(copying: "Fixtures/newproject", as: "newproject")
    for command in try Document(path).commands {
      let result = try BuiltTool.shell(command.text, in: folder.path("newproject"))
      #expect(result.output == command.output, "\(path): \(command.text)")
    }
  }

  @Test func somePagesHaveCommands() throws {
    let count = try Self.pages.map { try Document($0).commands.count }.reduce(0, +)
    #expect(count > 3)
  }
}
