internal import Foundation

/// A page of the documentation, whose examples tests hold true.
public struct Document: Sendable {
  /// A command of a `console` block with what the page says it prints.
  public struct Command: Sendable {
    /// The command, over several lines where it goes on.
    public let text: String
    /// What stands below it.
    public let output: String
  }

  /// The page's path below the package.
  public let path: String
  private let lines: [Substring]

  /// Reads a page.
  public init(_ path: String) throws {
    self.path = path
    lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The contents of the code blocks of a language, in order.
  public func blocks(of language: String) -> [String] {
    var blocks: [String] = []
    var block: [Substring]?
    for line in lines {
      if line == "```", let finished = block {
        blocks.append(finished.map { $0 + "\n" }.joined())
        block = nil
      } else if line == "```" + language {
        block = []
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  /// The commands of the `console` blocks. A command goes on after a pipe or backslash at the end of a
  /// line, and to the end of its here-document.
  public var commands: [Command] {
    blocks(of: "console").flatMap { block in
      var commands: [(text: String, output: String)] = []
      var ending: Substring?
      var goesOn = false
      for line in block.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if goesOn || ending != nil {
          commands[commands.count - 1].text += "\n" + line
          if line == ending { ending = nil }
        } else if line.hasPrefix("$ ") {
          commands.append((String(line.dropFirst(2)), ""))
        } else if !commands.isEmpty {
          commands[commands.count - 1].output += line + "\n"
          continue
        }
        goesOn = line.hasSuffix("|") || line.hasSuffix("\\")
        if let start = line.range(of: "<<'")?.upperBound {
          ending = line[start...].prefix { $0 != "'" }
        }
      }
      return commands.map(Command.init)
    }
  }

  /// The parts of a test's source between `// Snippet` and `// End of snippet` that are in no Swift
  /// block of the page.
  public func missingSnippets(of file: String) throws -> [String] {
    let swift = blocks(of: "swift").joined()
    let source = try Repository.text(file)
    let parts = source.components(between: "// Snippet\n", and: "// End of snippet")
    return parts.isEmpty
      ? ["\(file) marks no snippet"] : parts.map(Self.unindented).filter { !swift.contains($0) }
  }

  private static func unindented(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let depth =
      lines.filter { !$0.allSatisfy { $0 == " " } }
      .map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { $0.dropFirst(depth) }.joined(separator: "\n")
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> [String] {
    components(separatedBy: start).dropFirst().compactMap { part in
      part.range(of: end).map { found in
        let body = part[..<found.lowerBound]
        // Without the indentation of the marker that ends it.
        return String(body[..<(body.lastIndex(of: "\n").map(body.index(after:)) ?? body.endIndex)])
      }
    }
  }
}
