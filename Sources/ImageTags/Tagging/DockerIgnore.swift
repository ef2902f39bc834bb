internal import SourceText

/// A `.dockerignore`: which files of a build context do not count.
///
/// Patterns and their order mean what they mean to moby's `patternmatcher`: the last pattern that
/// matches a path, or a folder above it, decides, and `!` in front takes the path back in. `*` and `?`
/// stop at a slash, `**` does not.
public struct DockerIgnore: Hashable, Sendable {
  private struct Rule: Hashable {
    var pattern: DockerIgnorePattern
    var isException: Bool
  }

  /// A line is no pattern.
  public struct ParseError: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
  }

  private var rules: [Rule] = []

  /// Reads the file; empty ignores nothing. A line that begins with `#` is a comment.
  public init(parsing bytes: [UInt8]) throws(ParseError) {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
    let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.first != UInt8(ascii: "#") {
      var line = Self.trimmed(Substring(decoding: line, as: UTF8.self))
      guard !line.isEmpty else { continue }
      let isException = line.first == "!"
      if isException { line = Self.trimmed(line.dropFirst()) }
      var path = line.isEmpty ? "" : FilePath.clean(String(line))
      if path.hasPrefix("/"), path != "/" { path.removeFirst() }
      // The file is read in two steps, and the second cleans what the first leaves.
      path = FilePath.clean(String(Self.trimmed(Substring((isException ? "!" : "") + path))))
      do throws(Pattern.ParseError) {
        try add(path)
      } catch {
        throw ParseError(line: number + 1)
      }
    }
  }

  private mutating func add(_ path: String) throws(Pattern.ParseError) {
    let isException = path.hasPrefix("!")
    let pattern = isException ? String(path.dropFirst()) : path
    guard !pattern.isEmpty, (try? GlobPattern(pattern)) != nil else {
      throw Pattern.ParseError(message: "no pattern", fragment: path)
    }
    rules.append(Rule(pattern: try DockerIgnorePattern(pattern), isException: isException))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }

  /// Whether the path of a file or folder, relative to the context, is ignored.
  public func ignores(_ path: String) throws(Pattern.TooLargeError) -> Bool {
    var paths: [String] = []
    for (index, byte) in zip(path.utf8.indices, path.utf8) where byte == UInt8(ascii: "/") {
      paths.append(String(path[..<index]))
    }
    paths.append(path)
    for rule in rules.reversed() {
      for path in paths where try rule.pattern.matches(path) { return !rule.isException }
    }
    return false
  }

  /// Whether nothing below an ignored folder counts. Where a pattern takes paths back in, only those
  /// folders are looked into that the pattern spells out: `!a/keep` opens `a`, `!**/keep` opens none.
  public func leavesOutAll(of folder: String) -> Bool {
    !rules.contains { $0.isException && ($0.pattern.text + "/").hasPrefix(folder + "/") }
  }
}
