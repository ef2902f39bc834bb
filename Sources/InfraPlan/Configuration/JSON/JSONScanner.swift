internal import SourceText

/// Cuts JSON text into tokens, wrong ones included.
struct JSONScanner {
  enum Kind: Equatable {
    case openBrace, closeBrace, openBracket, closeBracket, comma, colon, equals
    case string, number, keyword, invalid, end
  }

  struct Token {
    var kind: Kind
    var range: Range<Int>
  }

  let bytes: [UInt8]
  private var position = 0
  /// After a byte that begins no token there are no more of them.
  private var isOver = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    let start = position
    guard position < bytes.count, !isOver else { return Token(kind: .end, range: start..<start) }
    let byte = bytes[position]
    position += 1
    var kind: Kind
    switch byte {
    case UInt8(ascii: "{"): kind = .openBrace
    case UInt8(ascii: "}"): kind = .closeBrace
    case UInt8(ascii: "["): kind = .openBracket
    case UInt8(ascii: "]"): kind = .closeBracket
    case UInt8(ascii: ","): kind = .comma
    case UInt8(ascii: ":"): kind = .colon
    case UInt8(ascii: "="): kind = .equals
    case Byte.quote:
      kind = .string
      skipString()
    case _ where Byte.isLetter(byte):
      kind = .keyword
      skip { Byte.isLetter($0) || Byte.isDigit($0) || $0 == Byte.underscore }
    case _ where Self.isNumeric(byte) && byte | 0x20 != UInt8(ascii: "e"):
      kind = .number
      skip(Self.isNumeric)
    default:
      kind = .invalid
      isOver = true
    }
    return Token(kind: kind, range: start..<position)
  }

  private static func isNumeric(_ byte: UInt8) -> Bool {
    Byte.isDigit(byte) || "+-.eE".utf8.contains(byte)
  }

  private mutating func skip(_ belongs: (UInt8) -> Bool) {
    while position < bytes.count, belongs(bytes[position]) { position += 1 }
  }

  /// To the closing quote, or to a control character, which no string may hold.
  private mutating func skipString() {
    while position < bytes.count, bytes[position] >= 0x20 {
      let byte = bytes[position]
      position += 1
      if byte == Byte.quote { return }
      if byte == Byte.backslash, position < bytes.count, bytes[position] >= 0x20 { position += 1 }
    }
  }
}
