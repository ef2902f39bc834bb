internal import ImageTags
internal import ToolSupport

/// The user's `git`, run in one folder.
struct GitWorkTree {
  let folder: String

  /// The output of a git command without its final line break.
  func run(_ arguments: [String]) throws(GitFailure) -> String {
    let result: ChildProcess.Output
    do throws(ChildProcess.Failure) {
      result = try ChildProcess("git").run(["-C", folder] + arguments)
    } catch {
      throw GitFailure(error.description)
    }
    guard result.status == 0 else {
      let words = String(decoding: result.errors, as: UTF8.self)
        .split(whereSeparator: \.isNewline).first.map(String.init)
      throw GitFailure(words ?? "git \(arguments[0]) ended with status \(result.status)")
    }
    let output = result.output.last == 0x0A ? result.output.dropLast() : result.output[...]
    return String(decoding: output, as: UTF8.self)
  }
}
