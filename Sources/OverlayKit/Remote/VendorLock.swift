public import SourceText

/// What a vendor folder holds, and where it came from: the file `overlays.lock` in it.
///
/// For each repository the commit and the digest of every file that was kept; for each file its
/// digest. Builds verify both, so that a copy cannot change unnoticed.
public struct VendorLock: Hashable, Sendable {
  /// The name of the file in the vendor folder.
  public static let fileName = "overlays.lock"

  /// A repository of which files were kept.
  public struct Repository: Hashable, Sendable {
    /// What Git was given.
    public var url: String
    /// What the kustomization asks for; `nil` for the default branch.
    public var ref: String?
    /// The commit it was then.
    public var commit: String
    /// Where the files are, relative to the vendor folder.
    public var folder: String
    /// The digest of each file by its path in the repository.
    public var files: [String: String]
  }

  /// A file that was kept.
  public struct File: Hashable, Sendable {
    /// Its URL, as the kustomization writes it.
    public var url: String
    /// Its digest.
    public var digest: String
    /// Where it is, relative to the vendor folder.
    public var path: String
  }

  /// The repositories, sorted by URL and ref.
  public var repositories: [Repository] = []
  /// The files, sorted by URL.
  public var files: [File] = []

  /// Creates an empty lock.
  public init() {}

  /// Reads a lock file.
  ///
  /// - Throws: A diagnostic where it is malformed or of a later version.
  public init(parsing source: SourceFile) throws(DiagnosticError) {
    func malformed(_ words: String) -> DiagnosticError {
      DiagnosticError(
        Diagnostic(
          "bad-lock-file", .error, words, detail: "'overlay-vendor' writes it anew.",
          path: source.name))
    }
    let document: JSONValue
    do throws(JSONValue.ParseError) {
      document = try JSONValue(parsing: source.bytes)
    } catch {
      throw malformed(error.message)
    }
    guard document["version"]?.intValue == 1 else {
      throw malformed("this is no lock file of version 1")
    }
    for entry in document["repositories"]?.elements ?? [] {
      guard let url = entry["url"]?.stringValue, let commit = entry["commit"]?.stringValue,
        let folder = entry["folder"]?.stringValue, let files = entry["files"]?.members
      else { throw malformed("a repository has no 'url', 'commit', 'folder' or 'files'") }
      let digests = files.map { ($0.name, $0.value.stringValue ?? "") }
      repositories.append(
        Repository(
          url: url, ref: entry["ref"]?.stringValue, commit: commit, folder: folder,
          files: Dictionary(digests) { $1 }))
    }
    for entry in document["files"]?.elements ?? [] {
      guard let url = entry["url"]?.stringValue, let digest = entry["digest"]?.stringValue,
        let path = entry["path"]?.stringValue
      else { throw malformed("a file has no 'url', 'digest' or 'path'") }
      files.append(File(url: url, digest: digest, path: path))
    }
  }

  /// The lock as the file holds it, the same for the same contents.
  public var text: String {
    let repositories = repositories.map { repository in
      let files = repository.files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      var members: [(String, JSONValue)] = [("url", .string(repository.url))]
      if let ref = repository.ref { members.append(("ref", .string(ref))) }
      members += [
        ("commit", .string(repository.commit)), ("folder", .string(repository.folder)),
        ("files", .object(files.map { ($0.key, .string($0.value)) })),
      ]
      return JSONValue.object(members)
    }
    let files = files.map { file in
      JSONValue.object([
        ("url", .string(file.url)), ("digest", .string(file.digest)), ("path", .string(file.path)),
      ])
    }
    let document = JSONValue.object([
      ("version", .number("1")), ("repositories", .array(repositories)), ("files", .array(files)),
    ])
    return document.text(.indented) + "\n"
  }
}
