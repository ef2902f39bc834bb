/// What folded text (`>`) becomes when Kustomize writes it folded once more and reads it again, which
/// it does with every object that it prints.
///
/// Its writer doubles the line break behind each line that does not begin with white space, also where
/// the reader keeps every break: before lines that do, and at the end of text that ends in several.
enum RefoldedText {
  /// The text as it is read again; `nil` where it has no line breaks or is not written folded.
  static func text(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.contains(0x0A), let first = text.first(where: { $0 != 0x0A }) else { return nil }
    // That writer folds text with tabs too.
    let analyzed =
      text.contains(0x09) ? text.map { $0 == 0x09 ? UInt8(ascii: "x") : $0 }[...] : text
    guard ScalarAnalysis(analyzed).allowsBlock else { return nil }
    // The writer looks at the first character where it means the next one.
    let doublesBreaks = !isBlank(first)
    var result: [UInt8] = []
    var breaks = 0
    var hasText = false
    var followsBlank = false
    func written() -> Int { breaks + (doublesBreaks && !followsBlank ? 1 : 0) }
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { breaks += 1 }
      guard let start = line.first else { continue }
      if !hasText {
        result += newlines(breaks)
      } else if followsBlank || isBlank(start) {
        result += newlines(written())
      } else {
        result += written() == 1 ? [0x20] : newlines(written() - 1)
      }
      result += line
      followsBlank = isBlank(start)
      hasText = true
      breaks = 0
    }
    // One break at the end is told by the header alone.
    return result + newlines(breaks > 1 ? written() : breaks)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func newlines(_ count: Int) -> [UInt8] { Array(repeating: 0x0A, count: count) }
}
