import ImageTags
import TestSupport
import Testing

/// The code of the article "Which tag would Flux pick, and why".
@Suite struct ArticleTests {
  @Test func choosesTheNewestBuildOfMain() throws {
    let tags = ["main-9c3a0e2-10", "main-1a2b3c4-9", "dev-ffff-99"]
    // Snippet
    let filter = TagFilter(try Pattern("^main-[a-f0-9]+-(?P<ts>[0-9]+)$"), extract: "$ts")
    let policy = ImagePolicy(.numerical(.ascending), filter: filter)
    let selection = try policy.select(from: ImagePolicy.registryOrder(tags))
    // End of snippet
    #expect(selection.latest == "main-9c3a0e2-10")
    // Snippet
    for rejection in selection.rejected where rejection.reason == .notMatched {
      print("\(rejection.tag) is no build of main")
    }
    // End of snippet
  }

  @Test func theArticleHoldsThisCode() throws {
    let article = try Document("Sources/ImageTags/ImageTags.docc/WhichTagWouldFluxPick.md")
    #expect(try article.missingSnippets(of: "Tests/ImageTagsTests/ArticleTests.swift").isEmpty)
  }
}
