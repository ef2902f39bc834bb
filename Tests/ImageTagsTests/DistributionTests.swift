import ImageTags
import Testing

@Suite struct DistributionTests {
  @Test func readsChallenges() {
    let challenges = AuthenticationChallenge.parse(
      "Bearer realm=\"https://a/t\",service = s , Basic realm=\"b \\\"x\\\"\"")
    #expect(challenges.map(\.scheme) == ["bearer", "basic"])
    #expect(challenges[0]["service"] == "s")
    #expect(challenges[1]["realm"] == "b \"x\"")
    #expect(AuthenticationChallenge.parse(",,=\"").isEmpty)
    let mixed = AuthenticationChallenge.parse("Negotiate oYIC/+a==, Basic realm=x, Digest")
    #expect(mixed.map(\.scheme) == ["negotiate", "basic", "digest"])
    #expect(mixed[1]["realm"] == "x")
  }

  @Test func asksForTokens() throws {
    let challenge = AuthenticationChallenge.parse(
      "Bearer realm=\"https://a/t?x=1\",service=\"r y\",scope=\"repository:a/b:pull\"")[0]
    let request = try #require(TokenRequest(challenge))
    #expect(request.url == "https://a/t?x=1&service=r%20y&scope=repository%3Aa%2Fb%3Apull")
  }

  @Test func tokensLastAtLeastAMinute() throws {
    let token = try BearerToken(response: #"{"token":"","access_token":"b","expires_in":5}"#)
    #expect(token.token == "b")
    #expect(token.secondsValid == 60)
    #expect(throws: BearerToken.MissingError.self) { try BearerToken(response: "[]") }
  }

  @Test(arguments: [
    ("</a?x=1,2>; rel=\"next\"", "https://r/a?x=1,2"), ("<?n=2>; rel=next", "https://r/v2/t?n=2"),
    ("<https://s/b>; rel=\"first next\"", "https://s/b"),
    ("</p>; rel=prev, </n>; rel=next", "https://r/n"),
    ("</a>; rel=prev", nil), ("/a; rel=next", nil), ("<", nil),
  ])
  func followsLinks(header: String, expected: String?) {
    #expect(LinkHeader.next(in: header, of: "https://r/v2/t?n=1") == expected)
  }

  @Test func readsErrorsAndPages() throws {
    let failure = RegistryFailure(
      status: 429, body: #"{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}"#)
    #expect(failure.code == "TOOMANYREQUESTS")
    #expect(failure.isTemporary)
    #expect(RegistryFailure(status: 404, body: "<html>").code == "")
    let page = try TagPage(
      body: #"{"tags":null}"#, link: "</n>; rel=next", url: "https://r/v2/t")
    #expect(page.tags.isEmpty)
    #expect(page.next == "https://r/n")
    #expect(throws: TagPage.MalformedError.self) { try TagPage(body: "{", link: nil, url: "") }
  }
}
