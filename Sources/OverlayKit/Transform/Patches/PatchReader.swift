internal import ManifestKit
internal import SourceText

/// The text of a patch, from its file or from the kustomization itself.
struct PatchText {
  let stream: YAMLStream
  let span: SourceSpan

  /// Reads a file.
  init(path: Kustomization.Entry, _ loader: FileLoader) throws(DiagnosticError) {
    stream = try loader.stream(path.text, at: path.span)
    span = path.span
  }

  /// Reads text that stands in the kustomization; its diagnostics point there.
  init(inline: Kustomization.Entry, _ loader: FileLoader) throws(DiagnosticError) {
    span = inline.span
    let name = loader.workspace.files[inline.span.file]?.name ?? "patch"
    do throws(DiagnosticError) {
      stream = try loader.stream(Array(inline.text.utf8), name: name + " (inline patch)")
    } catch {
      throw .located(
        "malformed-patch", error.diagnostics.first?.summary ?? "the patch is malformed",
        inline.span)
    }
  }

  /// Whether the patch is a list of JSON Patch operations.
  var isOperations: Bool { stream.documents.first?.root.kind == .sequence }
}

/// Makes transformers of patches.
struct PatchReader {
  let workspace: Workspace

  /// The strategic-merge patches of a text: every document is one; comments alone are none.
  func patches(in text: PatchText) throws(DiagnosticError) -> [Resource] {
    try ResourceReader(workspace: workspace).resources(in: text.stream)
  }

  /// The transformer of an entry of `patches` or `patchesJson6902`.
  func transformers(
    _ patch: Kustomization.Patch, _ loader: FileLoader
  ) throws(DiagnosticError) -> [any Transformer] {
    let text: PatchText
    switch (patch.path, patch.inline) {
    case (let path?, nil): text = try PatchText(path: path, loader)
    case (nil, let inline?): text = try PatchText(inline: inline, loader)
    case (nil, nil):
      throw .located("missing-field", "a patch needs a 'path' or a 'patch'", patch.span)
    case (_?, let inline?):
      throw .located(
        "conflicting-fields", "a patch has either a 'path' or a 'patch'", inline.span)
    }
    if text.isOperations {
      guard let target = patch.target else {
        throw .located(
          "missing-field", "a JSON patch needs a 'target'", patch.span,
          detail: "Name the kind and name of the resource to patch.")
      }
      return [try OperationsTransformer(text, target: .all(target), workspace)]
    }
    let patches = try patches(in: text)
    guard !patches.isEmpty else { return [] }
    return [
      StrategicMergeTransformer(
        patches: patches, target: patch.target, span: patch.span,
        allowsNameChange: patch.options["allowNameChange"] ?? false,
        allowsKindChange: patch.options["allowKindChange"] ?? false)
    ]
  }
}
