internal import ImageTags
internal import Synchronization

/// The regular expressions of custom resources, each read once.
///
/// A class because validation on several threads shares it.
final class PatternCache: Sendable {
  private let patterns = Mutex<[String: Pattern?]>([:])

  /// Whether a pattern matches a text; `nil` where it is no pattern, or the text too long for it.
  func matches(_ text: String, _ value: String) -> Bool? {
    let pattern = patterns.withLock { patterns in
      if let known = patterns[text] { return known }
      let pattern = try? Pattern(text)
      patterns[text] = .some(pattern)
      return pattern
    }
    return try? pattern?.matches(value)
  }
}
