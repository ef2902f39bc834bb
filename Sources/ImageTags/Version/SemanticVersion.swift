/// A version as SemVer 2.0.0 defines it: `major.minor.patch`, an optional pre-release and optional
/// build metadata. Numbers may have any size.
///
/// ```swift
/// let version: SemanticVersion = "1.4.0-rc.2+build.7"
/// version.prerelease                               // "rc.2"
/// version < "1.4.0"                                // true
/// try SemanticVersion(text).major                  // a text that may be no version
/// try SemanticVersion("v1.4", .loose).description  // "1.4.0"
/// ```
///
/// Two versions are equal when all five parts are; how they were spelled (`v1.2`, `01.2.0`) does not
/// count. `<` is a total order: precedence as item 11 of the specification defines it, then build
/// metadata bytewise, so that sorting is deterministic. Use ``precedence(comparedTo:_:)`` where build
/// metadata must not matter.
public struct SemanticVersion: Sendable {
  /// The first number: incompatible changes.
  public let major: NumericIdentifier
  /// The second number: compatible additions.
  public let minor: NumericIdentifier
  /// The third number: compatible fixes.
  public let patch: NumericIdentifier
  /// The dot-separated identifiers after `-`; empty for a release.
  public let prerelease: String
  /// The dot-separated identifiers after `+`; empty if there are none.
  public let metadata: String
  /// The text the version was read from.
  public let original: String

  init(
    unchecked major: NumericIdentifier, _ minor: NumericIdentifier, _ patch: NumericIdentifier,
    prerelease: String, metadata: String, original: String?
  ) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
    self.metadata = metadata
    self.original =
      original
      ?? Self.spell(major, minor, patch, prerelease: prerelease, metadata: metadata)
  }

  /// Creates a version from its parts, in the specification's grammar.
  public init(
    _ major: NumericIdentifier, _ minor: NumericIdentifier, _ patch: NumericIdentifier,
    prerelease: String = "", metadata: String = ""
  ) throws(ParseError) {
    if !prerelease.isEmpty { try Self.check(prerelease: prerelease.utf8) }
    if !metadata.isEmpty { try Self.check(metadata: metadata.utf8) }
    self.init(
      unchecked: major, minor, patch, prerelease: prerelease, metadata: metadata, original: nil)
  }

  /// Whether there is a pre-release part.
  public var isPrerelease: Bool { !prerelease.isEmpty }

  /// The first pre-release identifier without the number glued to it: `rc` for `rc.1` and for
  /// `rc1`, empty for a release and for a pre-release that begins with a number.
  public var channel: Substring {
    let first = prerelease.prefix { $0 != "." }
    guard let last = first.lastIndex(where: { !$0.isASCII || !$0.isNumber }) else { return "" }
    return first[...last]
  }

  /// The version without its pre-release and build metadata.
  public var release: SemanticVersion {
    SemanticVersion(
      unchecked: major, minor, patch, prerelease: "", metadata: "", original: nil)
  }

  private static func spell(
    _ major: NumericIdentifier, _ minor: NumericIdentifier, _ patch: NumericIdentifier,
    prerelease: String, metadata: String
  ) -> String {
    var text = "\(major).\(minor).\(patch)"
    if !prerelease.isEmpty { text += "-" + prerelease }
    if !metadata.isEmpty { text += "+" + metadata }
    return text
  }
}

extension SemanticVersion: CustomStringConvertible {
  /// The canonical spelling: three numbers, no `v`, no leading zeros.
  public var description: String {
    Self.spell(major, minor, patch, prerelease: prerelease, metadata: metadata)
  }
}

extension SemanticVersion: ExpressibleByStringLiteral {
  /// Creates a version from a literal; a literal that is no version stops the program.
  public init(stringLiteral value: String) {
    do {
      try self.init(value)
    } catch {
      preconditionFailure("\(value): \(error)")
    }
  }
}
