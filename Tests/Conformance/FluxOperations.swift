internal import OverlayKit
internal import SourceText

/// Flux's image setters and variable substitution, by name.
let fluxOperations: [String: Operation] = [
  "setters.update": updateSetters, "flux.postbuild": postBuild,
]

@Sendable private func updateSetters(_ input: JSONValue) throws(Refusal) -> JSONValue {
  var choices: [String: ImageSetters.Choice] = [:]
  for policy in input["policies"]?.elements ?? [] {
    let id = try policy.text("namespace") + ":" + policy.text("name")
    let latest = policy["latestRef"] ?? .null
    choices[id] = ImageSetters.Choice(
      name: try latest.text("name"), tag: latest["tag"]?.stringValue ?? "",
      digest: latest["digest"]?.stringValue ?? "")
  }
  let setters = ImageSetters(choices)
  var files: [(String, JSONValue)] = []
  var changes: [JSONValue] = []
  var set = SourceFiles()
  for member in input["files"]?.members ?? [] where ImageSetters.considers(member.name) {
    let source = SourceFile(name: member.name, text: member.value.stringValue ?? "")
    guard let update = try? setters.update(source, file: set.add(source)) else { continue }
    if update.bytes != source.bytes {
      files.append((member.name, .string(String(decoding: update.bytes, as: UTF8.self))))
    }
    for change in update.changes {
      changes.append(
        .object([
          ("file", .string(member.name)), ("old", .string(change.oldValue)),
          ("new", .string(change.newValue)), ("setter", .string(change.setter)),
        ]))
    }
  }
  return .object([("files", .object(files)), ("changes", .array(changes))])
}

@Sendable private func postBuild(_ input: JSONValue) throws(Refusal) -> JSONValue {
  func variables(_ value: JSONValue?) -> [String: String] {
    var result: [String: String] = [:]
    for member in value?.members ?? [] { result[member.name] = member.value.stringValue }
    return result
  }
  let yaml = try input.text("yaml")
  do throws(PostBuild.Failure) {
    return try PostBuild(
      substitute: variables(input["substitute"]),
      sources: (input["substituteFrom"]?.elements ?? []).map(variables),
      always: input["always"]?.boolValue ?? false, strict: input["strict"]?.boolValue ?? false
    ).expand(yaml)
  } catch {
    throw Refusal(message: error.message)
  }
}
