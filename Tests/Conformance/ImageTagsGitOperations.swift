internal import ImageTags
internal import SourceText
internal import ToolSupport

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

let gitOperations: [String: Operation] = [
  "skaffold.gitCommit": { (input) throws(Refusal) in
    guard let variant = GitCommitTagger.Variant(input.textOrEmpty("variant")) else {
      throw Refusal(message: "unknown variant")
    }
    let sandbox = try GitSandbox()
    defer { sandbox.remove() }
    for step in input["git"]?.elements ?? [] {
      try sandbox.replay((step.elements ?? []).compactMap(\.stringValue))
    }
    let tagger = GitCommitTagger(
      variant, prefix: input.textOrEmpty("prefix"),
      ignoresChanges: input["ignoreChanges"]?.boolValue ?? false)
    let workspace = FilePath.join(sandbox.folder, input.textOrEmpty("workspace"))
    do throws(GitFailure) {
      let tag = try tagger.tag { (arguments) throws(GitFailure) in
        try sandbox.git(arguments, in: workspace)
      }
      return .string(tag)
    } catch {
      throw Refusal(message: error.description)
    }
  }
]

/// A repository in a temporary folder whose commits are the same every time.
private final class GitSandbox {
  let folder: String
  private var commits = 0

  init() throws(Refusal) {
    var template = Array("/tmp/deploykit-conformance.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Refusal(message: "no temporary folder") }
    let name = template.dropLast().map { UInt8(bitPattern: $0) }
    folder = String(decoding: name, as: UTF8.self)
  }

  func remove() { _ = try? ChildProcess("rm").run(["-rf", "--", folder]) }

  func git(_ arguments: [String], in folder: String) throws(GitFailure) -> String {
    let date = "2020-01-01T0\(commits):00:00Z"
    let environment = [
      "GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.com", "GIT_AUTHOR_DATE": date,
      "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.com",
      "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": "/tmp",
    ]
    do throws(ChildProcess.Failure) {
      let result = try ChildProcess("git", environment: environment)
        .run(["-C", folder] + arguments)
      guard result.status == 0 else {
        throw ChildProcess.Failure(String(decoding: result.errors, as: UTF8.self))
      }
      return String(
        decoding: result.output.last == 0x0A ? result.output.dropLast() : result.output[...],
        as: UTF8.self)
    } catch {
      throw GitFailure(error.description)
    }
  }

  func replay(_ step: [String]) throws(Refusal) {
    let rest = Array(step.dropFirst())
    do throws(GitFailure) {
      switch step.first {
      case "init": _ = try git(["init", "-q", "-b", "main"], in: folder)
      case "mkdir": try makeFolder(rest[0])
      case "write":
        try makeFolder(FilePath.parent(of: rest[0]))
        do {
          try LocalFileSystem()
            .replace(FilePath.join(folder, rest[0]), with: Array(rest[1].utf8))
        } catch {
          throw GitFailure(error.description)
        }
      case "add": _ = try git(["add"] + rest, in: folder)
      case "rm": _ = try git(["rm", "-q"] + rest, in: folder)
      case "mv": _ = try git(["mv"] + rest, in: folder)
      case "commit":
        _ = try git(["commit", "-q", "--allow-empty", "-m", rest[0]], in: folder)
        commits += 1
      case "tag": _ = try git(["tag", rest[0]], in: folder)
      case "atag":
        _ = try git(["tag", "-a", "-m", rest[0], rest[0]], in: folder)
        commits += 1
      case "branch": _ = try git(["checkout", "-q", "-b", rest[0]], in: folder)
      case "detach": _ = try git(["checkout", "-q", "--detach"], in: folder)
      default: throw GitFailure("unknown step")
      }
    } catch {
      throw Refusal(message: error.description)
    }
  }

  private func makeFolder(_ path: String) throws(GitFailure) {
    do throws(FileError) {
      try LocalFileSystem().createFolder(FilePath.join(folder, path))
    } catch {
      throw GitFailure(error.description)
    }
  }
}
