/// What a commit's message says about the next version, by the conventions of Conventional Commits.
///
/// The rules are those of svu, which read the title generously: `feat:`, `feat(scope):` and `fix:`
/// count wherever they stand in it, in any letter case (`revert: feat: x` is a feature), and `!:`
/// after any word is a breaking change, as is `BREAKING CHANGE:` or `BREAKING-CHANGE:` in the body.
public struct CommitMessage: Hashable, Sendable {
  /// The first line.
  public let title: String
  /// The lines after it.
  public let body: String

  /// Splits a message.
  public init(_ text: String) {
    let end = text.firstIndex(where: \.isNewline) ?? text.endIndex
    self.title = String(text[..<end])
    self.body = String(text[end...])
  }

  /// The part of the version that the commit raises, or `nil` if it raises none.
  public var part: SemanticVersion.Part? {
    if isBreaking { return .major }
    if Self.mentions("feat", in: title) { return .minor }
    return Self.mentions("fix", in: title) ? .patch : nil
  }

  /// Whether the commit announces an incompatible change.
  public var isBreaking: Bool {
    Self.isBanged(title) || body.contains("BREAKING CHANGE:") || body.contains("BREAKING-CHANGE:")
  }

  /// Whether `!:` follows a word or a word with a scope.
  private static func isBanged(_ title: String) -> Bool {
    let bytes = Array(title.utf8)
    let scope = bytes.indices.dropFirst().first {
      bytes[$0] == UInt8(ascii: "(") && isWord(bytes[$0 - 1])
    }
    for index in bytes.indices.dropFirst() where bytes[index...].starts(with: "!:".utf8) {
      let before = bytes[index - 1]
      if isWord(before) { return true }
      // Any earlier bracket may open the scope, as long as a word stands before it.
      if before == UInt8(ascii: ")"), let scope, scope < index { return true }
    }
    return false
  }

  /// Whether a type is followed by a colon, or by a scope and a colon.
  private static func mentions(_ type: String, in title: String) -> Bool {
    let bytes = Array(title.utf8)
    let lastScopeEnd = bytes.indices.last {
      bytes[$0] == UInt8(ascii: ")") && bytes[$0...].dropFirst().first == UInt8(ascii: ":")
    }
    let wanted = Array(type.utf8)
    for start in bytes.indices where bytes.count - start > wanted.count {
      guard zip(bytes[start...], wanted).allSatisfy({ $0 | 0x20 == $1 }) else { continue }
      let end = start + wanted.count
      if bytes[end] == UInt8(ascii: ":") { return true }
      if bytes[end] == UInt8(ascii: "("), let lastScopeEnd, lastScopeEnd > end { return true }
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter || byte == UInt8(ascii: "_")
  }
}
