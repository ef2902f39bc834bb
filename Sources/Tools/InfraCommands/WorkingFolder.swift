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
struct WorkingFolder: ParsableArguments {
  @Option(
    name: [.customLong("chdir"), .customLong("chdir", withSingleDash: true)],
    help: "The folder of the root module, instead of the argument.")
  var instead: String?

  @Argument(help: "The folder of the root module.")
  var folder = "."

  /// Goes to the folder, so that every path in messages and in `path.module` is relative to it.
  func enter(tool: String, _ reporting: ReportingOptions) throws {
    let path = instead ?? folder
    guard LocalFileSystem().kind(of: path) == .folder, chdir(path) == 0 else {
      throw Self.refused(path, tool, reporting)
    }
  }

  /// Wants a path to be that of a folder.
  static func check(_ path: String, tool: String, _ reporting: ReportingOptions) throws {
    guard LocalFileSystem().kind(of: path) == .folder else {
      throw refused(path, tool, reporting)
    }
  }

  private static func refused(
    _ path: String, _ tool: String, _ reporting: ReportingOptions
  ) -> any Error {
    let diagnostic = FileError(path: path, reason: .notFolder).diagnostic
    reporting.report([diagnostic], files: SourceFiles(), tool: tool)
    return ExitStatus.failure.code
  }
}
