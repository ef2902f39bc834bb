public import SourceText

/// The folder that an image is built from, and which files in it count.
public struct BuildContext: Sendable {
  /// How the files are found.
  public enum Sources: Hashable, Sendable {
    /// By what a Dockerfile copies, and the Dockerfile itself. The Dockerfile is looked for in the
    /// folder, then in the folder the program runs in.
    case dockerfile(String, arguments: [String: String] = [:])
    /// By patterns, each of which has to match; folders count with all in them. What one of the other
    /// patterns matches from start to end is left out. Go's `filepath.Match` says what matches, so
    /// `**` is no more than `*`.
    case paths([String], ignoring: [String] = [])
  }

  /// Why the files cannot be told.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, with the file concerned.
    public let description: String
  }

  let folder: String
  let sources: Sources
  let fileSystem: any FileSystem

  /// Describes a context.
  public init(
    _ folder: String, sources: Sources = .dockerfile("Dockerfile"), fileSystem: any FileSystem
  ) {
    self.folder = folder
    self.sources = sources
    self.fileSystem = fileSystem
  }

  /// The paths of the files that count, relative to the folder, sorted bytewise. A file that two
  /// patterns name, or a Dockerfile whose path is not clean, is there twice: Skaffold counts it twice.
  ///
  /// Links are paths of their own and not followed. An instruction whose sources are all missing is an
  /// error, as in a build.
  public func files() throws(Failure) -> [String] {
    let files =
      switch sources {
      case .dockerfile(let path, let arguments): try copiedFiles(dockerfile: path, arguments)
      case .paths(let patterns, let ignored): try listedFiles(patterns, ignored)
      }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func listedFiles(
    _ patterns: [String], _ ignored: [String]
  ) throws(Failure) -> [String] {
    var globs: [GlobPattern] = []
    for pattern in ignored {
      guard let glob = try? GlobPattern(pattern) else {
        throw Failure(description: "'\(pattern)' is no pattern")
      }
      globs.append(glob)
    }
    var files: [String] = []
    for pattern in patterns {
      let matches = try paths(matching: FilePath.clean(pattern))
      guard !matches.isEmpty else {
        throw Failure(description: "nothing in '\(folder)' matches '\(pattern)'")
      }
      for path in matches {
        files += try walk(path) { (path, _) throws(Failure) in
          globs.contains { $0.matches(path) } ? .skip : .keep
        }
      }
    }
    return files
  }
}
