/// A parsed pattern.
indirect enum PatternTree {
  /// What a place in the text must be like.
  enum Assertion: UInt8 {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
  }

  case empty
  case literal(UInt32, ignoresCase: Bool)
  /// One scalar of the set at an index.
  case set(Int)
  case assertion(Assertion)
  case group(Int, PatternTree)
  case sequence([PatternTree])
  case alternatives([PatternTree])
  /// `maximum` is `nil` where there is none.
  case repetition(PatternTree, minimum: Int, maximum: Int?, isLazy: Bool)

  /// Whether the empty text matches.
  var isNullable: Bool {
    switch self {
    case .empty, .assertion: true
    case .literal, .set: false
    case .group(_, let inner): inner.isNullable
    case .sequence(let parts): parts.allSatisfy(\.isNullable)
    case .alternatives(let parts): parts.contains(where: \.isNullable)
    case .repetition(let inner, let minimum, _, _): minimum == 0 || inner.isNullable
    }
  }

  /// Whether all nested repetitions together stay within a number of copies.
  func repeats(within limit: Int) -> Bool {
    switch self {
    case .empty, .literal, .set, .assertion: return true
    case .group(_, let inner): return inner.repeats(within: limit)
    case .sequence(let parts), .alternatives(let parts):
      return parts.allSatisfy { $0.repeats(within: limit) }
    case .repetition(let inner, let minimum, let maximum, _):
      let copies = maximum ?? minimum
      guard copies <= limit else { return false }
      return inner.repeats(within: copies > 1 ? limit / copies : limit)
    }
  }
}
