extension VersionConstraint {
  /// Whether a version lies in the range. O(comparisons).
  public func isSatisfied(by version: SemanticVersion) -> Bool {
    // By index: what a loop over the elements copies is larger than what it decides.
    alternatives.indices.contains { index in
      guard !version.isPrerelease || includesPrereleases || alternatives[index].namesPrerelease
      else { return false }
      return alternatives[index].comparisons.indices.allSatisfy {
        alternatives[index].comparisons[$0].holds(for: version)
      }
    }
  }

  /// Whether the only thing against a version is that it is a pre-release.
  public func excludesOnlyAsPrerelease(_ version: SemanticVersion) -> Bool {
    guard version.isPrerelease, !isSatisfied(by: version) else { return false }
    var lenient = self
    lenient.includesPrereleases = true
    return lenient.isSatisfied(by: version)
  }
}

extension VersionConstraint.Comparison {
  /// The comparison alone; whether pre-releases may take part is the alternative's matter.
  func holds(for version: SemanticVersion) -> Bool {
    let order = version.precedence(comparedTo: operand, .masterminds)
    return switch op {
    case .none, .equal: wildcard == .none ? order == .same : isInTildeRange(version, order)
    case .notEqual: isDifferent(version, order)
    case .greater: isGreater(version, order)
    case .less: order == .ascending
    case .greaterOrEqual, .equalOrGreater: order != .ascending
    case .lessOrEqual, .equalOrLess: isAtMost(version, order)
    case .tilde, .tildeGreater: isInTildeRange(version, order)
    case .caret: isInCaretRange(version, order)
    }
  }

  private func isDifferent(_ version: SemanticVersion, _ order: Ordering) -> Bool {
    guard wildcard != .none else { return order != .same }
    if version.major != operand.major { return true }
    switch wildcard {
    case .minor: return false
    case .patch where version.minor == operand.minor:
      // Masterminds looks at the pre-release alone here: !=4.1 lets 4.1.0-rc in.
      return version.prerelease != operand.prerelease
    case .patch: return true
    case .major, .none: return order != .same
    }
  }

  private func isGreater(_ version: SemanticVersion, _ order: Ordering) -> Bool {
    if wildcard == .none || version.major != operand.major { return order == .descending }
    return switch wildcard {
    case .minor: false
    case .patch: version.minor > operand.minor
    case .major, .none: order == .descending
    }
  }

  private func isAtMost(_ version: SemanticVersion, _ order: Ordering) -> Bool {
    guard wildcard != .none else { return order != .descending }
    if version.major != operand.major { return version.major < operand.major }
    return wildcard == .minor || version.minor <= operand.minor
  }

  private func isInTildeRange(_ version: SemanticVersion, _ order: Ordering) -> Bool {
    if order == .ascending { return false }
    let isZero = operand.major.isZero && operand.minor.isZero && operand.patch.isZero
    // ~0.0.0 accepts everything, and so does a wildcard for the major version.
    if isZero, wildcard == .none || wildcard == .major { return true }
    return version.major == operand.major && (wildcard == .minor || version.minor == operand.minor)
  }

  private func isInCaretRange(_ version: SemanticVersion, _ order: Ordering) -> Bool {
    if order == .ascending { return false }
    if !operand.major.isZero || wildcard == .minor { return version.major == operand.major }
    if !version.major.isZero { return false }
    if !operand.minor.isZero || wildcard == .patch { return version.minor == operand.minor }
    return version.minor.isZero && version.patch == operand.patch
  }
}
