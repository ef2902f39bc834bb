internal import ArgumentParser
internal import SourceText
internal import ToolSupport

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `-chdir` and the folder argument: where the root module is.
enum WorkingFolder {
  /// Goes to the folder, so that every path in messages and in `path.module` is relative to it.
  static func enter(_ folder: String, tool: String, _ reporting: ReportingOptions) throws {
    guard LocalFileSystem().kind(of: folder) == .folder, chdir(folder) == 0 else {
      let diagnostic = FileError(path: folder, reason: .notFolder).diagnostic
      reporting.report([diagnostic], files: SourceFiles(), tool: tool)
      throw ExitStatus.failure.code
    }
  }
}
