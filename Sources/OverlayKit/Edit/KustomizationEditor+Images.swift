internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// Sets an image's new name, tag or digest: `NAME=NEW`, `NAME:TAG`, `NAME@DIGEST`, and
  /// `NAME=NEW:TAG`, `NAME=NEW@DIGEST`, `NAME=NEW:TAG@DIGEST`.
  ///
  /// What is not said is removed from the image's entry; `*` in its place keeps it. A new image goes
  /// where its name belongs in a list sorted by name.
  public mutating func setImage(_ argument: String) throws(DiagnosticError) {
    let image = try ImageArgument(argument)
    let list =
      elements("images").contains { $0["name"]?.text == image.name } ? "images" : listed(image)
    let entries = elements(list)
    guard let index = entries.firstIndex(where: { $0["name"]?.text == image.name }) else {
      let members = image.parts.compactMap { part in
        part.value.isEmpty || part.value == "*" ? nil : (part.key, JSONValue.string(part.value))
      }
      let entry = JSONValue.object([("name", .string(image.name))] + members)
      return try insert(
        entry, named: image.name, into: path("images"),
        elements("images").map { $0["name"]?.text ?? "" })
    }
    for part in image.parts where part.value != "*" {
      let steps = path(list) + [.index(index), .key(part.key)]
      if part.value.isEmpty {
        try delete(steps)
      } else if elements(list)[index][part.key]?.text != part.value {
        try set(steps, to: .string(part.value))
      }
    }
  }

  /// The list that has an image: an old file may keep it in `imageTags`.
  private func listed(_ image: ImageArgument) -> String {
    elements("imageTags").contains { $0["name"]?.text == image.name } ? "imageTags" : "images"
  }
}

/// What an argument of `set image` says.
private struct ImageArgument {
  var name: String
  var newName = ""
  var newTag = ""
  var digest = ""

  var parts: [(key: String, value: String)] {
    [("newName", newName), ("newTag", newTag), ("digest", digest)]
  }

  init(_ argument: String) throws(DiagnosticError) {
    let malformed = DiagnosticError.edit(
      "malformed-argument", "'\(argument)' says nothing about an image",
      detail: "Write NAME:TAG, NAME@DIGEST, NAME=NEW, NAME=NEW:TAG or NAME=NEW@DIGEST.")
    let sides = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard sides.count <= 2, !sides[0].isEmpty else { throw malformed }
    let (path, tag, digest) = Self.split(sides[sides.count - 1])
    newTag = tag
    self.digest = digest
    if sides.count == 2 {
      name = sides[0]
      newName = path
      guard !path.isEmpty else { throw malformed }
    } else {
      name = path
      guard !path.isEmpty, !(tag.isEmpty && digest.isEmpty) else { throw malformed }
    }
  }

  /// Name, tag and digest; a colon belongs to the name where a slash follows it.
  private static func split(_ text: String) -> (String, String, String) {
    var name = text[...]
    var digest = ""
    if let at = name.firstIndex(of: "@") {
      digest = String(name[name.index(after: at)...])
      name = name[..<at]
    }
    guard let colon = name.lastIndex(of: ":") else { return (String(name), "", digest) }
    let tag = name[name.index(after: colon)...]
    let isTag =
      tag == "*"
      || tag.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
    return isTag ? (String(name[..<colon]), String(tag), digest) : (String(name), "", digest)
  }
}
