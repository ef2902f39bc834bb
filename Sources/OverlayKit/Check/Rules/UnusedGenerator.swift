internal import ManifestKit
internal import SourceText

extension OverlayRule {
  /// Finds generated ConfigMaps and Secrets whose name stands nowhere else.
  static let unusedGenerator = OverlayRule(
    id: "unused-generator",
    summary: "a generated ConfigMap or Secret that nothing names",
    explanation: """
      The name of what a generator makes ends in a hash of its contents, so nothing outside of the build \
      can know it. If no other object that is printed names it either, in any overlay, it is of no use. \
      Name it where it is needed, or delete the generator. Generators without the hash are passed over.
      """
  ) { context in
    var unused: [String: Diagnostic] = [:]
    var used: Set<String> = []
    for build in context.builds {
      var counts: [Substring: Int] = [:]
      for word in String(decoding: build.yaml, as: UTF8.self).split(whereSeparator: isSeparator) {
        counts[word, default: 0] += 1
      }
      for resource in build.resources where resource.needsHash {
        guard let span = resource.span, let file = context.files[span.file] else { continue }
        let place = "\(file.name):\(span.bytes.lowerBound)"
        guard counts[resource.name[...], default: 0] < 2 else {
          used.insert(place)
          continue
        }
        unused[place] = Diagnostic(
          "unused-generator", .warning,
          "nothing names the generated \(resource.kind) '\(resource.originalID.name)'",
          detail: "Name it where it is needed, or delete the generator.", span: span)
      }
    }
    return unused.filter { !used.contains($0.key) }.map(\.value)
  }

  private static func isSeparator(_ character: Character) -> Bool {
    !(character.isASCII && (character.isLetter || character.isNumber)) && character != "-"
      && character != "."
  }
}
