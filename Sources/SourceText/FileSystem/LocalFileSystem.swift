#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The machine's file system, through the C library.
public struct LocalFileSystem: FileSystem {
  /// The largest file that is read, in bytes.
  public let maximumSize: Int

  /// Creates access to the machine's files. `maximumSize` defaults to 1 GiB.
  public init(maximumSize: Int = 1 << 30) { self.maximumSize = maximumSize }

  /// The whole contents of a file; `-` is not special here.
  public func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, errno: errno) }
    guard FileKind(status.st_mode) != .folder else {
      throw FileError(path: path, reason: .isFolder)
    }
    guard Int(status.st_size) <= maximumSize else {
      throw FileError(path: path, reason: .tooLarge(limit: maximumSize))
    }
    return try Self.readToEnd(
      descriptor, path: path, expected: Int(status.st_size), maximumSize: maximumSize)
  }

  /// Everything that standard input gives.
  public func readStandardInput() throws(FileError) -> [UInt8] {
    try Self.readToEnd(0, path: "<stdin>", expected: 0, maximumSize: maximumSize)
  }

  private static func readToEnd(
    _ descriptor: Int32, path: String, expected: Int, maximumSize: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var filled = 0
    var failure: Int32 = 0
    var capacity = max(expected + 1, 1 << 16)
    while failure == 0 {
      // One growing buffer, filled in place: a file of known size costs a single allocation.
      bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        if filled > 0 { _ = buffer.update(fromContentsOf: bytes[..<filled]) }
        while filled < capacity {
          let got = platformRead(
            descriptor, buffer.baseAddress.map { $0 + filled }, capacity - filled)
          if got > 0 {
            filled += got
          } else if got < 0 && errno == EINTR {
            continue
          } else {
            failure = got < 0 ? errno : -1
            break
          }
        }
        count = filled
      }
      guard filled <= maximumSize else {
        throw FileError(path: path, reason: .tooLarge(limit: maximumSize))
      }
      // Not more than a byte beyond what would be refused.
      capacity = min(capacity * 2, maximumSize + 1)
    }
    if failure > 0 { throw FileError(path: path, errno: failure) }
    return bytes
  }

  /// What is at a path, following symbolic links.
  public func kind(of path: String) -> FileKind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileKind(status.st_mode)
  }

  /// The names in a folder, sorted bytewise.
  public func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else { throw FileError(path: path, errno: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The absolute path with every symbolic link resolved.
  public func resolve(_ path: String) throws(FileError) -> String {
    guard let resolved = realpath(path, nil) else { throw FileError(path: path, errno: errno) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Replaces a file's contents in one step: a temporary file beside it, `fsync`, `rename`.
  ///
  /// The file's permission bits are kept, a symbolic link stays a link and its target is replaced;
  /// on any error the file is as it was. New files get mode 0644, as the umask allows. What is no
  /// regular file, such as `/dev/null` or a pipe, is written to and stays what it is.
  public func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let target = (try? resolve(path)) ?? path
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, FileKind(status.st_mode) == .folder {
      throw FileError(path: path, reason: .isFolder)
    }
    if exists, access(target, W_OK) != 0 { throw FileError(path: path, errno: errno) }
    if exists, FileKind(status.st_mode) != .file { return try writeThrough(bytes, to: target) }

    var template = Array((target + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var failure: Int32 = 0
    if exists {
      if fchmod(descriptor, status.st_mode & 0o7777) != 0 { failure = errno }
    } else {
      let mask = umask(0)
      umask(mask)
      if fchmod(descriptor, 0o644 & ~mask) != 0 { failure = errno }
    }
    if failure == 0 { failure = Self.writeAll(bytes, to: descriptor) }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(template, target) != 0 { failure = errno }
    if failure != 0 {
      unlink(template)
      throw FileError(path: path, errno: failure)
    }
  }

  private func writeThrough(_ bytes: [UInt8], to path: String) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    var failure = Self.writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw FileError(path: path, errno: failure) }
  }

  /// Creates a folder and those above it; one that is there already is fine.
  public func createFolder(_ path: String) throws(FileError) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(part) : "/" + part
      if mkdir(prefix, 0o777) != 0, errno != EEXIST, kind(of: prefix) != .folder {
        throw FileError(path: path, errno: errno)
      }
    }
  }

  /// Writes to an open descriptor; returns 0 or the error number.
  public static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = write(
          descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        written += count
      }
      return 0
    }
  }
}

/// `read` of the C library, out of reach of the method of that name.
func platformRead(
  _ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int
) -> Int {
  read(descriptor, buffer, count)
}

extension FileKind {
  init(_ mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }
}

extension FileError {
  init(path: String, errno code: Int32) {
    let reason: Reason =
      switch code {
      case ENOENT: .notFound
      case EISDIR: .isFolder
      case ENOTDIR: .notFolder
      case EACCES, EPERM: .permissionDenied
      default: .other(String(cString: strerror(code)))
      }
    self.init(path: path, reason: reason)
  }
}
