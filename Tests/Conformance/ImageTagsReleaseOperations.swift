internal import ImageTags
internal import SourceText

let releaseOperations: [String: Operation] = [
  "svu.next": { (input) throws(Refusal) in
    let messages = (input["commits"]?.elements ?? []).compactMap(\.stringValue)
    let plan = ReleasePlan(
      try action(input.textOrEmpty("action")),
      scheme: TagScheme(prefix: input.textOrEmpty("prefix")),
      keepsMajorZero: input["keepV0"]?.boolValue ?? false,
      alwaysBumps: input["always"]?.boolValue ?? false,
      prerelease: input.textOrEmpty("prerelease"), metadata: input.textOrEmpty("metadata"))
    do throws(ReleasePlan.Failure) {
      let outcome = try plan.outcome(
        after: input.textOrEmpty("tag"), commits: messages.map(CommitMessage.init))
      return .string(outcome.tag)
    } catch {
      throw Refusal(message: error.description)
    }
  },
  "tags.current": { (input) throws(Refusal) in
    let tags = (input["tags"]?.elements ?? []).compactMap(\.stringValue)
    let latest = TagScheme(prefix: input.textOrEmpty("prefix"))
      .latest(of: tags, includingPrereleases: input["prereleases"]?.boolValue ?? true)
    return latest.map(JSONValue.string) ?? .null
  },
]

private func action(_ name: String) throws(Refusal) -> ReleasePlan.Action {
  switch name {
  case "", "next": return .next
  case "prerelease": return .prerelease
  case "current": return .current
  default:
    guard let part = SemanticVersion.Part(rawValue: name) else {
      throw Refusal(message: "unknown action")
    }
    return .bump(part)
  }
}
