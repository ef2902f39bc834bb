internal import ManifestKit
internal import SourceText

/// Finds the kustomization file of a folder.
enum KustomizationFile {
  /// The names a kustomization file may have.
  static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Reads the folder's kustomization.
  static func load(
    _ loader: FileLoader, at span: SourceSpan?
  ) throws(DiagnosticError) -> Kustomization {
    let found = names.filter { loader.kind(of: $0) == .file }
    guard let name = found.first else {
      throw missing(loader, span)
    }
    guard found.count == 1 else {
      throw .located(
        "several-kustomizations",
        "'\(loader.display("."))' has several kustomization files: \(found.joined(separator: ", "))",
        span, detail: "Keep one of them.")
    }
    let stream = try loader.stream(name, at: span)
    if let root = stream.documents.first?.root {
      SecretPlaces(workspace: loader.workspace).hide(inKustomization: root)
    }
    try GoYAML.refuse(stream, isSplit: false)
    var kustomization = try Kustomization(stream, in: loader.workspace)
    kustomization.fileName = name
    warnOfDeprecatedFields(stream, loader.workspace)
    guard !kustomization.isEmpty else {
      throw .located(
        "empty-kustomization", "the kustomization is empty", kustomization.span,
        detail: "List manifests under 'resources'; 'overlay-edit add resource' does it.")
    }
    return kustomization
  }

  /// The fields that others have taken the place of.
  private static let deprecatedFields = [
    ("bases", "resources"), ("imageTags", "images"), ("commonLabels", "labels"),
    ("patchesStrategicMerge", "patches"), ("patchesJson6902", "patches"), ("vars", "replacements"),
  ]

  private static func warnOfDeprecatedFields(_ stream: YAMLStream, _ workspace: Workspace) {
    for entry in stream.documents.first?.root.resolved.entries.map({ $0 }) ?? [] {
      let field = deprecatedFields.first { FieldTable.spells(entry.key, $0.0) }
      guard let (_, modern) = field else { continue }
      workspace.warn(
        "deprecated-field", "'\(entry.key.text)' is deprecated", entry.key.span,
        detail: "Use '\(modern)'"
          + "; 'overlay-edit fix\(modern == "replacements" ? " --vars" : "")' rewrites it.")
    }
  }

  private static func missing(_ loader: FileLoader, _ span: SourceSpan?) -> DiagnosticError {
    let folder = loader.display(".")
    var diagnostic = Diagnostic(
      "no-kustomization", .error, "there is no kustomization.yaml in '\(folder)'",
      detail: "'overlay-create' makes one.", span: span)
    if span == nil { diagnostic.path = folder }
    return DiagnosticError(diagnostic)
  }
}
