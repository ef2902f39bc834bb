internal import ManifestKit
internal import SourceText

extension Kustomization {
  /// The kustomization that Flux makes for a folder without one: every manifest in it and below, and
  /// every folder below that has a kustomization of its own.
  init(generatedFor loader: FileLoader, at span: SourceSpan) throws(DiagnosticError) {
    self.span = span
    isEmpty = false
    var pending = [""]
    var found: [String] = []
    while let folder = pending.popLast() {
      guard pending.count < 100_000 else { break }
      let names: [String]
      do throws(FileError) {
        names = try loader.fileSystem.list(FilePath.normalize(folder, in: loader.root))
      } catch {
        throw DiagnosticError(error.diagnostic)
      }
      for name in names where name != ".git" {
        let path = folder.isEmpty ? name : folder + "/" + name
        switch loader.kind(of: path) {
        case .folder:
          let hasOwn = KustomizationFile.names.contains {
            loader.kind(of: path + "/" + $0) == .file
          }
          if hasOwn { found.append(path) } else { pending.append(path) }
        case .file where name.hasSuffix(".yaml") || name.hasSuffix(".yml"): found.append(path)
        default: continue
        }
      }
    }
    let parts = { (path: String) in path.split(separator: "/").map(String.init) }
    found.sort { parts($0).lexicographicallyPrecedes(parts($1)) }
    resources = found.map { Entry(text: "./" + $0, span: span) }
  }
}
