/// A tree of files as it would be if some of them had other contents.
public struct ChangedFileSystem: FileSystem {
  private let base: any FileSystem
  private var contents: [String: [UInt8]] = [:]

  /// Creates a tree that is no different yet.
  public init(_ base: any FileSystem) { self.base = base }

  /// Gives a file that exists other contents.
  public mutating func change(_ path: String, to bytes: [UInt8]) throws(FileError) {
    contents[try base.resolve(path)] = bytes
  }

  /// The changed contents of a file, or those it has.
  public func read(_ path: String) throws(FileError) -> [UInt8] {
    if let bytes = contents[try base.resolve(path)] { return bytes }
    return try base.read(path)
  }

  /// What is at a path.
  public func kind(of path: String) -> FileKind? { base.kind(of: path) }

  /// The names in a folder.
  public func list(_ path: String) throws(FileError) -> [String] { try base.list(path) }

  /// The absolute path with every symbolic link, `.` and `..` resolved.
  public func resolve(_ path: String) throws(FileError) -> String { try base.resolve(path) }
}
