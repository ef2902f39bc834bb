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
