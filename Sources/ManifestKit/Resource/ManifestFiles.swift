public import SourceText

/// Finds manifests on disk.
public enum ManifestFiles {
  /// The files that some paths stand for: a file as it is, a folder as every `.yaml`, `.yml` and
  /// `.json` file below it, in the order of their names. `-` stands for itself.
  ///
  /// Hidden folders (`.git`) are not entered, and none is entered twice, whatever links lead to it.
  public static func find(
    _ paths: [String], in fileSystem: some FileSystem
  ) throws(FileError) -> [String] {
    var files: [String] = []
    for path in paths {
      var entered: Set<String> = []
      if path == "-" || fileSystem.kind(of: path) != .folder {
        files.append(path)
      } else {
        try collect(path, fileSystem, &entered, &files)
      }
    }
    return files
  }

  private static func collect(
    _ folder: String, _ fileSystem: some FileSystem, _ entered: inout Set<String>,
    _ files: inout [String]
  ) throws(FileError) {
    guard entered.insert(try fileSystem.resolve(folder)).inserted else { return }
    for name in try fileSystem.list(folder) where !name.hasPrefix(".") {
      let path = FilePath.join(folder, name)
      switch fileSystem.kind(of: path) {
      case .folder: try collect(path, fileSystem, &entered, &files)
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
