import ImageTags
import Testing

@Suite struct ImageReferenceTests {
  private static let digest = "sha256:" + String(repeating: "a", count: 64)

  @Test(arguments: [
    ("nginx", "docker.io/library/nginx", "nginx"),
    ("index.docker.io/team/app:1", "docker.io/team/app:1", "team/app:1"),
    ("localhost/app", "localhost/app", "localhost/app"),
    ("reg:5000/app:v1", "reg:5000/app:v1", "reg:5000/app:v1"),
    ("[::1]:5000/app", "[::1]:5000/app", "[::1]:5000/app"),
    ("Reg/app", "Reg/app", "Reg/app"), ("a--b/c__d.e", "docker.io/a--b/c__d.e", "a--b/c__d.e"),
    ("app:1@\(digest)", "docker.io/library/app:1@\(digest)", "app:1@\(digest)"),
  ])
  func normalises(text: String, canonical: String, familiar: String) throws {
    let reference = try ImageReference(text)
    #expect(reference.canonical == canonical)
    #expect(reference.familiar == familiar)
    #expect(reference.description == text)
    #expect(try ImageReference(canonical) == reference)
  }

  @Test(arguments: [
    ("", ImageReference.ParseError.malformed), ("App", .uppercaseName("library/App")),
    ("app:", .malformed), ("app:a:b", .malformed), ("a..b", .malformed), ("a___b", .malformed),
    ("https://reg.io/app", .malformed), ("app@sha256:abc", .malformed),
    ("app@sha384:" + String(repeating: "a", count: 96), .digest(.unsupportedAlgorithm)),
    (String(repeating: "a", count: 64), .identifier),
    (String(repeating: "b", count: 300), .nameTooLong),
    ("app:" + String(repeating: "t", count: 129), .malformed),
  ])
  func refuses(text: String, error: ImageReference.ParseError) {
    #expect(throws: error) { try ImageReference(text) }
  }

  @Test func pullableKeepsOnlyWhatDecides() throws {
    let tagged: ImageReference = "app"
    #expect(tagged.pullable.canonical == "docker.io/library/app:latest")
    #expect(
      try ImageReference("app:1@\(Self.digest)").pullable.canonical
        == "docker.io/library/app@\(Self.digest)")
  }

  @Test(arguments: [
    ("foo/any/bat", "foo/**/ba[rz]", false), ("foo/a/bar", "foo/**/ba[rz]", true),
    ("foo/c/baz:tag", "foo/**/ba[rz]", true), ("app", "[^b]pp", true), ("app", "a\\pp", true),
  ])
  func matchesPatterns(text: String, pattern: String, expected: Bool) throws {
    #expect(try AnyReference(text).matches(GlobPattern(pattern)) == expected)
  }

  @Test(arguments: ["[", "[]", "[a-", "a\\", "[-a]"])
  func refusesBadPatterns(pattern: String) {
    #expect(throws: GlobPattern.ParseError.self) { try GlobPattern(pattern) }
  }

  @Test func registryNamesAreLaxer() throws {
    #expect(try RegistryName("docker.io/alpine").name == "index.docker.io/library/alpine:latest")
    #expect(try RegistryName("a_b.com/c").registry == "a_b.com")
    #expect(throws: RegistryName.ParseError.self) { try RegistryName("alpine", .strict) }
    #expect(throws: RegistryName.ParseError.self) { try RegistryName("user@reg.io/a") }
  }
}
