import ImageTags
import Testing

@Suite struct VersionConstraintTests {
  @Test(arguments: [
    ("*", "1.2.3", true), ("*", "1.2.3-rc.1", false), ("*-0", "1.2.3-rc.1", true),
    ("^1.2", "1.9.0", true), ("^1.2", "2.0.0", false), ("^0.2.3", "0.3.0", false),
    ("^0.0.0", "0.0.1", false), ("~0.0.0", "9.0.0", true), ("~1.2", "1.3.0", false),
    (">11", "11.5.0", false), (">11", "12.0.0", true), ("<=1.1", "1.1.9", true),
    ("!=4.1", "4.1.7", false), ("1.2 - 2", "2.9.9", true), ("=1.2", "1.2.9", true),
    (">=1.0.0-0 <2.0.0", "2.0.0-rc.1", true), (">=1.0.0-0 <2.0.0-0", "2.0.0-rc.1", false),
    ("<1 || >=3", "3.1.0", true), ("<1 || >=3", "2.0.0", false), ("1.0-2.0", "1.5.0", false),
  ])
  func checks(range: String, version: String, expected: Bool) throws {
    let version = try SemanticVersion(version, .loose)
    #expect(try VersionConstraint(range).isSatisfied(by: version) == expected)
  }

  @Test(arguments: ["", " ", "==1", "V1", "1 ||", "1,,2", "1.2.3.4", "1.0 -2.0", "1x"])
  func refuses(range: String) {
    #expect(throws: VersionConstraint.ParseError.self) { try VersionConstraint(range) }
  }

  @Test(arguments: [
    (">= 1.2.3, < 2.0 || => 3.0, < 4", ">=1.2.3 <2.0 || =>3.0 <4"), ("3 - 4", ">=3 <=4"),
  ])
  func writesItsCanonicalForm(range: String, expected: String) throws {
    #expect(try VersionConstraint(range).description == expected)
  }

  @Test func refusesTextsThatAreTooLong() {
    let text = Array(repeating: "1 - 2", count: 2000).joined(separator: ",")
    #expect(throws: VersionConstraint.ParseError.self) { try VersionConstraint(text) }
  }
}
