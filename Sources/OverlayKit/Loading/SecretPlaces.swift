internal import ManifestKit
internal import SourceText

/// Keeps the values of Secrets out of the snippets that diagnostics show.
struct SecretPlaces {
  let workspace: Workspace

  /// Hides what the `secretGenerator` of a kustomization says.
  func hide(inKustomization root: YAMLNode) {
    let fields = (try? FieldTable(root.resolved))?.entries ?? []
    for entry in fields where FieldTable.spells(entry.key, "secretGenerator") {
      let list = entry.value.resolved
      if list.kind != .sequence { hideAll(list) }
      for generator in list.elements { hide(inGenerator: generator.resolved) }
    }
  }

  /// Hides what an object says: data of a Secret, literals of a SecretGenerator. O(entries).
  func hide(inObject root: YAMLNode) {
    let kind = root["kind"]?.text ?? ""
    if kind == "Secret" {
      for name in ["data", "stringData"] {
        for entry in root.entries where entry.key.resolved.hasText(name) { hideAll(entry.value) }
      }
    } else if kind == "SecretGenerator" {
      hide(inGenerator: root)
    } else if kind.hasSuffix("List") {
      for item in root["items"]?.elements.map(\.resolved) ?? [] { hide(inObject: item) }
    }
  }

  /// The fields of a generator that say nothing secret.
  private static let openFields = [
    "apiversion", "kind", "metadata", "name", "namespace", "type", "behavior", "files", "env",
    "envs", "options",
  ]

  private func hide(inGenerator root: YAMLNode) {
    if root.kind != .mapping { hideAll(root) }
    for entry in (try? FieldTable(root))?.entries ?? [] {
      if Self.openFields.contains(where: { FieldTable.spells(entry.key, $0) }) { continue }
      let value = entry.value.resolved
      if FieldTable.spells(entry.key, "literals"), value.kind == .sequence {
        for literal in value.elements { hide(literal: literal.resolved) }
      } else {
        hideAll(value)
      }
    }
  }

  /// Hides the value of `key=value`, and all of what is not written like that.
  private func hide(literal: YAMLNode) {
    guard literal.kind == .scalar, let file = workspace.files[literal.span.file] else {
      return hideAll(literal)
    }
    let bytes = file.bytes[literal.range]
    let start = bytes.firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? literal.range.lowerBound
    hide(SourceSpan(file: literal.span.file, bytes: start..<literal.range.upperBound))
  }

  /// Hides every value below a node.
  private func hideAll(_ root: YAMLNode) {
    var pending = [root]
    while let node = pending.popLast() {
      switch node.kind {
      case .scalar: hide(node.span)
      case .mapping: pending += node.entries.map(\.value)
      case .sequence: pending += node.elements
      // What it stands for may be elsewhere; one inside itself is not followed.
      case .alias: if node.resolved.kind == .scalar { hide(node.resolved.span) }
      }
    }
  }

  /// Hides a place, line by line where it is in text that stands in another file.
  private func hide(_ span: SourceSpan) {
    workspace.files.hide(span)
    guard workspace.files.hosted(span) != span, let file = workspace.files[span.file] else {
      return
    }
    var start = span.bytes.lowerBound
    while start < span.bytes.upperBound {
      let rest = file.bytes[start..<span.bytes.upperBound]
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      workspace.files.hide(
        workspace.files.hosted(SourceSpan(file: span.file, bytes: start..<end)))
      start = end + 1
    }
  }
}
