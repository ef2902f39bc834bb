internal import Crypto
internal import ImageTags
internal import SourceText

let taggingOperations: [String: Operation] = [
  "skaffold.sanitize-tag": { (input) throws(Refusal) in
    .string(SkaffoldImage.sanitizedTag(try input.text("tag")))
  },
  "skaffold.parse-image": { (input) throws(Refusal) in
    let image = try input.text("image")
    return try refusing { () throws(ImageReference.ParseError) in
      let reference = try SkaffoldImage.reference(image)
      return .object([
        ("name", .string(reference.name)), ("tag", .string(reference.tag ?? "")),
        ("digest", .string(reference.digest?.description ?? "")),
        ("fullyQualified", .bool(SkaffoldImage.isFullyQualified(reference))),
      ])
    }
  },
  "skaffold.set-tag": { (input) throws(Refusal) in
    let image = try input.text("image")
    return try refusing { () throws(ImageReference.ParseError) in
      .string(try SkaffoldImage.replacingTag(of: image, with: input.textOrEmpty("tag")))
    }
  },
  "skaffold.sha256": { (input) throws(Refusal) in
    let image = try input.text("image")
    return try refusing { () throws(ImageReference.ParseError) in
      .string(try SkaffoldImage.sha256Tag(for: image))
    }
  },
  "skaffold.full-name": { (input) throws(Refusal) in
    let image = try input.text("image")
    return try refusing { () throws(ImageReference.ParseError) in
      .string(try SkaffoldImage.fullName(image, tag: input.textOrEmpty("tag")))
    }
  },
  "skaffold.dateTime": { (input) throws(Refusal) in
    let format = input.textOrEmpty("format")
    let layout = format.isEmpty ? TimeLayout.skaffoldDefault : TimeLayout(format)
    let time = CivilTime(
      unixSeconds: Int64(input["unix"]?.intValue ?? 0),
      nanosecond: input["nanos"]?.intValue ?? 0, zone: try zone(input.textOrEmpty("timezone")))
    return .string(layout.format(time))
  },
  "skaffold.inputDigest": { (input) throws(Refusal) in
    let files = (input["files"]?.members ?? []).map { ($0.name, $0.value.stringValue ?? "") }
    let contents = Dictionary(files) { $1 }
    let digest = InputDigest(
      md5: { hexadecimal(Insecure.MD5.hash(data: $0)) },
      sha256: { hexadecimal(SHA256.hash(data: $0)) })
    return .string(digest.tag(paths: files.map(\.0)) { Array((contents[$0] ?? "").utf8) })
  },
]

private func refusing(
  _ body: () throws(ImageReference.ParseError) -> JSONValue
) throws(Refusal) -> JSONValue {
  do throws(ImageReference.ParseError) {
    return try body()
  } catch {
    throw Refusal(message: error.description)
  }
}

private func zone(_ name: String) throws(Refusal) -> TimeZoneRules {
  if name == "UTC" { return .utc }
  guard let bytes = try? LocalFileSystem().read("/usr/share/zoneinfo/" + name),
    let rules = try? TimeZoneRules(tzif: bytes)
  else { throw Refusal(message: "unknown time zone \(name)") }
  return rules
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
