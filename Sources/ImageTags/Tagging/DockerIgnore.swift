/// A `.dockerignore`: which files of a build context do not count.
///
/// The last pattern that matches a path, or a folder above it, decides; `!` in front takes the path
/// back in. `**` stands for any number of folders, otherwise patterns are those of ``GlobPattern``.
public struct DockerIgnore: Hashable, Sendable {
  private struct Rule: Hashable {
    /// A pattern for each part of the path; `nil` for `**`.
    var parts: [GlobPattern?]
    var isException: Bool
  }

  /// A line is no pattern.
  public struct ParseError: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
  }

  private var rules: [Rule] = []

  /// Whether a pattern takes paths back in, so that an ignored folder may hold files that count.
  public var hasExceptions: Bool { rules.contains(where: \.isException) }

  /// Reads the file; empty ignores nothing.
  public init(parsing bytes: [UInt8]) throws(ParseError) {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in lines.enumerated() where line.first != "#" {
      var pattern = line.drop(while: \.isWhitespace)
      while pattern.last?.isWhitespace ?? false { pattern.removeLast() }
      let isException = pattern.first == "!"
      if isException { pattern = pattern.dropFirst().drop(while: \.isWhitespace) }
      var parts: [GlobPattern?] = []
      for part in pattern.split(separator: "/") where part != "." {
        if part == ".." {
          _ = parts.popLast()
        } else if part == "**" {
          parts.append(nil)
        } else {
          do throws(GlobPattern.ParseError) {
            parts.append(try GlobPattern(part))
          } catch {
            throw ParseError(line: number + 1)
          }
        }
      }
      if !parts.isEmpty { rules.append(Rule(parts: parts, isException: isException)) }
    }
  }

  /// Whether the path of a file or folder, relative to the context, is ignored.
  public func ignores(_ path: String) -> Bool {
    let names = path.split(separator: "/").map(String.init)
    let decisive = rules.last { rule in
      (1...max(1, names.count)).contains {
        Self.matches(rule.parts[...], names[..<min($0, names.count)])
      }
    }
    return decisive.map { !$0.isException } ?? false
  }

  private static func matches(
    _ parts: ArraySlice<GlobPattern?>, _ names: ArraySlice<String>
  ) -> Bool {
    // The furthest `**` is all that has to be gone back to, as with `*` in a name.
    var (part, name) = (parts.startIndex, names.startIndex)
    var retry: (part: Int, name: Int)?
    while name < names.endIndex {
      if part < parts.endIndex, parts[part] == nil {
        retry = (part, name)
        part += 1
      } else if part < parts.endIndex, parts[part]?.matches(names[name]) == true {
        part += 1
        name += 1
      } else if let last = retry {
        retry = (last.part, last.name + 1)
        part = last.part + 1
        name = last.name + 1
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == nil }
  }
}
