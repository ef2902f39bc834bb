/// How a node is, or should be, written.
public enum YAMLStyle: UInt8, Hashable, Sendable {
  /// A scalar without quotes.
  case plain
  /// A scalar in single quotes.
  case singleQuoted
  /// A scalar in double quotes.
  case doubleQuoted
  /// A block scalar after `|`.
  case literal
  /// A block scalar after `>`.
  case folded
  /// A collection laid out by indentation.
  case block
  /// A collection in brackets or braces.
  case flow

  /// Whether a scalar of this style is a string whatever it spells.
  public var isQuoted: Bool {
    switch self {
    case .singleQuoted, .doubleQuoted, .literal, .folded: true
    case .plain, .block, .flow: false
    }
  }
}
