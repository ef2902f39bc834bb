internal import SourceText
internal import ToolSupport

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The files of a Git revision in a temporary folder, which the process works in for a while. The work
/// tree, the index and the branches of the repository stay as they are.
struct RevisionTree {
  private let temporary: String
  private let workingFolder: String

  /// Writes the files of a revision, and goes to where in them the working folder is.
  init(_ revision: String) throws(DiagnosticError) {
    let fileSystem = LocalFileSystem()
    let parent = ProcessEnvironment.value(of: "TMPDIR") ?? "/tmp"
    do throws(FileError) {
      workingFolder = try fileSystem.resolve(".")
      temporary = try fileSystem.createTemporaryFolder(
        beside: FilePath.join(parent, "deploykit-revision"))
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
    do throws(DiagnosticError) {
      let index = FilePath.join(temporary, "index")
      let prefix = try Self.git(["rev-parse", "--show-prefix"], index)
      let commit = try Self.git(
        ["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"], index)
      let files = FilePath.join(temporary, "files/")
      let top = try Self.git(["rev-parse", "--show-toplevel"], index)
      _ = try Self.git(["-C", top, "read-tree", commit], index)
      _ = try Self.git(
        ["-C", top, "checkout-index", "--all", "--quiet", "--prefix=" + files + "/"], index)
      guard chdir(FilePath.join(files, prefix)) == 0 else {
        throw Self.failure("the revision '\(revision)' has no folder '\(prefix)'")
      }
    } catch {
      try? fileSystem.remove(temporary)
      throw error
    }
  }

  /// Goes back, and removes the files.
  func close() {
    _ = chdir(workingFolder)
    try? LocalFileSystem().remove(temporary)
  }

  private static func failure(_ words: String) -> DiagnosticError {
    DiagnosticError(Diagnostic("git-failed", .error, words))
  }

  private static func git(
    _ arguments: [String], _ index: String
  ) throws(DiagnosticError) -> String {
    let result: ChildProcess.Output
    do throws(ChildProcess.Failure) {
      result = try ChildProcess("git", environment: ["GIT_INDEX_FILE": index]).run(arguments)
    } catch {
      throw failure(error.description)
    }
    guard result.status == 0 else {
      let words = String(decoding: result.errors, as: UTF8.self)
        .split(whereSeparator: \.isNewline).last.map(String.init)
      throw failure(words ?? "git ended with status \(result.status)")
    }
    let output = result.output.last == 0x0A ? result.output.dropLast() : result.output[...]
    return String(decoding: output, as: UTF8.self)
  }
}
