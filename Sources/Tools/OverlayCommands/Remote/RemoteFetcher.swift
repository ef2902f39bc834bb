internal import Crypto
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// Fetches remote resources with the user's `git` and `curl`, and keeps what it got.
///
/// Repositories are kept by URL and commit, so a commit is fetched once; which commit a branch or tag
/// is, is asked each time. Nothing that a repository holds is run.
struct RemoteFetcher: RemoteResources {
  /// The largest file that is fetched, in bytes.
  private static let maximumFileSize = 64 << 20

  private let cache: String
  private let fileSystem = LocalFileSystem()
  /// No prompts, no protocols that run programs.
  private let git = ChildProcess(
    "git",
    environment: [
      "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "https:ssh:http:git:file",
      "GIT_LFS_SKIP_SMUDGE": "1",
    ])

  /// Fetches into `$XDG_CACHE_HOME/deploykit`, or `~/.cache/deploykit`.
  init() throws(RemoteError) {
    if let folder = ProcessEnvironment.value(of: "XDG_CACHE_HOME"), folder.hasPrefix("/") {
      cache = FilePath.join(folder, "deploykit/overlays")
    } else if let home = ProcessEnvironment.value(of: "HOME"), home.hasPrefix("/") {
      cache = FilePath.join(home, ".cache/deploykit/overlays")
    } else {
      throw RemoteError("there is no folder to keep it in: set XDG_CACHE_HOME or HOME")
    }
  }

  func repository(
    _ reference: RepositoryReference
  ) throws(RemoteError) -> RemoteRepository? {
    let commit = try commit(of: reference)
    let name = Self.digest(Array((reference.url + (reference.hasSubmodules ? "+" : "")).utf8))
    let folder = FilePath.join(cache, "git/\(name.prefix(32))/\(commit)")
    do throws(FileError) {
      if fileSystem.kind(of: folder) != .folder {
        let temporary = try fileSystem.createTemporaryFolder(beside: folder)
        do throws(RemoteError) {
          try check(out: commit, of: reference, into: temporary)
        } catch {
          try? fileSystem.remove(temporary)
          throw FileError(path: reference.url, reason: .other(error.description))
        }
        try fileSystem.replaceFolder(folder, with: temporary)
      }
      return RemoteRepository(folder: try fileSystem.resolve(folder), commit: commit)
    } catch {
      throw RemoteError(error.message)
    }
  }

  func file(_ url: String) throws(RemoteError) -> [UInt8]? {
    let result: ChildProcess.Output
    do throws(ChildProcess.Failure) {
      var curl = ChildProcess("curl")
      // curl itself only minds a length that the server announces.
      curl.maximumOutput = Self.maximumFileSize
      result = try curl.run([
        "--fail", "--silent", "--show-error", "--location", "--proto", "=https,http",
        "--proto-redir", "=https", "--max-time", "60", "--max-filesize",
        String(Self.maximumFileSize), "--url", url,
      ])
    } catch {
      throw RemoteError(error.description)
    }
    guard result.status == 0 else {
      throw RemoteError(Self.words(of: result, "curl ended with status \(result.status)"))
    }
    return result.output
  }

  /// The commit that a branch or tag is now; a whole commit name stands for itself.
  private func commit(of reference: RepositoryReference) throws(RemoteError) -> String {
    guard !reference.url.hasPrefix("-") else { throw RemoteError("this is no URL") }
    let ref = reference.ref ?? "HEAD"
    if ref.utf8.count == 40, ref.allSatisfy(\.isHexDigit) { return ref.lowercased() }
    let lines = try run(["ls-remote", "--quiet", "--", reference.url])
      .split(separator: "\n").map { $0.split(separator: "\t") }
    // A tag's own object comes before the commit it names.
    for name in [ref, "refs/tags/\(ref)^{}", "refs/tags/\(ref)", "refs/heads/\(ref)"] {
      if let line = lines.first(where: { $0.count == 2 && $0[1] == name }) {
        return String(line[0])
      }
    }
    guard (4..<40).contains(ref.utf8.count), ref.allSatisfy(\.isHexDigit) else {
      throw RemoteError("the repository has no branch or tag '\(ref)'")
    }
    return try commit(called: ref, of: reference)
  }

  /// The commit of a short name, which only the whole history can tell; of that, no files are fetched
  /// where the server can leave them out.
  private func commit(
    called name: String, of reference: RepositoryReference
  ) throws(RemoteError) -> String {
    let folder: String
    do throws(FileError) {
      folder = try fileSystem.createTemporaryFolder(beside: FilePath.join(cache, "git/history"))
    } catch {
      throw RemoteError(error.description)
    }
    defer { try? fileSystem.remove(folder) }
    _ = try run(["init", "--quiet", "--bare", "--template=", folder])
    _ = try run([
      "-C", folder, "fetch", "--quiet", "--filter=blob:none", "--", reference.url,
      "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*",
    ])
    guard
      let commit = try? run(["-C", folder, "rev-parse", "--verify", "--quiet", name + "^{commit}"])
    else {
      throw RemoteError("'\(name)' is no branch or tag, and no commit or several start with it")
    }
    return String(commit.prefix { $0.isHexDigit })
  }

  private func check(
    out commit: String, of reference: RepositoryReference, into folder: String
  ) throws(RemoteError) {
    // Without a template, no hooks come along.
    _ = try run(["init", "--quiet", "--template=", folder])
    func here(_ arguments: [String]) throws(RemoteError) -> String {
      try run(["-C", folder] + arguments)
    }
    do throws(RemoteError) {
      _ = try here(["fetch", "--quiet", "--depth", "1", "--", reference.url, commit])
    } catch {
      // Some servers only give what a branch or tag names.
      _ = try here([
        "fetch", "--quiet", "--tags", "--", reference.url, "+refs/heads/*:refs/remotes/origin/*",
      ])
    }
    _ = try here(["checkout", "--quiet", "--detach", commit])
    if reference.hasSubmodules, fileSystem.kind(of: FilePath.join(folder, ".gitmodules")) != nil {
      _ = try here(["remote", "add", "origin", reference.url])
      _ = try here(["submodule", "--quiet", "update", "--init", "--recursive", "--depth", "1"])
    }
    do throws(FileError) {
      try fileSystem.remove(FilePath.join(folder, ".git"))
    } catch {
      throw RemoteError(error.description)
    }
  }

  private func run(_ arguments: [String]) throws(RemoteError) -> String {
    let result: ChildProcess.Output
    do throws(ChildProcess.Failure) {
      result = try git.run(arguments)
    } catch {
      throw RemoteError(error.description)
    }
    guard result.status == 0 else {
      throw RemoteError(Self.words(of: result, "git ended with status \(result.status)"))
    }
    return String(decoding: result.output, as: UTF8.self)
  }

  /// What a program said, in one line: the one with the reason, which advice may follow.
  private static func words(of result: ChildProcess.Output, _ standard: String) -> String {
    let lines = String(decoding: result.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
    let reason = lines.first { line in
      ["fatal: ", "error: ", "curl: "].contains { line.hasPrefix($0) }
    }
    return (reason ?? lines.last).map(String.init) ?? standard
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
