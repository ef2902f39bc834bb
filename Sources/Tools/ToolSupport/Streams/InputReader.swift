public import SourceText

/// Reads the files a command was given; `-` is standard input.
public struct InputReader: Sendable {
  private let fileSystem: LocalFileSystem

  /// Creates a reader that refuses what is larger than a limit, without reading it to its end.
  public init(maximumSize: Int = 1 << 30) {
    fileSystem = LocalFileSystem(maximumSize: maximumSize)
  }

  /// One input as a file named as the user named it (`<stdin>` for `-`).
  public func read(_ path: String) throws(FileError) -> SourceFile {
    guard path == "-" else { return SourceFile(name: path, bytes: try fileSystem.read(path)) }
    return SourceFile(name: "<stdin>", bytes: try fileSystem.readStandardInput())
  }
}
