/// Where a library reads its inputs from. Paths use `/`; relative paths are relative to the
/// implementation's working folder.
///
/// ``LocalFileSystem`` is the machine's; ``MemoryFileSystem`` serves tests and programs whose
/// manifests are not on disk.
public protocol FileSystem: Sendable {
  /// The whole contents of a regular file.
  func read(_ path: String) throws(FileError) -> [UInt8]
  /// What is at a path, following symbolic links, or `nil` if nothing is there.
  func kind(of path: String) -> FileKind?
  /// The names in a folder, sorted bytewise, without `.` and `..`.
  func list(_ path: String) throws(FileError) -> [String]
  /// The absolute path with every symbolic link, `.` and `..` resolved.
  func resolve(_ path: String) throws(FileError) -> String
}

/// What is found at a path.
public enum FileKind: Hashable, Sendable {
  /// A regular file.
  case file
  /// A folder.
  case folder
  /// A device, socket or pipe.
  case other
}

/// Why a file could not be read or written.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure that callers tell apart.
  public enum Reason: Hashable, Sendable {
    /// Nothing is there.
    case notFound
    /// A folder was found where a file is needed.
    case isFolder
    /// A file was found where a folder is needed.
    case notFolder
    /// The user may not.
    case permissionDenied
    /// The path leads out of the folders that may be read.
    case outsideRoot
    /// The file is larger than the limit the caller set, in bytes.
    case tooLarge(limit: Int)
    /// Anything else, with the system's words.
    case other(String)
  }

  /// The path, as it was given.
  public let path: String
  /// What went wrong.
  public let reason: Reason

  /// Creates an error.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The reason in words, without the path.
  public var message: String {
    switch reason {
    case .notFound: "no such file or folder"
    case .isFolder: "is a folder; a file is needed here"
    case .notFolder: "is not a folder"
    case .permissionDenied: "permission denied"
    case .outsideRoot: "lies outside the folders that may be read"
    case .tooLarge(let limit):
      "is larger than "
        + (limit % (1 << 20) == 0 ? "\(limit >> 20) MiB" : "\(limit) bytes")
        + ", the most that is read"
    case .other(let words): words
    }
  }

  /// The path and the reason.
  public var description: String { "\(path): \(message)" }

  /// The failure as a diagnostic.
  public var diagnostic: Diagnostic {
    let id: Diagnostic.ID =
      switch reason {
      case .notFound: "file-not-found"
      case .isFolder: "is-a-folder"
      case .notFolder: "not-a-folder"
      case .permissionDenied: "permission-denied"
      case .outsideRoot: "outside-root"
      case .tooLarge: "file-too-large"
      case .other: "cannot-read-file"
      }
    return Diagnostic(id, .error, message, path: path)
  }
}
