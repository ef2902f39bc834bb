internal import ImageTags
internal import SourceText

let versionOperations: [String: Operation] = [
  "semver.parse-strict": { (input) throws(Refusal) in try parts(input, .strict) },
  "semver.parse-loose": { (input) throws(Refusal) in try parts(input, .loose) },
  "semver.parse-flux": { (input) throws(Refusal) in try parts(input, .flux) },
  "semver.parse-spec": { (input) throws(Refusal) in try parts(input, .specification) },
  "semver.compare": { (input) throws(Refusal) in
    let order = try version(input.text("a"), .loose)
      .precedence(comparedTo: version(input.text("b"), .loose), .masterminds)
    return .integer(order.rawValue)
  },
  "semver.compare-spec": { (input) throws(Refusal) in
    let order = try version(input.text("a"), .specification)
      .precedence(comparedTo: version(input.text("b"), .specification))
    return .integer(order.rawValue)
  },
  "semver.sort": { (input) throws(Refusal) in
    var versions: [SemanticVersion] = []
    for element in input["versions"]?.elements ?? [] {
      versions.append(try version(element.stringValue ?? "", .loose))
    }
    versions.sort { $0.precedence(comparedTo: $1, .masterminds) == .ascending }
    return .array(versions.map { .string($0.original) })
  },
  "semver.inc": { (input) throws(Refusal) in
    let text = try input.text("version")
    guard let part = SemanticVersion.Part(rawValue: try input.text("part")) else {
      throw Refusal(message: "unknown part")
    }
    let bumped = try version(text, .loose).bumping(part)
    // Masterminds' numbers end at 64 bits.
    _ = try version(bumped.description, .strict)
    return .string((text.hasPrefix("v") ? "v" : "") + bumped.description)
  },
  "semver.constraint": { (input) throws(Refusal) in
    var constraint = try constraint(input.text("constraint"))
    constraint.includesPrereleases = input["includePrerelease"]?.boolValue ?? false
    return .bool(constraint.isSatisfied(by: try version(input.text("version"), .loose)))
  },
  "semver.constraint-string": { (input) throws(Refusal) in
    .string(try constraint(input.text("constraint")).description)
  },
]

private func version(
  _ text: String, _ grammar: SemanticVersion.Grammar
) throws(Refusal) -> SemanticVersion {
  do throws(SemanticVersion.ParseError) {
    return try SemanticVersion(text, grammar)
  } catch {
    throw Refusal(message: error.description)
  }
}

private func constraint(_ text: String) throws(Refusal) -> VersionConstraint {
  do throws(VersionConstraint.ParseError) {
    return try VersionConstraint(text)
  } catch {
    throw Refusal(message: error.description)
  }
}

private func parts(
  _ input: JSONValue, _ grammar: SemanticVersion.Grammar
) throws(Refusal) -> JSONValue {
  let version = try version(input.text("version"), grammar)
  return .object([
    ("canonical", .string(version.description)),
    ("prerelease", .string(version.prerelease)),
    ("metadata", .string(version.metadata)),
  ])
}
