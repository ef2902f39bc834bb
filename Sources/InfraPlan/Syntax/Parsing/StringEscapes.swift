internal import SourceText

extension Parser {
  /// Resolves the escapes of a piece of template text.
  mutating func decode(_ token: Token) -> String {
    if token.isPlain { return reader.text(token) }
    let isQuoted = token.kind == .quotedLiteral
    let bytes = reader.source[token.range]
    let needsWork = bytes.contains {
      $0 == Byte.backslash || $0 == Byte.dollar || $0 == Byte.percent
    }
    guard needsWork else { return reader.text(token) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
      if byte == Byte.dollar || byte == Byte.percent, next == byte, index + 2 < bytes.endIndex,
        bytes[index + 2] == Byte.openBrace
      {
        result += [byte, Byte.openBrace]
        index += 3
      } else if byte == Byte.backslash, isQuoted {
        index = decodeEscape(bytes, index, &result)
      } else {
        result.append(byte)
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func decodeEscape(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ index: Int, _ result: inout [UInt8]
  ) -> Int {
    let selector = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
    switch selector {
    case UInt8(ascii: "n"): result.append(Byte.newline)
    case UInt8(ascii: "r"): result.append(Byte.carriageReturn)
    case UInt8(ascii: "t"): result.append(Byte.tab)
    case Byte.quote, Byte.backslash: result.append(selector)
    case UInt8(ascii: "u"): return decodeUnicode(bytes, index, 4, "\\u", "four", &result)
    case UInt8(ascii: "U"): return decodeUnicode(bytes, index, 8, "\\U", "eight", &result)
    default:
      var limit = min(index + 2, bytes.endIndex)
      while limit < bytes.endIndex, bytes[limit] & 0xC0 == 0x80 { limit += 1 }
      let symbol = bytes[min(index + 1, bytes.endIndex)..<limit]
      let span = SourceSpan(file: reader.file, bytes: index..<limit)
      if symbol.isEmpty {
        report(
          "Invalid escape sequence",
          "Backslash must be followed by an escape sequence selector character.", at: span)
        result.append(Byte.backslash)
      } else {
        let text = Quoting.goQuoted(String(decoding: symbol, as: UTF8.self))
        report(
          "Invalid escape sequence",
          "The symbol \(text) is not a valid escape sequence selector.", at: span)
        result += symbol
      }
      return limit
    }
    return index + 2
  }

  private mutating func decodeUnicode(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ index: Int, _ length: Int, _ name: String, _ words: String,
    _ result: inout [UInt8]
  ) -> Int {
    var limit = index + 2
    var value: UInt32 = 0
    while limit < min(index + 2 + length, bytes.endIndex),
      let digit = Character(Unicode.Scalar(bytes[limit])).hexDigitValue
    {
      value = value << 4 | UInt32(digit)
      limit += 1
    }
    let span = SourceSpan(file: reader.file, bytes: index..<limit)
    guard limit == index + 2 + length else {
      report(
        "Invalid escape sequence",
        "The \(name) escape sequence must be followed by \(words) hexadecimal digits.", at: span)
      result += bytes[index..<limit]
      return limit
    }
    guard let scalar = Unicode.Scalar(value) else {
      report(
        "Invalid escape sequence",
        "Cannot encode character U+\(Quoting.hex(value, 4)) in UTF-8.", at: span)
      result += bytes[index..<limit]
      return limit
    }
    result += Array(String(Character(scalar)).utf8)
    return limit
  }

  /// A block label: quoted text without sequences.
  mutating func parseQuotedLabel() -> (String, SourceSpan) {
    let open = reader.span(reader.read())
    var text = ""
    while true {
      let token = reader.read()
      let span = reader.span(token)
      switch token.kind {
      case .closeQuote: return (text, .between(open, span))
      case .quotedLiteral: text += decode(token)
      case .templateControl, .templateInterpolation:
        let mark = token.kind == .templateControl ? "%" : "$"
        report(
          "Invalid string literal",
          "Template sequences are not allowed in this string. To include a literal \"\(mark)\", double it (as \"\(mark)\(mark)\") to escape it.",
          at: span, in: .between(open, span))
        text += mark + "{ ... }"
        recover(.templateEnd)
      case .endOfFile:
        report(
          "Unterminated string literal",
          "Unable to find the closing quote mark before the end of the file.", at: span,
          in: .between(open, span))
        return (text, .between(open, span))
      default:
        report(
          "Invalid string literal", "This item is not valid in a string literal.", at: span,
          in: .between(open, span))
        recover(.closeQuote)
        return (text, .between(open, span))
      }
    }
  }
}
