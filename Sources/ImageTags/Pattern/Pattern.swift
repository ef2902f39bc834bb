/// A regular expression in RE2's syntax, matched in time linear in the text.
///
/// The syntax, the leftmost-first semantics and the `$name` templates are those of Go's `regexp`,
/// which Flux filters tags with. There are no look-arounds and no back-references, and no pattern can
/// make matching slow: each pair of instruction and position is looked at once.
///
/// ```swift
/// let pattern = try Pattern("^main-[a-f0-9]+-(?P<ts>[0-9]+)$")
/// try pattern.firstMatch(in: "main-9c3a0e2-1609459200")?.expand("$ts")   // "1609459200"
/// ```
public struct Pattern: Sendable {
  /// Why a text is not a pattern.
  public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let message: String
    /// The part of the pattern at fault.
    public let fragment: String

    /// The message and the part at fault.
    public var description: String { "\(message): '\(fragment)'" }
  }

  /// Matching would need too much memory or time.
  public enum TooLargeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is so long for the pattern that matching would need over 32 MiB.
    case textTooLong
    /// All texts together are so long for the pattern that matching would take too long.
    case tooMuchWork

    /// What to say about it.
    public var description: String {
      switch self {
      case .textTooLong: "the text is too long for this pattern"
      case .tooMuchWork: "there is too much text for this pattern"
      }
    }
  }

  /// The pattern as it was written.
  public let text: String
  /// The names of the groups; the whole match comes first, groups without name are empty.
  public let groupNames: [String]
  let program: PatternProgram

  /// Reads a pattern.
  ///
  /// Limits, each an error: groups nested 200 deep, a repeat of more than 1,000 (nested repeats
  /// multiplied), 100,000 instructions. O(instructions).
  public init(_ text: String) throws(ParseError) {
    var parser = PatternParser(text)
    let tree = try parser.parse()
    self.text = text
    self.groupNames = parser.groupNames
    self.program = try PatternProgram(
      tree, sets: parser.sets, groups: parser.groupNames.count, pattern: text)
  }

  /// The first match in a text, or `nil`. O(text × pattern).
  public func firstMatch(in text: String) throws(TooLargeError) -> PatternMatch? {
    var matcher = PatternMatcher(self)
    return try matcher.firstMatch(in: text)
  }

  /// Whether the pattern matches anywhere in a text. O(text × pattern).
  public func matches(_ text: String) throws(TooLargeError) -> Bool {
    try firstMatch(in: text) != nil
  }

  /// The instructions that may be run for one set of texts: some ten seconds' worth.
  public static let standardWork = 1 << 32

  /// For each of many texts, whether the pattern matches anywhere in it; memory is reused.
  ///
  /// - Parameter maximumWork: How many instructions may be run for all texts together.
  public func matches(
    inEach texts: [String], maximumWork: Int = standardWork
  ) throws(TooLargeError) -> [Bool] {
    var matcher = PatternMatcher(self, maximumWork: maximumWork)
    var matches: [Bool] = []
    matches.reserveCapacity(texts.count)
    for text in texts { matches.append(try matcher.firstMatch(in: text) != nil) }
    return matches
  }
}

extension Pattern: Hashable {
  /// Whether both were written the same.
  public static func == (left: Pattern, right: Pattern) -> Bool { left.text == right.text }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
