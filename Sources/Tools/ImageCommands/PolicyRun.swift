internal import ImageTags
internal import OverlayKit
internal import SourceText

/// Lets the policies of Flux manifests choose from a list of image references.
struct PolicyRun {
  private(set) var choices: [PolicyChoice] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(policies paths: [String], tags: String, files: inout SourceFiles) throws(DiagnosticError) {
    var manifests = PolicyManifests()
    for path in paths {
      for name in try ManifestFiles.find(path) {
        let source = try ManifestFiles.read(name)
        try manifests.add(source, file: files.add(source))
      }
    }
    let list = try ManifestFiles.read(tags)
    let byImage = Self.tagsByImage(list.bytes)
    for policy in manifests.policies {
      guard let image = manifests.image(of: policy) else {
        diagnostics.append(
          Diagnostic(
            "missing-repository", .error,
            "there is no ImageRepository '\(policy.repository)' for the policy '\(policy.id)'",
            span: policy.span))
        continue
      }
      do throws(SelectionError) {
        let candidates = manifests.candidates(of: policy, among: byImage[image] ?? [])
        let selection = try policy.policy.select(from: candidates)
        choices.append(
          PolicyChoice(
            policy: policy.id, choice: ImageSetters.Choice(name: image, tag: selection.latest)))
      } catch {
        diagnostics.append(
          Diagnostic(
            "no-tag-selected", .warning,
            "the policy '\(policy.id)' chooses nothing for \(image): \(error.description)",
            span: policy.span))
      }
    }
  }

  /// The tags of each image, from lines `name:tag`.
  private static func tagsByImage(_ bytes: [UInt8]) -> [String: [String]] {
    var tags: [String: [String]] = [:]
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = String(decoding: line, as: UTF8.self)
      guard let colon = text.lastIndex(of: ":"), !text[colon...].contains("/") else { continue }
      tags[String(text[..<colon]), default: []].append(String(text[text.index(after: colon)...]))
    }
    return tags
  }
}
