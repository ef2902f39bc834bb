import ImageTags
import Testing

@Suite struct ImagePolicyTests {
  private func semver(
    _ range: String, _ prereleases: ImagePolicy.Prereleases = .asRangeSays
  ) throws -> ImagePolicy {
    ImagePolicy(.semver(try VersionConstraint(range)), prereleases: prereleases)
  }

  @Test func saysWhyEachOtherTagLost() throws {
    let tags = ["1.0.0", "v1.5.0", "1.5.0", "2.0.0", "1.6.0-rc.1", "latest", "1.5"]
    let selection = try semver("^1.0").select(from: tags)
    #expect(selection.latest == "v1.5.0")
    let reasons = selection.rejected.map { $0.tag + ": " + $0.reason.description }
    #expect(
      reasons == [
        "1.0.0: older than the chosen tag",
        "1.5.0: as new as the chosen tag, which is preferred", "2.0.0: out of range",
        "1.6.0-rc.1: a pre-release, and the range names none",
        "latest: fewer than three parts", "1.5: fewer than three parts",
      ])
  }

  @Test func filterOrdersByTheExtractAndAnswersWithTheTag() throws {
    let filter = TagFilter(try Pattern("^main-[a-f0-9]+-(?P<ts>\\d+)$"), extract: "$ts")
    let policy = ImagePolicy(.numerical(.ascending), filter: filter)
    let selection = try policy.select(from: ["main-9c3a0e2-10", "main-1a2b3c4-9", "dev-1-99"])
    #expect(selection.latest == "main-9c3a0e2-10")
    #expect(selection.extract == "10")
    #expect(selection.rejected.map(\.reason) == [.older, .notMatched])
  }

  @Test func laterTagsReplaceEarlierOnesWithTheSameExtract() throws {
    let filter = TagFilter(try Pattern("^(\\d+)-"), extract: "$1")
    let policy = ImagePolicy(.numerical(.ascending), filter: filter)
    let selection = try policy.select(from: ["1-a", "1-b"])
    #expect(selection.latest == "1-b")
    #expect(selection.rejected.map(\.tag) == ["1-a"])
    #expect(selection.rejected.first?.reason == .sameExtract(as: "1-b"))
  }

  @Test func tiesAreDeterministicInRegistryOrder() throws {
    for tags in [["1.0.0", "v1.0.0"], ["v1.0.0", "1.0.0"]] {
      let ordered = ImagePolicy.registryOrder(tags)
      #expect(try semver("*").select(from: ordered).latest == "v1.0.0")
    }
  }

  @Test(arguments: [
    (ImagePolicy.Prereleases.none, "1.1.0"), (.only, "1.2.0-rc.2"),
    (.channel("beta"), "1.2.0-beta1"),
  ])
  func choosesPrereleasesByChannel(
    prereleases: ImagePolicy.Prereleases, expected: String
  ) throws {
    let tags = ["1.1.0", "1.2.0-rc.2", "1.2.0-rc.1", "1.2.0-beta1"]
    #expect(try semver("*", prereleases).select(from: tags).latest == expected)
  }

  @Test(arguments: [
    (["1e3", "999", "1001"], "1001"), (["0x1p4", "15", "17"], "17"), (["1", "NaN", "0"], "0"),
    (["1.0", "1", "1.00"], "1.00"), (["1_000", "5"], "1_000"),
  ])
  func readsNumbersAsGoDoes(tags: [String], expected: String) throws {
    #expect(try ImagePolicy(.numerical(.ascending)).select(from: tags).latest == expected)
  }

  @Test func failsWithAReason() throws {
    let numerical = ImagePolicy(.numerical(.ascending))
    #expect(throws: SelectionError.self) { try numerical.select(from: []) }
    let error = #expect(throws: SelectionError.self) { try numerical.select(from: ["1", "0x10"]) }
    #expect(error?.reason == .notNumber("0x10"))
    let none = #expect(throws: SelectionError.self) {
      try semver(">=2").select(from: ["1.0.0", "2.0.0-rc.1"])
    }
    #expect(none?.reason == .nothingAccepted)
    #expect(none?.rejected.map(\.reason) == [.outOfRange, .outOfRange])
  }
}
