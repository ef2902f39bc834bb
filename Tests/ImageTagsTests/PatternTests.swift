import ImageTags
import Testing

@Suite struct PatternTests {
  @Test(arguments: [
    ("a*?b", "aab", "aab"), ("(a|ab)(c|bcd)", "abcd", "abcd"), ("a{2,3}", "aaaa", "aaa"),
    ("(?i)straSSe|k", "\u{212A}", "\u{212A}"), ("(?U)a+", "aaa", "a"),
    ("\\bv\\d+", "dev1 v2", "v2"),
    ("[^[:alpha:]\\s]+", "ab 12-3 x", "12-3"), ("\\x{e9}\\pL", "xéüy", "éü"),
    ("(a*)*", "aab", "aa"),
    ("\\Qa.b\\E+", "a.bbb", "a.bbb"), ("(?m)^b$", "a\nb\nc", "b"), ("a{,2}", "a{,2}", "a{,2}"),
    ("(?s).+", "a\nb", "a\nb"), (".+", "a\nb", "a"),
  ])
  func findsTheLeftmostFirstMatch(pattern: String, text: String, match: String) throws {
    #expect(try Pattern(pattern).firstMatch(in: text)?.group(0).map(String.init) == match)
  }

  @Test(arguments: [
    "(", ")", "[a", "a**", "*", "(?=x)", "(?<!a)b", "(a)\\1", "[z-a]", "a{1001}", "(a{100}){11}",
    "\\", "(?P<n", "(?P<a-b>x)", "\\pX", "[[:foo:]]", "a{2,1}", "(?z)",
  ])
  func refuses(pattern: String) {
    #expect(throws: Pattern.ParseError.self) { try Pattern(pattern) }
  }

  @Test(arguments: [
    ("$1", "1"), ("${1}x", "1x"), ("$1x", ""), ("$$1", "$1"), ("$", "$"), ("${", "${"), ("$n", "1"),
    ("$n.0.0", "1.0.0"), ("$01", ""), ("$9", ""), ("a$0b", "a"),
  ])
  func expandsTemplates(template: String, expected: String) throws {
    let match = try #require(try Pattern("^rel-(?P<n>\\d+)$").firstMatch(in: "rel-1"))
    #expect(match.expand(template) == expected)
  }

  @Test func hostilePatternsStayLinear() throws {
    let text = String(repeating: "a", count: 20_000)
    for pattern in ["(a*)*b", "(a|aa)+$b", "(a?){30}a{30}b", "^(([a-z])+.)+[A-Z]([a-z])+$"] {
      #expect(try !Pattern(pattern).matches(text))
    }
  }

  @Test func tooMuchTextInAllIsRefused() throws {
    let texts = Array(repeating: String(repeating: "x", count: 100), count: 1000)
    let pattern = try Pattern("(x+x+)+y")
    #expect(throws: Pattern.TooLargeError.tooMuchWork) {
      try pattern.matches(inEach: texts, maximumWork: 100_000)
    }
    #expect(try pattern.matches(inEach: texts) == Array(repeating: false, count: 1000))
  }

  @Test func hostileSizesAreRefused() throws {
    let nested = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
    #expect(throws: Pattern.ParseError.self) { try Pattern(nested) }
    let large = String(repeating: "\\pL{1000}", count: 500)
    #expect(throws: Pattern.ParseError.self) { try Pattern(large) }
    let pattern = try Pattern(String(repeating: "x{1000}", count: 50))
    #expect(throws: Pattern.TooLargeError.textTooLong) {
      try pattern.matches(String(repeating: "x", count: 10_000))
    }
  }

  @Test func noPrefixOfAPatternCrashes() {
    let pattern = "^(?P<a>[^\\d[:alpha:]-z]{2,3}|(?i:x+?)\\x{41}\\Qq\\E)\\b.*$"
    for length in 0...pattern.count {
      _ = try? Pattern(String(pattern.prefix(length))).firstMatch(in: "xxAq")
    }
  }
}
