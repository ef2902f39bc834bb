#if Registry
  internal import AsyncHTTPClient
  internal import ImageTags
  internal import NIOCore
  internal import NIOHTTP1
  internal import SourceText

  /// Sends the client's requests: credentials, redirects, retries and limits.
  actor RegistryTransport {
    /// What a registry answered.
    struct Answer: Sendable {
      let status: Int
      /// Header fields by name in lower case.
      let headers: [String: String]
      let body: [UInt8]

      var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let client: HTTPClient
    private let options: RegistryClient.Options
    private let credentials: @Sendable (String) -> DockerConfiguration.Credentials?
    /// The `Authorization` that a registry accepted last, by origin and scope.
    private var authorizations: [String: String] = [:]

    init(
      options: RegistryClient.Options,
      credentials: @escaping @Sendable (String) -> DockerConfiguration.Credentials?
    ) {
      var configuration = HTTPClient.Configuration()
      // Redirects are followed here, so that credentials stay with their host.
      configuration.redirectConfiguration = .disallow
      configuration.timeout = .init(
        connect: .seconds(Int64(options.timeout)), read: .seconds(Int64(options.timeout)))
      client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      self.options = options
      self.credentials = credentials
    }

    func close() async { try? await client.shutdown() }

    /// Gets an address of an image's repository, with the credentials its registry asks for.
    func get(
      _ url: String, of image: ImageReference, _ address: RegistryAddress,
      accept: [String] = ["application/json", "*/*"]
    ) async throws(RegistryError) -> Answer {
      let key = address.base + " " + address.scope
      var answer = try await follow(url, address, accept, authorizations[key])
      if answer.status == 401 {
        let authorization = try await authorize(answer, url, image, address)
        authorizations[key] = authorization
        answer = try await follow(url, address, accept, authorization)
        if answer.status == 401 { throw .unauthorized(url: url) }
      }
      guard answer.status == 200 else {
        throw .refused(RegistryFailure(status: answer.status, body: answer.text), url: url)
      }
      return answer
    }

    /// What the registry's challenge asks for: a token of its service, or name and password.
    private func authorize(
      _ answer: Answer, _ url: String, _ image: ImageReference, _ address: RegistryAddress
    ) async throws(RegistryError) -> String {
      let challenges = AuthenticationChallenge.parse(answer.headers["www-authenticate"] ?? "")
      let known = credentials(image.domain)
      let basic = known.map { credentials in
        "Basic " + Base64.encode("\(credentials.user):\(credentials.password)".utf8)
      }
      for challenge in challenges {
        guard let request = TokenRequest(challenge) else { continue }
        let scoped =
          request.scopes.isEmpty ? TokenRequest(challenge, scopes: [address.scope]) : request
        let tokenURL = (scoped ?? request).url
        guard isAllowed(tokenURL) else {
          throw .malformed("the token service is not asked without TLS", url: url)
        }
        let token = try await send(tokenURL, ["application/json"], basic)
        guard token.status == 200 else { throw .unauthorized(url: url) }
        do throws(BearerToken.MissingError) {
          return "Bearer " + (try BearerToken(response: token.text).token)
        } catch {
          throw .malformed("the token service gave no token", url: request.realm)
        }
      }
      guard challenges.contains(where: { $0.scheme == "basic" }), let basic else {
        throw .unauthorized(url: url)
      }
      return basic
    }

    private func isAllowed(_ url: String) -> Bool {
      let origin = RegistryAddress.origin(of: url)
      if origin.hasPrefix("https://") { return true }
      let host = String(origin.dropFirst("http://".count))
      return origin.hasPrefix("http://")
        && (RegistryAddress.isLoopback(host) || options.plainHTTP.contains(host))
    }

    /// Sends a request and follows redirects; other hosts get no credentials.
    private func follow(
      _ url: String, _ address: RegistryAddress, _ accept: [String], _ authorization: String?
    ) async throws(RegistryError) -> Answer {
      var url = url
      for _ in 0..<5 {
        guard isAllowed(url) else {
          throw .malformed("plain HTTP is used for loopback addresses only", url: url)
        }
        let isHome = RegistryAddress.origin(of: url) == address.base.lowercased()
        let answer = try await send(url, accept, isHome ? authorization : nil)
        guard [301, 302, 303, 307, 308].contains(answer.status) else { return answer }
        guard let target = answer.headers["location"] else { return answer }
        url = LinkHeader.next(in: "<\(target)>; rel=\"next\"", of: url) ?? target
      }
      throw .endless(url: url)
    }

    /// Sends one request, again where the failure is temporary.
    private func send(
      _ url: String, _ accept: [String], _ authorization: String?
    ) async throws(RegistryError) -> Answer {
      var pause = options.pause
      for attempt in 0...options.retries {
        var wait = pause
        do throws(RegistryError) {
          let answer = try await exchange(url, accept, authorization)
          let failure = RegistryFailure(status: answer.status, body: "")
          guard failure.isTemporary, attempt < options.retries else { return answer }
          if let seconds = answer.headers["retry-after"].flatMap({ Int($0) }) {
            guard seconds <= options.longestPause else { return answer }
            wait = max(0, seconds) * 1000
          }
        } catch {
          guard case .unreachable = error, attempt < options.retries else { throw error }
        }
        try? await Task.sleep(for: .milliseconds(wait))
        pause *= 2
      }
      throw .unreachable("no answer", url: url)
    }

    private func exchange(
      _ url: String, _ accept: [String], _ authorization: String?
    ) async throws(RegistryError) -> Answer {
      var request = HTTPClientRequest(url: url)
      request.headers.add(name: "User-Agent", value: "deploykit")
      for type in accept { request.headers.add(name: "Accept", value: type) }
      if let authorization { request.headers.add(name: "Authorization", value: authorization) }
      do {
        let response = try await client.execute(
          request, timeout: .seconds(Int64(options.timeout)))
        var headers: [String: String] = [:]
        for field in response.headers { headers[field.name.lowercased()] = field.value }
        let body = try await response.body.collect(upTo: options.maximumBytes)
        return Answer(
          status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView))
      } catch is NIOTooManyBytesError {
        throw .tooLarge(url: url)
      } catch {
        throw .unreachable("\(error)", url: url)
      }
    }
  }
#endif
