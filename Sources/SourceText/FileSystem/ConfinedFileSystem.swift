/// A file system that shows only what lies in some folders, symbolic links resolved.
///
/// Give it to whatever reads paths that an untrusted file names.
public struct ConfinedFileSystem: FileSystem {
  private let base: any FileSystem
  private let roots: [String]

  /// Confines a file system to folders and what lies below them. A folder that is not there opens
  /// nothing.
  public init(_ base: any FileSystem, to folders: [String]) {
    self.base = base
    var roots: [String] = []
    for folder in folders {
      if let resolved = try? base.resolve(folder) { roots.append(resolved) }
    }
    self.roots = roots
  }

  /// The contents of a file inside.
  public func read(_ path: String) throws(FileError) -> [UInt8] {
    try base.read(try checked(path))
  }

  /// What is at a path inside; whatever lies outside is not there.
  public func kind(of path: String) -> FileKind? {
    (try? checked(path)).flatMap { base.kind(of: $0) }
  }

  /// The names in a folder inside.
  public func list(_ path: String) throws(FileError) -> [String] {
    try base.list(try checked(path))
  }

  /// The resolved path of something inside.
  public func resolve(_ path: String) throws(FileError) -> String { try checked(path) }

  private func checked(_ path: String) throws(FileError) -> String {
    let resolved: String
    do throws(FileError) {
      resolved = try base.resolve(path)
    } catch {
      // Nothing is said about what lies outside, not even whether it is there.
      guard let ancestor = existingAncestor(of: path), isInside(ancestor) else {
        throw FileError(path: path, reason: .outsideRoot)
      }
      throw error
    }
    guard isInside(resolved) else { throw FileError(path: path, reason: .outsideRoot) }
    return resolved
  }

  /// The nearest folder above a path that is there, resolved.
  private func existingAncestor(of path: String) -> String? {
    var folder = path
    while folder != FilePath.parent(of: folder) {
      folder = FilePath.parent(of: folder)
      if let resolved = try? base.resolve(folder) { return resolved }
    }
    return nil
  }

  private func isInside(_ resolved: String) -> Bool {
    roots.contains { FilePath.isPath(resolved, inside: $0) }
  }
}
