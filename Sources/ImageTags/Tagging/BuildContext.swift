public import SourceText

/// The folder that an image is built from with Docker, and the files in it that the build reads.
public struct BuildContext: Sendable {
  /// Why the files cannot be told.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, with the file concerned.
    public let description: String
  }

  private let folder: String
  private let dockerfile: String
  private let arguments: [String: String]
  private let fileSystem: any FileSystem

  /// Describes a context.
  ///
  /// - Parameters:
  ///   - dockerfile: The Dockerfile's path, relative to the folder.
  ///   - arguments: Build arguments.
  public init(
    _ folder: String, dockerfile: String = "Dockerfile", arguments: [String: String] = [:],
    fileSystem: any FileSystem
  ) {
    self.folder = folder
    self.dockerfile = dockerfile
    self.arguments = arguments
    self.fileSystem = fileSystem
  }

  /// The paths of the files that the build reads, relative to the folder: what `COPY` and `ADD` name
  /// and no `.dockerignore` leaves out, and always the Dockerfile. Sorted bytewise.
  ///
  /// Links are paths of their own and not followed. A source that is not there, or a pattern that
  /// matches nothing, is an error, as in a build.
  public func files() throws(Failure) -> [String] {
    var found: Set<String> = [FilePath.clean(dockerfile)]
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try fileSystem.read(path(dockerfile))
    } catch {
      throw Failure(description: error.description)
    }
    let ignored = try ignoreRules()
    for pattern in DockerfileSources(parsing: bytes, arguments: arguments).patterns {
      for source in try paths(of: FilePath.clean(pattern)) {
        try collect(source, ignored, into: &found)
      }
    }
    found.remove(".dockerignore")
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A file's contents; `nil` for a link and for what is no file.
  public func contents(of file: String) throws(Failure) -> [UInt8]? {
    guard !isLink(file), fileSystem.kind(of: path(file)) == .file else { return nil }
    do throws(FileError) {
      return try fileSystem.read(path(file))
    } catch {
      throw Failure(description: error.description)
    }
  }

  private func path(_ relative: String) -> String {
    relative == "." ? folder : FilePath.join(folder, relative)
  }

  private func isLink(_ relative: String) -> Bool {
    guard let here = try? fileSystem.resolve(path(relative)),
      let above = try? fileSystem.resolve(FilePath.parent(of: path(relative)))
    else { return true }
    return here != FilePath.join(above, FilePath.name(of: relative))
  }

  /// The rules of the Dockerfile's own ignore file, or of the folder's.
  private func ignoreRules() throws(Failure) -> DockerIgnore? {
    for name in [dockerfile + ".dockerignore", ".dockerignore"] {
      guard fileSystem.kind(of: path(name)) == .file else { continue }
      do {
        return try DockerIgnore(parsing: try fileSystem.read(path(name)))
      } catch let error as DockerIgnore.ParseError {
        throw Failure(description: "\(path(name)):\(error.line): this is no pattern")
      } catch {
        throw Failure(description: "\(path(name)): cannot be read")
      }
    }
    return nil
  }

  /// The paths that a source names; those that a pattern matches, part by part.
  private func paths(of pattern: String) throws(Failure) -> [String] {
    guard !pattern.hasPrefix("..") else {
      throw Failure(description: "\(path(dockerfile)): '\(pattern)' lies outside the build context")
    }
    if fileSystem.kind(of: path(pattern)) != nil { return [pattern] }
    var found = ["."]
    for part in pattern.split(separator: "/") {
      guard let glob = try? GlobPattern(part) else {
        throw Failure(description: "\(path(dockerfile)): '\(pattern)' is no pattern")
      }
      var next: [String] = []
      for folder in found {
        for name in (try? fileSystem.list(path(folder))) ?? [] where glob.matches(name) {
          next.append(folder == "." ? name : FilePath.join(folder, name))
        }
      }
      found = next
    }
    guard !found.isEmpty else {
      throw Failure(
        description: "\(path(dockerfile)): nothing in the build context is '\(pattern)'")
    }
    return found
  }

  private func collect(
    _ source: String, _ ignored: DockerIgnore?, into found: inout Set<String>
  ) throws(Failure) {
    var pending = [source]
    while let item = pending.popLast() {
      let isIgnored = item != "." && ignored?.ignores(item) ?? false
      guard fileSystem.kind(of: path(item)) == .folder, item == "." || !isLink(item) else {
        if !isIgnored { found.insert(item) }
        continue
      }
      if isIgnored, ignored?.hasExceptions == false { continue }
      do throws(FileError) {
        for name in try fileSystem.list(path(item)) {
          pending.append(item == "." ? name : FilePath.join(item, name))
        }
      } catch {
        throw Failure(description: error.description)
      }
    }
  }
}
