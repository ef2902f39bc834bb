internal import SourceText

/// Keeps the values of Secrets out of what is printed, also where the text does not parse.
enum SecretText {
  /// Whether an offset is inside a document that has a Secret, by the look of its text: a line of the
  /// document says `kind: Secret`, in YAML or JSON.
  ///
  /// O(bytes); asked only when something has gone wrong there.
  static func isNear(_ offset: Int, in bytes: [UInt8]) -> Bool {
    let document = documentRange(around: min(offset, bytes.count), in: bytes)
    var index = document.lowerBound
    let word = Array("Secret".utf8)
    while let start = bytes[index..<document.upperBound].firstIndex(of: word[0]) {
      if bytes[start...].starts(with: word), isWhole(start + word.count, bytes),
        followsKind(start, in: bytes, from: document.lowerBound)
      {
        return true
      }
      index = start + 1
    }
    return false
  }

  /// Diagnostics that neither say nor show what a Secret holds.
  static func concealed(_ diagnostics: [Diagnostic], in bytes: [UInt8]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      guard let span = diagnostic.span, isNear(Int(span.start), in: bytes) else {
        return diagnostic
      }
      var result = diagnostic
      result.hidesSource = true
      return result
    }
  }

  /// From the `---` above an offset to the one below it.
  private static func documentRange(around offset: Int, in bytes: [UInt8]) -> Range<Int> {
    var start = offset
    while start > 0, !(bytes[start - 1] == 0x0A && isMarker(start, bytes)) { start -= 1 }
    var end = offset
    while end < bytes.count, !(bytes[end] == 0x0A && isMarker(end + 1, bytes)) { end += 1 }
    return start..<end
  }

  private static func isMarker(_ start: Int, _ bytes: [UInt8]) -> Bool {
    bytes[start...].starts(with: "---".utf8)
  }

  private static func isWhole(_ end: Int, _ bytes: [UInt8]) -> Bool {
    // A SecretList holds Secrets too.
    if bytes[end...].starts(with: "List".utf8) { return true }
    guard end < bytes.count else { return true }
    switch bytes[end] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return false
    default: return true
    }
  }

  /// Whether `kind:` stands before an offset, quotes and spaces between.
  private static func followsKind(_ offset: Int, in bytes: [UInt8], from start: Int) -> Bool {
    let before = bytes[start..<offset].reversed().drop { isFiller($0) }
    guard before.first == UInt8(ascii: ":") else { return false }
    return before.dropFirst().drop { isFiller($0) }.starts(with: "dnik".utf8)
  }

  private static func isFiller(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }
}
