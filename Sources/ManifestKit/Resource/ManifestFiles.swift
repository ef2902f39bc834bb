public import SourceText

/// Finds manifests on disk.
public enum ManifestFiles {
  /// The files that some paths stand for: a file as it is, a folder as every `.yaml`, `.yml` and
  /// `.json` file below it, in the order of their names. `-` stands for itself.
  ///
  /// Hidden folders (`.git`) are not entered.
  public static func find(
    _ paths: [String], in fileSystem: some FileSystem
  ) throws(FileError) -> [String] {
    var files: [String] = []
    for path in paths {
      if path == "-" || fileSystem.kind(of: path) != .folder {
        files.append(path)
      } else {
        try collect(path, depth: 0, fileSystem, &files)
      }
    }
    return files
  }

  private static func collect(
    _ folder: String, depth: Int, _ fileSystem: some FileSystem, _ files: inout [String]
  ) throws(FileError) {
    // Symbolic links may make a circle; no tree of manifests is this deep.
    guard depth < 64 else { return }
    for name in try fileSystem.list(folder) where !name.hasPrefix(".") {
      let path = FilePath.join(folder, name)
      switch fileSystem.kind(of: path) {
      case .folder: try collect(path, depth: depth + 1, fileSystem, &files)
      case .file where isManifest(name): files.append(path)
      default: break
      }
    }
  }

  /// Whether a file name is that of a manifest.
  public static func isManifest(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json")
  }
}
