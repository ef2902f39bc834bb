internal import SourceText

/// Valid YAML that libyaml refuses or misreads, made readable without moving a byte.
///
/// What stands between tokens changes, after libyaml has failed there: a directive it does not know
/// becomes a comment, a tab or line break that separates becomes a space. The first character of text
/// that libyaml takes for an indicator becomes a letter while it reads; since text is taken from the
/// file as it is, the letter is never seen. Offsets stay what they were, so spans still point into the
/// file.
struct SyntaxRepair {
  /// How many repairs one file may need; each costs another reading.
  private static let limit = 32
  /// Larger files are not tried again.
  private static let maximumBytes = 1 << 20

  /// What libyaml is given to read.
  private(set) var bytes: [UInt8]
  /// Where a letter stands for another character.
  private(set) var placeholders: [Int] = []
  private var attempts = 0

  /// Starts with a file. White space behind its last line break becomes a line, which ends a block
  /// scalar as the specification says.
  init(_ source: [UInt8]) {
    bytes = source
    let line = source.reversed().prefix { $0 == 0x20 }.count
    if line > 0, line < source.count, source[source.count - line - 1] == 0x0A {
      bytes.append(0x0A)
    }
  }

  /// Repairs what a failure tells of; false where the text is wrong by the specification too.
  mutating func repair(_ failure: Diagnostic) -> Bool {
    guard failure.id == "yaml-syntax", let span = failure.span, attempts < Self.limit,
      bytes.count <= Self.maximumBytes,
      // Inside a block scalar every tab is text, or wrong.
      failure.related.first?.message != "while scanning a block scalar"
    else { return false }
    attempts += 1
    return repair(at: Int(span.start), failure.summary)
      || (failure.related.first.map { repair(at: Int($0.span.start), "") } ?? false)
  }

  private mutating func repair(at offset: Int, _ problem: String) -> Bool {
    guard offset < bytes.count else { return false }
    let start = Self.lineStart(bytes, offset)
    if bytes[start] == UInt8(ascii: "%") {
      guard Self.isDirective(bytes, start), !Self.hasTag(bytes, start) else { return false }
      bytes[start] = UInt8(ascii: "#")
      return true
    }
    switch bytes[offset] {
    case 0x09:
      guard Self.separates(bytes, start, offset) else { return false }
      bytes[offset] = 0x20
      return true
    case UInt8(ascii: ":") where problem == "did not find expected ',' or '}'":
      return joinKey(before: offset)
    case UInt8(ascii: ":") where problem == "did not find expected node content",
      UInt8(ascii: "?") where problem == SyntaxChecks.misreadQuestionMark:
      guard offset + 1 < bytes.count, !Self.endsText(bytes[offset + 1]) else { return false }
      placeholders.append(offset)
      bytes[offset] = UInt8(ascii: "x")
      return true
    default: return false
    }
  }

  /// Puts a `:` that stands in braces, in a line of its own, into the line of its key.
  private mutating func joinKey(before colon: Int) -> Bool {
    var start = colon
    // Lines above that are blank or a comment, and the end of the one that the key is in.
    while start > 0 {
      let line = Self.lineStart(bytes, start)
      guard bytes[line..<start].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else {
        break
      }
      guard line > 0 else { return false }
      start = line - 1
      let above = Self.lineStart(bytes, start)
      if let comment = Self.commentStart(bytes[above..<start]) { start = comment }
    }
    guard start < colon, bytes[start..<colon].contains(0x0A),
      // Inside a block collection a line has to be indented.
      bytes[colon - 1] != 0x0A || isInBracesOnly
    else { return false }
    for index in start..<colon { bytes[index] = 0x20 }
    return true
  }

  /// Whether the file begins with a brace, so that nothing is laid out by indentation.
  private var isInBracesOnly: Bool { bytes.first { $0 > 0x20 } == UInt8(ascii: "{") }

  /// Where the comment of a line begins, as far as that can be told without reading it.
  private static func commentStart(_ line: ArraySlice<UInt8>) -> Int? {
    guard !line.contains(UInt8(ascii: "'")) else { return nil }
    var isQuoted = false
    for index in line.indices {
      if line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if line[index] == UInt8(ascii: "#"), !isQuoted,
        index == line.startIndex || line[index - 1] <= 0x20
      {
        return index
      }
    }
    return nil
  }

  /// Whether text between brackets ends before a byte.
  private static func endsText(_ byte: UInt8) -> Bool {
    byte <= 0x20 || ",[]{}".utf8.contains(byte)
  }

  private static func lineStart(_ bytes: [UInt8], _ offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// Directives stand before any content: at the start of the file or after `...`.
  private static func isDirective(_ bytes: [UInt8], _ start: Int) -> Bool {
    var end = start
    while end > 0 {
      let above = lineStart(bytes, end - 1)
      let line = bytes[above..<(end - 1)]
      if line.starts(with: "...".utf8) { return true }
      let content = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      guard content.isEmpty || content.first == UInt8(ascii: "#") || line.first == UInt8(ascii: "%")
      else { return false }
      end = above
    }
    return true
  }

  /// `%TAG`, and `%YAML` of a version that is read, are libyaml's to judge.
  private static func hasTag(_ bytes: [UInt8], _ start: Int) -> Bool {
    let line = bytes[start...].prefix { $0 != 0x0A }
    if line.starts(with: "%TAG ".utf8) { return true }
    guard line.starts(with: "%YAML ".utf8) else { return false }
    let version = line.dropFirst(6).prefix { $0 > 0x20 }
    return !version.starts(with: "1.".utf8) || version.count < 3
      || version.elementsEqual("1.1".utf8)
      || version.elementsEqual("1.2".utf8) || !version.dropFirst(2).allSatisfy { 0x30...0x39 ~= $0 }
  }

  /// Whether the spaces before the first tab of a line indent it deeper than the line of text above.
  private static func isIndented(_ bytes: [UInt8], _ start: Int) -> Bool {
    let spaces = bytes[start...].prefix { $0 == 0x20 }.count
    var end = start
    while end > 0 {
      let above = lineStart(bytes, end - 1)
      let line = bytes[above..<(end - 1)]
      let content = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !content.isEmpty, content.first != UInt8(ascii: "#") {
        return spaces > line.prefix { $0 == 0x20 }.count
      }
      end = above
    }
    return true
  }

  /// Whether a tab may stand here: in a line that is blank, or after an indicator where no block
  /// collection begins behind it.
  private static func separates(_ bytes: [UInt8], _ start: Int, _ offset: Int) -> Bool {
    let rest = bytes[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
    let content = rest.drop { $0 == 0x20 || $0 == 0x09 }
    let isLeading = bytes[start..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    guard let first = content.first else { return true }
    if isLeading {
      guard isIndented(bytes, start) else { return false }
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return true }
    }
    let second = content.dropFirst().first
    if "-?:".utf8.contains(first), second == nil || second == 0x20 || second == 0x09 {
      return false
    }
    var previous = UInt8(0x20)
    for byte in content {
      if previous == UInt8(ascii: ":"), byte == 0x20 || byte == 0x09 { return false }
      previous = byte
    }
    return previous != UInt8(ascii: ":")
  }
}
