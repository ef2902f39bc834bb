/// A range of versions as Masterminds' constraints define it: what `spec.policy.semver.range` of an
/// ImagePolicy and a Helm chart's `version` hold.
///
/// Alternatives are separated by `||`; each is a list of comparisons, by commas or spaces, that must
/// all hold. Operators are `=` `!=` `>` `<` `>=` `=>` `<=` `=<` `~` `~>` `^` or none; `1.2 - 2` is
/// `>=1.2 <=2`. A part that is missing or `x`, `X`, `*` stands for any number.
///
/// A pre-release only satisfies an alternative in which some comparison names a pre-release itself:
/// `>=1.0.0` never accepts `1.1.0-rc.1`, `>=1.0.0-0` does.
///
/// ```swift
/// let range = try VersionConstraint("^1.4 || ~0.9.2")
/// range.isSatisfied(by: "1.9.0")   // true
/// ```
public struct VersionConstraint: Sendable {
  /// How a comparison relates a version to its operand.
  public enum Operator: String, CaseIterable, Sendable {
    /// No operator: the range a partial version means, or equality.
    case none = ""
    /// As no operator.
    case equal = "="
    /// Anything but.
    case notEqual = "!="
    /// Newer.
    case greater = ">"
    /// Older.
    case less = "<"
    /// Not older.
    case greaterOrEqual = ">="
    /// Not older, in its other spelling.
    case equalOrGreater = "=>"
    /// Not newer.
    case lessOrEqual = "<="
    /// Not newer, in its other spelling.
    case equalOrLess = "=<"
    /// The same minor version, or major if no minor is named.
    case tilde = "~"
    /// As ``tilde``.
    case tildeGreater = "~>"
    /// Compatible: the leftmost number that is not zero stays.
    case caret = "^"
  }

  /// One comparison.
  struct Comparison: Sendable {
    /// Which part of the operand was the first to be missing or a wildcard.
    enum Wildcard { case none, major, minor, patch }

    let op: Operator
    /// The operand as it was spelled.
    let spelling: String
    let operand: SemanticVersion
    let wildcard: Wildcard
  }

  /// Comparisons that must all hold.
  struct Alternative: Sendable {
    let comparisons: [Comparison]
    /// Whether a comparison names a pre-release, which lets pre-releases in.
    let namesPrerelease: Bool
  }

  let alternatives: [Alternative]

  /// Lets pre-releases satisfy every alternative, as the option of that name does in Masterminds.
  public var includesPrereleases = false
}

extension VersionConstraint: CustomStringConvertible {
  /// The canonical spelling: `>=1.2.3 <2.0 || 3.x`. Hyphen ranges are written as comparisons.
  public var description: String {
    alternatives.map { alternative in
      alternative.comparisons.map { $0.op.rawValue + $0.spelling }.joined(separator: " ")
    }.joined(separator: " || ")
  }
}
