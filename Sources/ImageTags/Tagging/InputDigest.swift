internal import SourceText

/// Tags images by what they are built from: Skaffold's `inputDigest` policy.
///
/// The digests themselves are functions the caller brings along, so that this library needs no
/// cryptography.
public struct InputDigest {
  /// Bytes to lower-case hexadecimal digits.
  public typealias Digest = (_ bytes: [UInt8]) -> String

  private let md5: Digest
  private let sha256: Digest

  /// Creates a tagger from the two digests it needs.
  public init(md5: @escaping Digest, sha256: @escaping Digest) {
    self.md5 = md5
    self.sha256 = sha256
  }

  /// The tag for some files by their path relative to the workspace: the sha256 of the JSON list of
  /// the md5 of each path and contents, in the order of the paths. One file is held at a time.
  ///
  /// - Parameter contents: Gives a file's contents; `nil` for what has none, such as a link.
  public func tag<Failure>(
    paths: [String], contents: (_ path: String) throws(Failure) -> [UInt8]?
  ) throws(Failure) -> String {
    var digests: [String] = []
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      digests.append(md5(Array(path.utf8) + (try contents(path) ?? [])))
    }
    return tag(of: digests)
  }

  /// The tag of an image that is built from a context.
  ///
  /// - Parameter bases: The contexts of the images it is built on, in turn, and of those below them;
  ///   their files count as well, by their path relative to `context`. One that is reached twice is
  ///   there twice.
  public func tag(
    of context: BuildContext, on bases: [BuildContext] = []
  ) throws(BuildContext.Failure) -> String {
    var files: [(path: String, context: BuildContext)] = []
    for part in [context] + bases {
      for file in try part.files() { files.append((part.path(file), part)) }
    }
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var digests: [String] = []
    for (path, part) in files {
      guard let contents = try part.contents(at: path) else { continue }
      digests.append(md5(Array(Self.relative(path, to: context.path(".")).utf8) + contents))
    }
    return tag(of: digests)
  }

  private func tag(of digests: [String]) -> String {
    let list: JSONValue = digests.isEmpty ? .null : .array(digests.map(JSONValue.string))
    return sha256(Array((list.text() + "\n").utf8))
  }

  /// The path relative to a folder, or the path where that cannot be told.
  private static func relative(_ path: String, to folder: String) -> String {
    let (path, folder) = (FilePath.clean(path), FilePath.clean(folder))
    guard path.hasPrefix("/") == folder.hasPrefix("/") else { return path }
    let base = folder == "." ? "" : folder
    let shared = zip(path.split(separator: "/"), base.split(separator: "/")).prefix { $0 == $1 }
    // A folder above the one the program runs in has a name that is not known.
    let isKnown = !base.split(separator: "/").dropFirst(shared.count).contains("..")
    return isKnown ? FilePath.relative(path, to: base) : path
  }
}

extension BuildContext {
  /// The contents of what is at a path: none for a link and for what is no file, `nil` where nothing is.
  func contents(at path: String) throws(Failure) -> [UInt8]? {
    if isLink(at: path) { return [] }
    guard let kind = fileSystem.kind(of: path) else { return nil }
    guard kind == .file else { return [] }
    do throws(FileError) {
      return try fileSystem.read(path)
    } catch {
      throw Failure(description: error.description)
    }
  }
}
