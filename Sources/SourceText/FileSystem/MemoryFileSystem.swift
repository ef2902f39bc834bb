/// A tree of files in memory, for tests and for programs whose inputs are not on disk.
///
/// Folders exist where a file lies below them. There are no symbolic links.
public struct MemoryFileSystem: FileSystem {
  private var files: [String: [UInt8]] = [:]
  private var folders: [String: Set<String>] = ["/": []]

  /// Creates a tree from paths and texts; relative paths are below `/`.
  public init(_ files: [String: String] = [:]) {
    for (path, text) in files { add(path, Array(text.utf8)) }
  }

  /// Adds or replaces a file.
  public mutating func add(_ path: String, _ bytes: [UInt8]) {
    let path = FilePath.normalize(path, in: "/")
    files[path] = bytes
    var child = path
    while child != "/" {
      let parent = FilePath.parent(of: child)
      folders[parent, default: []].insert(FilePath.name(of: child))
      child = parent
    }
  }

  /// The contents of a file.
  public func read(_ path: String) throws(FileError) -> [UInt8] {
    let normal = FilePath.normalize(path, in: "/")
    if let bytes = files[normal] { return bytes }
    throw FileError(path: path, reason: folders[normal] == nil ? .notFound : .isFolder)
  }

  /// Whether a path is a file or a folder.
  public func kind(of path: String) -> FileKind? {
    let normal = FilePath.normalize(path, in: "/")
    if files[normal] != nil { return .file }
    return folders[normal] == nil ? nil : .folder
  }

  /// The names in a folder, sorted bytewise.
  public func list(_ path: String) throws(FileError) -> [String] {
    let normal = FilePath.normalize(path, in: "/")
    guard let names = folders[normal] else {
      throw FileError(path: path, reason: files[normal] == nil ? .notFound : .notFolder)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path, absolute and normalised.
  public func resolve(_ path: String) throws(FileError) -> String {
    let normal = FilePath.normalize(path, in: "/")
    guard kind(of: normal) != nil else { throw FileError(path: path, reason: .notFound) }
    return normal
  }
}
