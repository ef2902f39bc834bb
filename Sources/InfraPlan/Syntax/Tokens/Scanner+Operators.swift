extension Scanner {
  /// Everything in an expression that is neither space, comment, number, name nor template.
  mutating func scanOperator(_ first: UInt8) {
    let second = byte(1)
    let equals = UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: "["): emit(.openBracket, position + 1)
    case UInt8(ascii: "]"): emit(.closeBracket, position + 1)
    case UInt8(ascii: "("): emit(.openParen, position + 1)
    case UInt8(ascii: ")"): emit(.closeParen, position + 1)
    case UInt8(ascii: ","): emit(.comma, position + 1)
    case UInt8(ascii: "*"): emit(.star, position + 1)
    case UInt8(ascii: "+"): emit(.plus, position + 1)
    case UInt8(ascii: "-"): emit(.minus, position + 1)
    case UInt8(ascii: "%"): emit(.percent, position + 1)
    case UInt8(ascii: "?"): emit(.question, position + 1)
    case UInt8(ascii: ";"): emit(.semicolon, position + 1)
    case UInt8(ascii: "`"): emit(.backtick, position + 1)
    case UInt8(ascii: "'"): emit(.apostrophe, position + 1)
    case UInt8(ascii: "^"): emit(.bitwiseXor, position + 1)
    case UInt8(ascii: "~"): emit(.bitwiseNot, position + 1)
    case UInt8(ascii: "."):
      let isEllipsis = second == first && byte(2) == first
      emit(isEllipsis ? .ellipsis : .dot, position + (isEllipsis ? 3 : 1))
    case equals where second == equals: emit(.equalOp, position + 2)
    case equals where second == UInt8(ascii: ">"): emit(.fatArrow, position + 2)
    case equals: emit(.equal, position + 1)
    case UInt8(ascii: "!"): emitPair(second == equals, .notEqual, .bang)
    case UInt8(ascii: "<"): emitPair(second == equals, .lessThanOrEqual, .lessThan)
    case UInt8(ascii: ">"): emitPair(second == equals, .greaterThanOrEqual, .greaterThan)
    case UInt8(ascii: "&"): emitPair(second == first, .and, .bitwiseAnd)
    case UInt8(ascii: "|"): emitPair(second == first, .or, .bitwiseOr)
    case UInt8(ascii: ":"): emitPair(second == first, .doubleColon, .colon)
    default: scanStray()
    }
  }

  private mutating func emitPair(_ isPair: Bool, _ pair: Token.Kind, _ single: Token.Kind) {
    emit(isPair ? pair : single, position + (isPair ? 2 : 1))
  }

  /// A byte or character that has no meaning here.
  mutating func scanStray() {
    let length = lengthOfCharacter(at: position)
    emit(length == 0 ? .badUTF8 : .invalid, position + max(1, length))
  }

  /// The byte length of a well-formed-looking UTF-8 sequence; 0 if there is none.
  func lengthOfCharacter(at index: Int) -> Int {
    let length: Int
    switch bytes[index] {
    case 0..<0x80: return 1
    case 0xC0..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF8: length = 4
    default: return 0
    }
    guard index + length <= end else { return 0 }
    for offset in 1..<length where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }

  func scalar(at index: Int) -> (Unicode.Scalar, Int)? {
    let length = lengthOfCharacter(at: index)
    guard length > 1 else { return nil }
    var value = UInt32(bytes[index]) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
    return Unicode.Scalar(value).map { ($0, length) }
  }
}
