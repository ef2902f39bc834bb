#if Registry
  import ImageRegistry
  import ImageTags
  import Synchronization
  import Testing

  /// The client against a server that misbehaves on purpose.
  @Suite struct RegistryClientTests {
    private static func options(maximumBytes: Int = 1 << 20) -> RegistryClient.Options {
      var options = RegistryClient.Options()
      options.pause = 1
      options.retries = 2
      options.timeout = 2
      options.maximumBytes = maximumBytes
      return options
    }

    /// Runs a client against a scripted server.
    private func with<Result: Sendable>(
      options: RegistryClient.Options = options(),
      credentials: DockerConfiguration.Credentials? = nil,
      _ reply: @escaping @Sendable (FaultyServer.Request, String) -> FaultyServer.Reply,
      _ body: (RegistryClient, ImageReference, FaultyServer) async throws -> Result
    ) async throws -> Result {
      let server = try await FaultyServer(reply)
      let client = RegistryClient(options: options) { _ in credentials }
      let text = server.host + "/team/app:1.0"
      let image = try ImageReference(text)
      do {
        let result = try await body(client, image, server)
        await client.close()
        await server.close()
        return result
      } catch {
        await client.close()
        await server.close()
        throw error
      }
    }

    @Test func followsEveryPage() async throws {
      let tags = try await with { request, _ in
        if request.path.contains("last=b") {
          return .init(body: #"{"name":"team/app","tags":["c"]}"#)
        }
        let link = "</v2/team/app/tags/list?last=b&n=2>; rel=\"next\""
        return .init(headers: ["Link": link], body: #"{"tags":["a","b"]}"#)
      } _: { client, image, _ in
        try await client.tags(of: image)
      }
      #expect(tags == ["a", "b", "c"])
    }

    @Test func getsATokenWhenAskedTo() async throws {
      let credentials = DockerConfiguration.Credentials(user: "ada", password: "secret")
      let requests = try await with(credentials: credentials) { request, host in
        if request.path.hasPrefix("/token") { return .init(body: #"{"token":"t1"}"#) }
        guard request.authorization == "Bearer t1" else {
          let challenge = "Bearer realm=\"http://\(host)/token\",service=\"s\""
          return .init(status: 401, headers: ["WWW-Authenticate": challenge])
        }
        return .init(body: #"{"tags":[]}"#)
      } _: { client, image, server in
        _ = try await client.tags(of: image)
        _ = try await client.tags(of: image)
        return server.requests
      }
      #expect(requests.count == 4, "the token is kept: \(requests)")
      #expect(requests[1].path == "/token?service=s&scope=repository%3Ateam%2Fapp%3Apull")
      #expect(requests[1].authorization == "Basic YWRhOnNlY3JldA==")
      #expect(requests[3].authorization == "Bearer t1")
    }

    @Test func credentialsStayWithTheirHost() async throws {
      let credentials = DockerConfiguration.Credentials(user: "ada", password: "secret")
      let other = try await FaultyServer { _, _ in
        .init(body: #"{"architecture":"amd64","os":"linux"}"#)
      }
      let elsewhere = other.host
      let platform = try await with(credentials: credentials) { request, _ in
        guard request.authorization != nil else {
          return .init(status: 401, headers: ["WWW-Authenticate": "Basic realm=\"r\""])
        }
        return .init(status: 307, headers: ["Location": "http://\(elsewhere)/blob"])
      } _: { client, image, _ in
        try await client.configuration("sha256:aa", of: image).platform
      }
      #expect(platform.description == "linux/amd64")
      #expect(other.requests.map(\.path) == ["/blob"])
      #expect(other.requests.allSatisfy { $0.authorization == nil })
      await other.close()
    }

    @Test(arguments: [429, 500, 503])
    func triesAgainAfterTemporaryFailures(status: Int) async throws {
      let count = Counter()
      let tags = try await with { _, _ in
        count.next() < 3
          ? .init(status: status, headers: ["Retry-After": "0"]) : .init(body: #"{"tags":["a"]}"#)
      } _: { client, image, _ in
        try await client.tags(of: image)
      }
      #expect(tags == ["a"])
    }

    @Test(arguments: [
      (
        FaultyServer.Reply(status: 404, body: #"{"errors":[{"code":"NAME_UNKNOWN"}]}"#),
        "NAME_UNKNOWN"
      ),
      (FaultyServer.Reply(status: 403), "status 403"),
      (FaultyServer.Reply(status: 401), "other credentials"),
      (FaultyServer.Reply(status: 429, headers: ["Retry-After": "9999"]), "status 429"),
      (FaultyServer.Reply(body: "<html>"), "JSON"),
      (FaultyServer.Reply(body: #"{"tags":["abcdefgh"]}"#, isTruncated: true), "/tags/list"),
      (FaultyServer.Reply(body: "[]", delay: 6000), "/tags/list"),
      (FaultyServer.Reply(status: 302, headers: ["Location": "/again"]), "redirects"),
      (FaultyServer.Reply(status: 302, headers: ["Location": "http://192.0.2.1/"]), "loopback"),
    ])
    func saysWhatWentWrong(reply: FaultyServer.Reply, words: String) async throws {
      var options = Self.options()
      options.timeout = 1
      options.retries = 1
      let error = await #expect(throws: RegistryError.self) {
        try await with(options: options) { _, _ in
          reply
        } _: { client, image, _ in
          try await client.tags(of: image)
        }
      }
      #expect(error.map { "\($0)".contains(words) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func largeAnswersAreRefused() async throws {
      let error = await #expect(throws: RegistryError.self) {
        try await with(options: Self.options(maximumBytes: 100)) { _, _ in
          .init(body: String(repeating: "x", count: 10_000))
        } _: { client, image, _ in
          try await client.tags(of: image)
        }
      }
      #expect(error.map { "\($0)".contains("larger") } == true)
    }

    private final class Counter: Sendable {
      private let value = Mutex(0)
      func next() -> Int {
        value.withLock {
          $0 += 1
          return $0
        }
      }
    }
  }
#endif
