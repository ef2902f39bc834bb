import ImageTags
import Testing

@Suite struct TagDetailsTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"),
    (
      "2024-02-29T23:59:59.123456789123Z", 1_709_251_199, 123_456_789,
      "2024-02-29T23:59:59.123456789Z"
    ),
    ("2024-07-01t10:00:00.5+02:00", 1_719_820_800, 500_000_000, "2024-07-01T08:00:00.5Z"),
    ("0001-01-01T00:00:00-01:00", -62_135_593_200, 0, "0001-01-01T01:00:00Z"),
  ])
  func readsTimes(text: String, seconds: Int64, nanosecond: Int, written: String) throws {
    let time = try #require(Timestamp(text))
    #expect(time.seconds == seconds && time.nanosecond == nanosecond)
    #expect(time.description == written)
  }

  @Test(arguments: [
    "", "2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00",
    "2024-01-01T24:00:00Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "24-1-1T0:0:0Z",
  ])
  func refusesOtherTimes(text: String) { #expect(Timestamp(text) == nil) }

  private static let lines = """
    1.0.0
    reg:5000/app:1.1.0

    reg:5000/app:1.2.0@sha256:ab\r
    {"image": "reg:5000/app", "tag": "1.3.0", "digest": "sha256:cd", "platforms": ["linux/amd64"]}
    {"image": "other", "tag": "9", "created": "2024-01-01T00:00:00Z", "size": 12}
    """

  @Test func readsTagsInEveryForm() throws {
    let listing = try TagListing(parsing: Array(Self.lines.utf8))
    #expect(listing.tags() == ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "9"])
    #expect(listing.tags(of: "reg:5000/app") == ["1.0.0", "1.1.0", "1.2.0", "1.3.0"])
    let details = listing.details(of: "reg:5000/app")
    #expect(details["1.2.0"]?.digest == "sha256:ab")
    #expect(details["1.3.0"]?.platforms.map(\.description) == ["linux/amd64"])
    #expect(details["9"] == nil)
    let again = try TagListing(parsing: Array(listing.entries.map { $0.json + "\n" }.joined().utf8))
    #expect(again.entries.map(\.tag) == listing.entries.map(\.tag))
    #expect(again.details() == listing.details().merging(again.details()) { $1 })
  }

  @Test(arguments: [
    ("{\"tag\": 1}", 1), ("a\n{\"tag\": \"a\", \"created\": \"now\"}", 2), ("a\n\nreg/app", 3),
    ("{\"tag\": \"a\", \"platforms\": [\"linux\"]}", 1), ("{", 1), ("reg/app@sha256:ab", 1),
  ])
  func refusesMalformedLines(text: String, line: Int) {
    let error = #expect(throws: TagListing.ParseError.self) {
      try TagListing(parsing: Array(text.utf8))
    }
    #expect(error?.line == line)
  }

  private static let amd64 = ImageManifest.Platform(system: "linux", architecture: "amd64")
  private static let arm64 = ImageManifest.Platform(system: "linux", architecture: "arm64")

  private static let known: [String: TagDetails] = [
    "a": TagDetails(created: Timestamp("2024-01-01T00:00:00Z"), platforms: [amd64, arm64]),
    "b": TagDetails(created: Timestamp("2024-03-01T00:00:00Z"), platforms: [amd64]),
    "c": TagDetails(created: Timestamp("2024-01-01T01:00:00+01:00"), platforms: [amd64, arm64]),
  ]

  @Test func theNewestBuildWins() throws {
    let policy = ImagePolicy(.newestBuild)
    let selection = try policy.select(from: ["d", "a", "b", "c"], details: Self.known)
    #expect(selection.latest == "b")
    #expect(selection.rejected.map(\.reason) == [.unknownBuildDate, .older, .older])
    let tied = try policy.select(from: ["c", "a"], details: Self.known)
    #expect(tied.latest == "c")
    #expect(tied.rejected.map(\.reason) == [.tie])
    let error = #expect(throws: SelectionError.self) { try policy.select(from: ["d"]) }
    #expect(error?.reason == .noBuildDates)
  }

  @Test func imagesWithoutAWantedPlatformTakeNoPart() throws {
    let policy = ImagePolicy(.newestBuild, platforms: [Self.amd64, Self.arm64])
    let selection = try policy.select(from: ["d", "b", "a"], details: Self.known)
    #expect(selection.latest == "a")
    #expect(selection.rejected.map(\.reason) == [.unknownPlatforms, .lacksPlatform(Self.arm64)])
    // Such a tag does not stand in for another with the same extract either.
    let filter = TagFilter(try Pattern("."), extract: "x")
    let ordered = ImagePolicy(.alphabetical(.ascending), filter: filter, platforms: [Self.arm64])
    #expect(try ordered.select(from: ["a", "b"], details: Self.known).latest == "a")
    let error = #expect(throws: SelectionError.self) { try policy.select(from: ["d"]) }
    #expect(error?.reason == .noneHasPlatforms)
  }
}
