/// How one value stands to another in an order.
public enum Ordering: Int, Hashable, Sendable {
  /// Before the other.
  case ascending = -1
  /// In the same place.
  case same = 0
  /// After the other.
  case descending = 1

  init<Value: Comparable>(_ left: Value, _ right: Value) {
    self = left == right ? .same : left < right ? .ascending : .descending
  }
}

extension SemanticVersion {
  /// Whose rules decide which of two versions is the newer.
  public enum PrecedenceRules: Sendable {
    /// Item 11 of SemVer 2.0.0; numbers of any size.
    case specification
    /// As Masterminds (Flux, Helm): a numeric pre-release identifier over 64 bits counts as text.
    case masterminds
  }

  /// Whether the version is older than, as old as or newer than another; build metadata is ignored.
  /// O(length of the pre-releases).
  public func precedence(
    comparedTo other: SemanticVersion, _ rules: PrecedenceRules = .specification
  ) -> Ordering {
    if major != other.major { return Ordering(major, other.major) }
    if minor != other.minor { return Ordering(minor, other.minor) }
    if patch != other.patch { return Ordering(patch, other.patch) }
    return Self.comparePrereleases(prerelease, other.prerelease, rules)
  }

  static func comparePrereleases(
    _ left: String, _ right: String, _ rules: PrecedenceRules
  ) -> Ordering {
    if left == right { return .same }
    if left.isEmpty { return .descending }
    if right.isEmpty { return .ascending }
    var leftRest = left.utf8[...]
    var rightRest = right.utf8[...]
    while true {
      let leftPart = leftRest.prefix { $0 != UInt8(ascii: ".") }
      let rightPart = rightRest.prefix { $0 != UInt8(ascii: ".") }
      let order = compareIdentifiers(leftPart, rightPart, rules)
      if order != .same { return order }
      leftRest = leftRest[leftPart.endIndex...].dropFirst()
      rightRest = rightRest[rightPart.endIndex...].dropFirst()
      if leftRest.isEmpty || rightRest.isEmpty {
        return leftRest.isEmpty ? (rightRest.isEmpty ? .same : .ascending) : .descending
      }
    }
  }

  private static func compareIdentifiers(
    _ left: Substring.UTF8View, _ right: Substring.UTF8View, _ rules: PrecedenceRules
  ) -> Ordering {
    if left.elementsEqual(right) { return .same }
    var leftNumber = NumericIdentifier(digits: left)
    var rightNumber = NumericIdentifier(digits: right)
    if rules == .masterminds {
      if leftNumber?.uint64 == nil { leftNumber = nil }
      if rightNumber?.uint64 == nil { rightNumber = nil }
    }
    switch (leftNumber, rightNumber) {
    case (let left?, let right?): return Ordering(left, right)
    case (_?, nil): return .ascending
    case (nil, _?): return .descending
    case (nil, nil): return left.lexicographicallyPrecedes(right) ? .ascending : .descending
    }
  }
}

extension SemanticVersion: Comparable {
  /// Whether the parts are the same; the original spelling does not count.
  public static func == (left: SemanticVersion, right: SemanticVersion) -> Bool {
    left.major == right.major && left.minor == right.minor && left.patch == right.patch
      && left.prerelease == right.prerelease && left.metadata == right.metadata
  }

  /// Orders by precedence, then by build metadata bytewise.
  public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    switch left.precedence(comparedTo: right) {
    case .ascending: true
    case .descending: false
    case .same: left.metadata.utf8.lexicographicallyPrecedes(right.metadata.utf8)
    }
  }
}

extension SemanticVersion: Hashable {
  /// Hashes the parts that equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(major)
    hasher.combine(minor)
    hasher.combine(patch)
    hasher.combine(prerelease)
    hasher.combine(metadata)
  }
}
