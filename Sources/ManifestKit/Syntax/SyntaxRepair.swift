/// Valid YAML that libyaml refuses, made readable without moving a byte.
///
/// Only what stands between tokens changes, and only after libyaml has failed there: a directive it
/// does not know becomes a comment, a tab that separates becomes a space. Offsets stay what they
/// were, so spans still point into the file as it is.
enum SyntaxRepair {
  /// How many repairs one file may need; each costs another reading.
  static let limit = 32
  /// Larger files are not tried again.
  static let maximumBytes = 1 << 20

  /// Repairs the place at which libyaml stopped; false where it is wrong by the specification too.
  static func repair(_ bytes: inout [UInt8], at offset: Int) -> Bool {
    guard bytes.count <= maximumBytes, offset < bytes.count else { return false }
    let start = lineStart(bytes, offset)
    if bytes[start] == UInt8(ascii: "%") {
      guard isDirective(bytes, start), !hasTag(bytes, start) else { return false }
      bytes[start] = UInt8(ascii: "#")
      return true
    }
    guard bytes[offset] == 0x09, separates(bytes, start, offset) else { return false }
    bytes[offset] = 0x20
    return true
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

  /// Whether a tab may stand here: in a line that is blank, or after an indicator where no block
  /// collection begins behind it.
  private static func separates(_ bytes: [UInt8], _ start: Int, _ offset: Int) -> Bool {
    let rest = bytes[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
    let content = rest.drop { $0 == 0x20 || $0 == 0x09 }
    let isLeading = bytes[start..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    if isLeading { return content.isEmpty }
    guard let first = content.first else { return true }
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
