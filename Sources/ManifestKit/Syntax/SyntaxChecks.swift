internal import CLibYAML

/// What the YAML specification forbids and libyaml lets through.
struct SyntaxChecks {
  /// Something forbidden.
  struct Fault {
    let range: Range<Int>
    let message: String
  }

  let bytes: UnsafeBufferPointer<UInt8>

  /// A quoted scalar of several lines: every line has to be indented deeper than its parent.
  ///
  /// `indent` is the column of the innermost block collection, or -1 outside of any.
  func quotedLines(_ range: Range<Int>, indent: Int) -> Fault? {
    lines(after: range.lowerBound, until: range.upperBound) { start, content in
      guard content - start <= indent || spaces(from: start, to: content) <= indent else {
        return nil
      }
      return Fault(
        range: start..<(start + 1), message: "a line of a quoted scalar is not indented enough")
    }
  }

  /// A collection in brackets: tabs are no indentation.
  func flowLines(_ range: Range<Int>, indent: Int) -> Fault? {
    guard indent >= 0 else { return nil }
    return lines(after: range.lowerBound, until: range.upperBound) { start, content in
      guard bytes[start] == 0x09, spaces(from: start, to: content) <= indent else { return nil }
      return Fault(range: start..<(start + 1), message: "a tab cannot be used for indentation")
    }
  }

  /// What stands between two tokens in brackets: `#` needs white space before it.
  func flowGap(_ range: Range<Int>) -> Fault? {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "#") else {
        index += 1
        continue
      }
      if index > 0, bytes[index - 1] > 0x20 {
        return Fault(
          range: index..<(index + 1), message: "a comment needs white space before its '#'")
      }
      while index < range.upperBound, bytes[index] != 0x0A { index += 1 }
    }
    return nil
  }

  /// What libyaml makes of text between brackets that begins with `?`.
  static let misreadQuestionMark = "'?' begins a key only before white space"

  /// A scalar between brackets right behind a `?`, which is then part of it.
  func questionMark(before start: Int, _ type: yaml_event_type_t) -> Fault? {
    guard type == YAML_SCALAR_EVENT, start > 0, bytes[start - 1] == UInt8(ascii: "?") else {
      return nil
    }
    return Fault(range: (start - 1)..<start, message: Self.misreadQuestionMark)
  }

  /// A block scalar: a comment after `|` or `>` needs white space before it, and blank lines at the
  /// start must not be longer than the first line's indentation.
  func blockScalar(_ range: Range<Int>, indent: Int) -> Fault? {
    var index = range.lowerBound + 1
    var isExplicit = false
    while index < bytes.count, "+-0123456789".utf8.contains(bytes[index]) {
      isExplicit = isExplicit || bytes[index] >= 0x30
      index += 1
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: "#") {
      return Fault(
        range: index..<(index + 1), message: "a comment needs white space before its '#'")
    }
    guard !isExplicit else { return nil }
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    var longest = 0
    while index < bytes.count {
      let start = index + 1
      var content = start
      while content < bytes.count, bytes[content] == 0x20 { content += 1 }
      guard content < bytes.count, bytes[content] == 0x0A || bytes[content] == 0x0D else {
        guard content < bytes.count, content - start > indent, content - start < longest else {
          return nil
        }
        return Fault(
          range: start..<content,
          message: "the first line of a block scalar is indented less than the blank lines above")
      }
      longest = max(longest, content - start)
      index = content
      while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    }
    return nil
  }

  /// The number of columns before an offset, in bytes.
  func column(_ offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return offset - start
  }

  private func spaces(from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, bytes[index] == 0x20 { index += 1 }
    return index - start
  }

  /// Visits the lines that begin inside a range and are not blank: where they start, and where
  /// their first character is that is no white space.
  private func lines(
    after start: Int, until end: Int, _ visit: (Int, Int) -> Fault?
  ) -> Fault? {
    var index = start
    while index < end {
      guard bytes[index] == 0x0A else {
        index += 1
        continue
      }
      let line = index + 1
      var content = line
      while content < end, bytes[content] == 0x20 || bytes[content] == 0x09 { content += 1 }
      if content < end, bytes[content] != 0x0A, bytes[content] != 0x0D,
        let fault = visit(line, content)
      {
        return fault
      }
      index = max(content, line)
    }
    return nil
  }
}
