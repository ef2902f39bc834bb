// The standard library composes text for its own comparisons; the view is its only public door to
// the algorithm, and writing Unicode's tables again would be worse.
@_spi(_Unicode) internal import Swift

/// Unicode normalization form C: every string of the language is kept in it.
enum Normalization {
  /// The composed form. O(1) for ASCII, otherwise O(n).
  static func composed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text._nfc { scalars.append(scalar) }
    return String(scalars)
  }
}
