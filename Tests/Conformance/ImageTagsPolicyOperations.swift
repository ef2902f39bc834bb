internal import ImageTags
internal import SourceText

let policyOperations: [String: Operation] = [
  "imagepolicy.select": { (input) throws(Refusal) in
    let policy = ImagePolicy(try rule(input["policy"] ?? .null), filter: try filter(input))
    let tags = (input["tags"]?.elements ?? []).compactMap(\.stringValue)
    do throws(SelectionError) {
      return .object([("latest", .string(try policy.select(from: tags).latest))])
    } catch {
      throw Refusal(message: error.description)
    }
  },
  "regex.expand": { (input) throws(Refusal) in
    let pattern = try pattern(input.text("pattern"))
    do throws(Pattern.TooLargeError) {
      guard let match = try pattern.firstMatch(in: input.textOrEmpty("text")) else {
        return .object([("match", .bool(false))])
      }
      let expanded = match.expand(input.textOrEmpty("extract"))
      return .object([("match", .bool(true)), ("expanded", .string(expanded))])
    } catch {
      throw Refusal(message: error.description)
    }
  },
]

extension JSONValue {
  /// The string at a name, or an empty one.
  func textOrEmpty(_ name: String) -> String { self[name]?.stringValue ?? "" }
}

private func pattern(_ text: String) throws(Refusal) -> Pattern {
  do throws(Pattern.ParseError) {
    return try Pattern(text)
  } catch {
    throw Refusal(message: error.description)
  }
}

private func filter(_ input: JSONValue) throws(Refusal) -> TagFilter? {
  guard let filter = input["filterTags"], !filter.isNull else { return nil }
  return TagFilter(
    try pattern(filter.textOrEmpty("pattern")), extract: filter.textOrEmpty("extract"))
}

private func rule(_ policy: JSONValue) throws(Refusal) -> ImagePolicy.Rule {
  func order(_ value: JSONValue) throws(Refusal) -> ImagePolicy.Order {
    guard let order = ImagePolicy.Order(value.textOrEmpty("order")) else {
      throw Refusal(message: "invalid order")
    }
    return order
  }
  if let semver = policy["semver"] {
    do throws(VersionConstraint.ParseError) {
      return .semver(try VersionConstraint(semver.textOrEmpty("range")))
    } catch {
      throw Refusal(message: error.description)
    }
  }
  if let alphabetical = policy["alphabetical"] { return .alphabetical(try order(alphabetical)) }
  if let numerical = policy["numerical"] { return .numerical(try order(numerical)) }
  throw Refusal(message: "the policy names no rule")
}
