import ImageTags
import SourceText
import Testing

@Suite struct RegistryDocumentsTests {
  @Test(arguments: [
    ("ghcr.io", DockerConfiguration.Source.stored(.init(user: "ada", password: "p:w"))),
    ("docker.io", .stored(.init(user: "hub", password: "x"))),
    ("ecr.example.com", .helper(name: "ecr-login", server: "ecr.example.com")),
    ("other.example.com", .helper(name: "desktop", server: "other.example.com")),
  ])
  func findsCredentials(domain: String, expected: DockerConfiguration.Source) throws {
    let text = """
      {"auths": {"ghcr.io": {"auth": "\(Base64.encode("ada:p:w".utf8))"},
        "https://index.docker.io/v1/": {"username": "hub", "password": "x"}},
       "credHelpers": {"ecr.example.com": "ecr-login"}, "credsStore": "desktop"}
      """
    let configuration = try DockerConfiguration(parsing: Array(text.utf8))
    #expect(configuration.source(forDomain: domain) == expected)
  }

  @Test func anEmptyConfigurationKnowsNothing() throws {
    #expect(try DockerConfiguration(parsing: Array("{}".utf8)).source(forDomain: "a.b") == .none)
    #expect(throws: DockerConfiguration.MalformedError.self) {
      try DockerConfiguration(parsing: Array("{".utf8))
    }
  }

  @Test(arguments: [
    ("localhost:5000", true), ("127.0.0.1", true), ("127.1.2.3:80", true), ("[::1]:5000", true),
    ("localhost.example.com", false), ("127.0.0.1.example.com", false), ("10.0.0.1:5000", false),
  ])
  func loopbackIsThisMachineOnly(host: String, expected: Bool) {
    #expect(RegistryAddress.isLoopback(host) == expected)
  }

  @Test func addressesUseTLSUnlessTheyAreLocal() throws {
    let hub = RegistryAddress(of: "nginx:1.27")
    #expect(hub.manifest("1.27") == "https://registry-1.docker.io/v2/library/nginx/manifests/1.27")
    #expect(hub.scope == "repository:library/nginx:pull")
    #expect(RegistryAddress(of: "localhost:5000/a").base == "http://localhost:5000")
    #expect(RegistryAddress(of: "r.test:80/a", plainHTTP: ["r.test:80"]).base == "http://r.test:80")
  }

  @Test func anIndexListsItsImages() throws {
    let index = try ImageManifest(
      parsing: Array(
        """
        {"manifests": [
          {"digest": "sha256:a", "platform": {"os": "linux", "architecture": "amd64"}},
          {"digest": "sha256:b", "platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
          {"digest": "sha256:c", "platform": {"os": "unknown", "architecture": "unknown"}}]}
        """.utf8))
    #expect(index.entries.map(\.platform.description) == ["linux/amd64", "linux/arm/v7"])
    let arm = try #require(ImageManifest.Platform("linux/arm"))
    #expect(index.entries.filter { arm.accepts($0.platform) }.count == 1)
  }

  @Test(arguments: ["", "[]", "{}", "{\"errors\": []}"])
  func otherDocumentsAreNoManifests(text: String) {
    #expect(throws: ImageManifest.MalformedError.self) {
      try ImageManifest(parsing: Array(text.utf8))
    }
  }
}
