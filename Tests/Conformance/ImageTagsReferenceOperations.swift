internal import ImageTags
internal import SourceText

let referenceOperations: [String: Operation] = [
  "reference.normalize": { (input) throws(Refusal) in
    let reference = try reference(input, .docker)
    return .object(
      [
        ("canonical", .string(reference.canonical)), ("domain", .string(reference.domain)),
        ("familiar", .string(reference.familiar)),
        ("familiarName", .string(reference.familiarName)), ("path", .string(reference.path)),
        ("withDefaultTag", .string(reference.withDefaultTag.canonical)),
      ] + tagAndDigest(reference))
  },
  "reference.parse": { (input) throws(Refusal) in
    let reference = try reference(input, .grammar)
    return .object(
      [
        ("domain", .string(reference.domain)), ("name", .string(reference.name)),
        ("path", .string(reference.path)), ("string", .string(reference.canonical)),
      ] + tagAndDigest(reference))
  },
  "reference.parse-any": { (input) throws(Refusal) in
    let reference = try anyReference(input)
    return .object([
      ("canonical", .string(reference.canonical)), ("familiar", .string(reference.familiar)),
    ])
  },
  "reference.parse-docker": { (input) throws(Refusal) in
    .object([("canonical", .string(try reference(input, .docker).pullable.canonical))])
  },
  "reference.familiar-match": { (input) throws(Refusal) in
    guard let pattern = try? GlobPattern(input.text("pattern")) else {
      throw Refusal(message: "bad pattern")
    }
    return .bool(try anyReference(input).matches(pattern))
  },
  "ggcr.name-weak": { (input) throws(Refusal) in try registryName(input, .weak) },
  "ggcr.name-strict": { (input) throws(Refusal) in try registryName(input, .strict) },
]

private func reference(
  _ input: JSONValue, _ reading: ImageReference.Reading
) throws(Refusal) -> ImageReference {
  let text = try input.text("ref")
  do throws(ImageReference.ParseError) {
    return try ImageReference(text, reading)
  } catch {
    throw Refusal(message: error.description)
  }
}

private func anyReference(_ input: JSONValue) throws(Refusal) -> AnyReference {
  let text = try input.text("ref")
  do throws(ImageReference.ParseError) {
    return try AnyReference(text)
  } catch {
    throw Refusal(message: error.description)
  }
}

private func tagAndDigest(_ reference: ImageReference) -> [(String, JSONValue)] {
  var members: [(String, JSONValue)] = []
  if let tag = reference.tag { members.append(("tag", .string(tag))) }
  if let digest = reference.digest { members.append(("digest", .string(digest.description))) }
  return members
}

private func registryName(
  _ input: JSONValue, _ validation: RegistryName.Validation
) throws(Refusal) -> JSONValue {
  guard let name = try? RegistryName(input.text("ref"), validation) else {
    throw Refusal(message: "could not parse reference")
  }
  return .object([
    ("identifier", .string(name.identifier)), ("name", .string(name.name)),
    ("registry", .string(name.registry)), ("repository", .string(name.repository)),
  ])
}
