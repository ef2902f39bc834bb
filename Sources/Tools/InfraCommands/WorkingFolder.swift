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
      let diagnostic = FileError(path: path, reason: .notFolder).diagnostic
      reporting.report([diagnostic], files: SourceFiles(), tool: tool)
      throw ExitStatus.failure.code
    }
  }
}
