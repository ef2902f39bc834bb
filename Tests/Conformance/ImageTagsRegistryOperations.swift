internal import ImageTags
internal import SourceText

let registryOperations: [String: Operation] = [
  "registry.challenges": { (input) throws(Refusal) in
    .array(
      AuthenticationChallenge.parse(input.textOrEmpty("header")).map { challenge in
        .object([
          ("scheme", .string(challenge.scheme)),
          ("params", .object(challenge.parameters.map { ($0.name, .string($0.value)) })),
        ])
      })
  },
  "registry.token-url": { (input) throws(Refusal) in
    let request = TokenRequest(
      realm: try input.text("realm"), service: input.textOrEmpty("service"),
      scopes: (input["scopes"]?.elements ?? []).compactMap(\.stringValue))
    return .string(request.url)
  },
  "registry.token-response": { (input) throws(Refusal) in
    guard let token = try? BearerToken(response: input.textOrEmpty("body")) else {
      throw Refusal(message: "no token")
    }
    return .object([
      ("token", .string(token.token)), ("expiresIn", .integer(token.secondsValid)),
    ])
  },
  "registry.next-link": { (input) throws(Refusal) in
    .string(
      LinkHeader.next(in: input.textOrEmpty("header"), of: try input.text("requestURL")) ?? "")
  },
  "registry.error": { (input) throws(Refusal) in
    let failure = RegistryFailure(
      status: input["status"]?.intValue ?? 0, body: input.textOrEmpty("body"))
    return .object([("code", .string(failure.code)), ("message", .string(failure.message))])
  },
  "registry.collect-tags": { (input) throws(Refusal) in
    let pages = (input["pages"]?.elements ?? []).map { page in
      TagPage(
        tags: (page["tags"]?.elements ?? []).compactMap(\.stringValue),
        next: page["next"]?.boolValue ?? false ? "next" : nil)
    }
    return .array(TagPage.collect(pages).map { .string($0) })
  },
]
