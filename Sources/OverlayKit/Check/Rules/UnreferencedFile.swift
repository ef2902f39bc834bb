internal import SourceText

extension OverlayRule {
  /// Finds manifests beside kustomizations that no build reads.
  static let unreferencedFile = OverlayRule(
    id: "unreferenced-file",
    summary: "a manifest that no kustomization names",
    explanation: """
      A YAML or JSON file in the folder of a kustomization, or in a folder below without one of its own, \
      that no build of the tree reads. It is easy to write a manifest and forget to list it, and nothing \
      says so. List it under `resources` (or where it belongs), or delete it.

      Nothing is found as long as one of the overlays cannot be built, since it is not known then what \
      it would read.
      """
  ) { context in
    guard context.isComplete else { return [] }
    var findings: [Diagnostic] = []
    let kustomized = Set(context.graph.nodes.map(\.path))
    let built = Set(context.graph.usedByRoots.map { context.graph.nodes[$0].path })
    for folder in context.folders {
      guard let root = try? context.fileSystem.resolve(folder) else { continue }
      var pending = [(path: root, shown: folder, isKustomized: false)]
      while let (path, shown, isBelow) = pending.popLast() {
        let names = (try? context.fileSystem.list(path)) ?? []
        if names.contains(VendorLock.fileName) { continue }
        // Of a component that nothing uses, all files are unread; that is said of it once.
        let isKustomized = kustomized.contains(path) ? built.contains(path) : isBelow
        for name in names where !name.hasPrefix(".") {
          let child = FilePath.join(path, name)
          let shownChild = shown == "." ? name : FilePath.join(shown, name)
          switch context.fileSystem.kind(of: child) {
          case .folder:
            guard (try? context.fileSystem.resolve(child)) == child else { continue }
            pending.append((child, shownChild, isKustomized))
          case .file
          where isKustomized && isManifest(name) && !context.inputs.contains(child):
            findings.append(
              Diagnostic(
                "unreferenced-file", .warning, "no kustomization names this file",
                detail: "List it under 'resources', or delete it.", path: shownChild))
          default: continue
          }
        }
      }
    }
    return findings
  }

  private static func isManifest(_ name: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
      && !KustomizationFile.names.contains(name)
  }
}
