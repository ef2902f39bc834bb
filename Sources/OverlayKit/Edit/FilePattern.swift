internal import SourceText

/// A pattern for paths in which `*`, `?` and `[a-z]` match within one part of the path.
struct FilePattern {
  private let parts: [String]

  init(_ pattern: String) {
    parts = FilePath.clean(pattern).split(separator: "/", omittingEmptySubsequences: false).map(
      String.init)
  }

  /// Whether a path fits, both relative to the same folder.
  func matches(_ path: String) -> Bool {
    let names = FilePath.clean(path).split(separator: "/", omittingEmptySubsequences: false)
    return names.count == parts.count
      && zip(parts, names).allSatisfy { Self.matches($0, String($1)) }
  }

  private static func matches(_ pattern: String, _ name: String) -> Bool {
    pattern == name
      || Glob(Array(pattern.utf8))?.matchingPrefixes(of: Array(name.utf8)).last == name.utf8.count
  }

  /// The paths below a folder that fit, sorted; relative to it.
  func paths(in folder: String, _ fileSystem: any FileSystem) -> [String] {
    var found = [""]
    for part in parts {
      let isPattern = part.utf8.contains { "*?[\\".utf8.contains($0) }
      var following: [String] = []
      for path in found {
        let base = path.isEmpty ? "" : path + "/"
        if !isPattern {
          following.append(base + part)
          continue
        }
        let names = (try? fileSystem.list(FilePath.normalize(path, in: folder))) ?? []
        following += names.filter { Self.matches(part, $0) }.map { base + $0 }
      }
      found = following
    }
    return found.filter { fileSystem.kind(of: FilePath.normalize($0, in: folder)) != nil }.sorted()
  }
}

/// Where a kustomization is, for edits that look at files.
struct KustomizationFolder {
  let path: String
  let fileSystem: any FileSystem

  func paths(_ pattern: String) -> [String] {
    FilePattern(pattern).paths(in: path, fileSystem)
  }

  func kind(of path: String) -> FileKind? {
    fileSystem.kind(of: FilePath.normalize(path, in: self.path))
  }
}
