/// An expression that is typed line by line.
///
/// ```swift
/// var entry = ExpressionEntry()
/// entry.add("max(1,")   // nil
/// entry.add("2)")       // "max(1,\n2)\n"
/// ```
public struct ExpressionEntry {
  private var lines: [String] = []

  /// Creates an empty entry.
  public init() {}

  /// Whether an expression was begun and is not complete.
  public var isOpen: Bool { !lines.isEmpty }

  /// Adds a line. Returns the whole text once no bracket and no heredoc is open in it, or once the
  /// line is empty; the next line then begins another expression. O(text).
  public mutating func add(_ line: String) -> String? {
    lines.append(line)
    // The last line of a heredoc ends in a line feed, too.
    let text = lines.joined(separator: "\n") + (lines.count > 1 ? "\n" : "")
    if !line.isEmpty, Self.isOpen(text) { return nil }
    lines = []
    return text
  }

  /// What is there at the end of the input.
  public mutating func finish() -> String? {
    defer { lines = [] }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private static func isOpen(_ text: String) -> Bool {
    var depth = 0
    for token in Scanner.scan(Array((text + "\n").utf8)) {
      switch token.kind {
      case .openHeredoc: depth += 1
      case .closeHeredoc: depth -= 1
      default: depth += token.kind.bracketChange
      }
    }
    return depth > 0
  }
}
