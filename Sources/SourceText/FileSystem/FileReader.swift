#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file, or standard input, read a piece at a time: of any length in the memory of one piece.
///
/// Owns a file descriptor, hence not copyable.
public struct FileReader: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file; `-` is not special here.
  public init(_ path: String) throws(FileError) {
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw FileError(path: path, errno: errno) }
    var status = stat()
    guard fstat(opened, &status) == 0, FileKind(status.st_mode) != .folder else {
      close(opened)
      throw FileError(path: path, reason: .isFolder)
    }
    descriptor = opened
    self.path = path
  }

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Standard input.
  public static var standardInput: FileReader { FileReader(descriptor: 0, path: "<stdin>") }

  deinit {
    if descriptor != 0 { close(descriptor) }
  }

  /// The next bytes, `count` of them unless the file ends before; none at its end.
  public func next(_ count: Int) throws(FileError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = platformRead(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 || errno != EINTR {
          failure = got < 0 ? errno : 0
          break
        }
      }
    }
    guard failure == 0 else { throw FileError(path: path, errno: failure) }
    return bytes
  }
}
