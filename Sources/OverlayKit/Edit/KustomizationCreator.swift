internal import ManifestKit
public import SourceText

/// Makes a kustomization file for a folder, as `kustomize create` does.
public struct KustomizationCreator: Sendable {
  private let folder: String
  private let fileSystem: any FileSystem

  /// Creates a creator for a folder.
  public init(folder: String, fileSystem: any FileSystem = LocalFileSystem()) {
    self.folder = folder
    self.fileSystem = fileSystem
  }

  /// The text of a new kustomization file.
  ///
  /// - Throws: `already-there` where the folder has one.
  public func create(
    _ change: (inout KustomizationEditor) throws(DiagnosticError) -> Void
  ) throws(DiagnosticError) -> (bytes: [UInt8], notes: [Diagnostic]) {
    for name in KustomizationFile.names
    where fileSystem.kind(of: FilePath.normalize(name, in: folder)) != nil {
      throw .edit("already-there", "the folder has a '\(name)' already")
    }
    var editor = try KustomizationEditor(SourceFile(name: "kustomization.yaml", bytes: []))
    try change(&editor)
    return (editor.bytes, editor.notes)
  }

  /// Files of manifests in the folder, by name; with `recursively` those below it, and folders of
  /// kustomizations in the place of what they hold.
  public func resources(recursively: Bool) throws(DiagnosticError) -> [String] {
    var found: [String] = []
    try collect("", recursively, depth: 0, &found)
    return found.sorted()
  }

  private func collect(
    _ path: String, _ recursively: Bool, depth: Int, _ found: inout [String]
  ) throws(DiagnosticError) {
    let absolute = FilePath.normalize(path, in: folder)
    guard depth < 64, let names = try? fileSystem.list(absolute) else { return }
    for name in names where !name.hasPrefix(".") {
      let child = path.isEmpty ? name : path + "/" + name
      switch fileSystem.kind(of: FilePath.normalize(child, in: folder)) {
      case .file where isManifest(child): found.append(child)
      case .folder where recursively:
        let isKustomization = KustomizationFile.names.contains {
          fileSystem.kind(of: FilePath.normalize(child + "/" + $0, in: folder)) != nil
        }
        if isKustomization {
          found.append(child)
        } else {
          try collect(child, recursively, depth: depth + 1, &found)
        }
      default: continue
      }
    }
  }

  /// Whether a file is YAML in which every document is an object of a kind.
  private func isManifest(_ path: String) -> Bool {
    guard path.hasSuffix(".yaml") || path.hasSuffix(".yml"),
      let bytes = try? fileSystem.read(FilePath.normalize(path, in: folder)),
      let stream = try? YAMLStream(parsing: SourceFile(name: path, bytes: bytes))
    else { return false }
    let roots = stream.documents.map(\.root.resolved).filter { $0.scalar != .null }
    return !roots.isEmpty
      && roots.allSatisfy {
        $0["kind"] != nil && $0["apiVersion"] != nil && $0["metadata"]?.resolved["name"] != nil
      }
  }
}
