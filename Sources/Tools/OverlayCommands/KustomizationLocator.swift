internal import SourceText

/// Reads the kustomization file of a folder, or a kustomization file itself.
enum KustomizationLocator {
  static func read(_ path: String) throws(DiagnosticError) -> SourceFile {
    let fileSystem = LocalFileSystem()
    var candidates = [path]
    if fileSystem.kind(of: path) == .folder {
      candidates = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
        .map { FilePath.join(path, $0) }
        .filter { fileSystem.kind(of: $0) == .file }
    }
    guard let name = candidates.first else {
      throw DiagnosticError(
        Diagnostic(
          "no-kustomization", .error, "there is no kustomization.yaml in this folder", path: path))
    }
    do throws(FileError) {
      return SourceFile(name: name, bytes: try fileSystem.read(name))
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}
