import ImageTags
import Testing

@Suite struct SemanticVersionTests {
  @Test(arguments: [
    ("1.2.3", SemanticVersion.Grammar.specification, "1.2.3"),
    ("99999999999999999999.0.0-rc.1+b", .specification, "99999999999999999999.0.0-rc.1+b"),
    ("v1.2", .loose, "1.2.0"), ("01.2", .loose, "1.2.0"), ("1.2-rc.1", .flux, "1.2.0-rc.1"),
  ])
  func reads(text: String, grammar: SemanticVersion.Grammar, canonical: String) throws {
    let version = try SemanticVersion(text, grammar)
    #expect(version.description == canonical)
    #expect(version.original == text)
  }

  @Test(arguments: [
    ("", SemanticVersion.Grammar.specification, SemanticVersion.ParseError.Reason.malformed),
    ("v1.2.3", .specification, .malformed), ("1.2.03", .specification, .leadingZero),
    ("1.2.3-01", .loose, .leadingZero), ("1.2.3-a..b", .loose, .invalidPrerelease),
    ("1.2.3+", .loose, .invalidMetadata), ("V1", .loose, .malformed), ("1.2", .flux, .tooFewParts),
    ("18446744073709551616.0.0", .strict, .numberTooLarge),
  ])
  func refuses(
    text: String, grammar: SemanticVersion.Grammar, reason: SemanticVersion.ParseError.Reason
  ) throws {
    let error = #expect(throws: SemanticVersion.ParseError.self) {
      try SemanticVersion(text, grammar)
    }
    #expect(error?.reason == reason)
  }

  @Test func ordersAsTheSpecificationSays() throws {
    let ordered: [SemanticVersion] = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
      "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "99999999999999999999.0.0",
    ]
    #expect(ordered.shuffled().sorted() == ordered)
  }

  @Test func buildMetadataBreaksTiesOnlyInTheTotalOrder() {
    let (first, second): (SemanticVersion, SemanticVersion) = ("1.0.0+a", "1.0.0+b")
    #expect(first.precedence(comparedTo: second) == .same)
    #expect(first < second)
    #expect(first != second)
  }

  @Test func mastermindsReadsNumbersOver64BitsAsText() {
    let (large, small): (SemanticVersion, SemanticVersion) = (
      "1.0.0-99999999999999999999", "1.0.0-0a"
    )
    #expect(large.precedence(comparedTo: small) == .ascending)
    #expect(large.precedence(comparedTo: small, .masterminds) == .descending)
  }

  @Test(arguments: [
    ("1.2.3", SemanticVersion.Part.patch, "1.2.4"), ("1.2.3-rc.1", .patch, "1.2.3"),
    ("1.2.3-rc.1+b", .minor, "1.3.0"),
    ("18446744073709551615.0.0", .major, "18446744073709551616.0.0"),
    ("99999999999999999999.0.0", .major, "100000000000000000000.0.0"),
  ])
  func bumps(text: String, part: SemanticVersion.Part, expected: String) throws {
    #expect(try SemanticVersion(text).bumping(part).description == expected)
  }

  @Test(arguments: [("1.0.0-rc.1", "rc"), ("1.0.0-rc1", "rc"), ("1.0.0-1", ""), ("1.0.0", "")])
  func namesTheChannel(text: String, channel: String) throws {
    #expect(try SemanticVersion(text).channel == channel)
  }
}
