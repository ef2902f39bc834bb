internal import SourceText

/// One lexical element: its kind and its bytes. Twelve bytes, no text of its own.
struct Token: Sendable {
  var kind: Kind
  /// Whether it is text of a quoted template that stands for itself: ASCII without escapes.
  var isPlain = false
  var start: UInt32
  var end: UInt32

  var range: Range<Int> { Int(start)..<Int(end) }

  enum Kind: UInt8, Sendable {
    case openBrace, closeBrace, openBracket, closeBracket, openParen, closeParen
    case openQuote, closeQuote, openHeredoc, closeHeredoc
    case star, slash, plus, minus, percent
    case equal, equalOp, notEqual, lessThan, lessThanOrEqual, greaterThan, greaterThanOrEqual
    case and, or, bang, dot, comma, ellipsis, fatArrow, question, colon, doubleColon
    case templateInterpolation, templateControl, templateEnd
    case quotedLiteral, stringLiteral, numberLiteral, identifier
    case comment, newline, endOfFile
    // Never part of the language; scanned so that the parser can say what was probably meant.
    case bitwiseAnd, bitwiseOr, bitwiseNot, bitwiseXor
    case apostrophe, backtick, semicolon, invalid, badUTF8, quotedNewline
    /// The absence of a token, where a rule looks at neighbours.
    case none

    /// Whether it is never part of the language.
    var isInvalid: Bool { rawValue >= Self.bitwiseAnd.rawValue && self != .none }

    /// +1 for what opens a nesting level, -1 for what closes one.
    var bracketChange: Int {
      switch self {
      case .openBrace, .openBracket, .openParen, .templateControl, .templateInterpolation: 1
      case .closeBrace, .closeBracket, .closeParen, .templateEnd: -1
      default: 0
      }
    }

    /// The kind that closes what this one opens, and the reverse.
    var opposite: Kind {
      switch self {
      case .openBrace: .closeBrace
      case .openBracket: .closeBracket
      case .openParen: .closeParen
      case .openQuote: .closeQuote
      case .openHeredoc: .closeHeredoc
      case .closeBrace: .openBrace
      case .closeBracket: .openBracket
      case .closeParen: .openParen
      case .closeQuote: .openQuote
      case .closeHeredoc: .openHeredoc
      case .templateControl, .templateInterpolation: .templateEnd
      case .templateEnd: .templateInterpolation
      default: .none
      }
    }
  }
}

/// Bytes that the scanner and the parser ask for by name.
enum Byte {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let dollar = UInt8(ascii: "$")
  static let percent = UInt8(ascii: "%")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let tilde = UInt8(ascii: "~")
  static let dot = UInt8(ascii: ".")
  static let minus = UInt8(ascii: "-")
  static let underscore = UInt8(ascii: "_")

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  /// A letter, a digit, `_` or `-`: what ASCII has of names.
  static func isWord(_ byte: UInt8) -> Bool {
    let set: UInt64 = byte < 64 ? 0x03FF_2000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return byte < 0x80 && set >> UInt64(byte & 63) & 1 != 0
  }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
