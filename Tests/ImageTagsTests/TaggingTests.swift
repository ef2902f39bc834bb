import ImageTags
import Testing

@Suite struct TaggingTests {
  @Test func gitCommitAddsPrefixAndDirtyAfterSanitising() throws {
    let git: GitRunner = { (arguments) throws(GitFailure) in
      arguments[0] == "status" ? " M a" : "release/v1.0.0+b"
    }
    #expect(try GitCommitTagger(prefix: "x-").tag(git) == "x-release_v1.0.0_b-dirty")
    #expect(try GitCommitTagger(ignoresChanges: true).tag(git) == "release_v1.0.0_b")
    let failing: GitRunner = { (_) throws(GitFailure) in throw GitFailure("not a repository") }
    #expect(throws: GitFailure("not a repository")) { try GitCommitTagger().tag(failing) }
  }

  @Test(arguments: [
    ("2006-01-02_15-04-05.999_MST", "2009-02-13_23-31-30.12_UTC"),
    ("Monday Mon January Jan _2 3PM", "Friday Fri February Feb 13 11PM"),
    ("002 06 .000 Z07:00 -0700", "044 09 .120 Z +0000"), ("month 20060102", "month 20090213"),
  ])
  func formatsTimes(layout: String, expected: String) {
    let time = CivilTime(unixSeconds: 1_234_567_890, nanosecond: 120_000_000)
    #expect(TimeLayout(layout).format(time) == expected)
  }

  @Test func brokenZoneFilesAreRefused() {
    let header = Array("TZif2".utf8) + Array(repeating: UInt8(0xFF), count: 80)
    for length in 0...header.count {
      #expect(throws: TimeZoneRules.ParseError.self) {
        try TimeZoneRules(tzif: Array(header.prefix(length)))
      }
    }
  }

  @Test func imagesAreNamedAsSkaffoldNamesThem() throws {
    #expect(try SkaffoldImage.replacingTag(of: "ko://x.io/A/b:Tag", with: "v1") == "x.io/a/b:v1")
    #expect(try SkaffoldImage.sha256Tag(for: "app:1") == "")
    #expect(throws: ImageReference.ParseError.self) {
      try SkaffoldImage.fullName("app", tag: "-x")
    }
  }
}
