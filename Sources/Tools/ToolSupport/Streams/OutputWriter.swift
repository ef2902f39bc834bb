internal import SourceText

/// Writes a command's result to standard output or, in one step, to a file.
public enum OutputWriter {
  /// Writes bytes; a failure is reported and ends the command with status 2.
  public static func write(
    _ bytes: [UInt8], to path: String?, _ reporting: ReportingOptions, tool: String
  ) throws {
    guard let path, path != "-" else {
      StandardStreams.writeOutput(bytes)
      return
    }
    do throws(FileError) {
      try LocalFileSystem().replace(path, with: bytes)
    } catch {
      reporting.report([error.diagnostic], files: SourceFiles(), tool: tool)
      throw ExitStatus.failure.code
    }
  }
}
