#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension LocalFileSystem {
  /// Creates an empty folder with a name of its own, beside where a path is or will be.
  public func createTemporaryFolder(beside path: String) throws(FileError) -> String {
    let parent = FilePath.parent(of: path)
    try createFolder(parent)
    var template = Array(
      FilePath.join(parent, "." + FilePath.name(of: path) + ".XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(path: path, errno: errno) }
    // It is made for its owner alone, but may be there to stay.
    let mask = umask(0)
    umask(mask)
    guard chmod(template, 0o777 & ~mask) == 0 else { throw FileError(path: path, errno: errno) }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Writes a new file, for a place that nobody reads yet: neither atomic nor waited for.
  public func create(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var failure = Self.writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw FileError(path: path, errno: failure) }
  }

  /// Gives a file or folder another path on the same volume, in one step. An empty folder at the new
  /// path is replaced.
  public func move(_ path: String, to newPath: String) throws(FileError) {
    guard rename(path, newPath) == 0 else { throw FileError(path: newPath, errno: errno) }
  }

  /// Puts a folder in the place of another, which is removed. If it cannot be put there, the other
  /// stays.
  public func replaceFolder(_ path: String, with newFolder: String) throws(FileError) {
    guard kind(of: path) != nil else { return try move(newFolder, to: path) }
    let old = try createTemporaryFolder(beside: path)
    do throws(FileError) {
      try move(path, to: old)
    } catch {
      rmdir(old)
      throw error
    }
    do throws(FileError) {
      try move(newFolder, to: path)
    } catch {
      try? move(old, to: path)
      throw error
    }
    try remove(old)
  }

  /// Removes a file, or a folder with all that is in it. Links are removed, not followed.
  public func remove(_ path: String) throws(FileError) {
    // Folders are emptied before they are removed, so each is met twice.
    var pending: [(path: String, isEmptied: Bool)] = [(path, false)]
    while let (item, isEmptied) = pending.popLast() {
      var status = stat()
      guard lstat(item, &status) == 0 else { throw FileError(path: item, errno: errno) }
      if status.st_mode & S_IFMT != S_IFDIR {
        guard unlink(item) == 0 else { throw FileError(path: item, errno: errno) }
      } else if isEmptied {
        guard rmdir(item) == 0 else { throw FileError(path: item, errno: errno) }
      } else {
        pending.append((item, true))
        pending += try list(item).map { (item + "/" + $0, false) }
      }
    }
  }
}
