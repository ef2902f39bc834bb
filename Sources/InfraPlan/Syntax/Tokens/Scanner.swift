/// Cuts native syntax into tokens. Nothing is lost: what lies between two tokens is spaces and tabs.
///
/// Template text and expressions nest in each other, so the scanner keeps a stack of modes instead
/// of calling itself; the nesting of the input costs heap, never stack.
struct Scanner {
  enum Mode { case expression, quoted, heredoc, bare }
  enum Goal { case configuration, template }

  struct Heredoc {
    var marker: Range<Int>
    var isStartOfLine = true
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let end: Int
  var position: Int
  var tokens: [Token] = []
  var modes: [Mode] = []
  var mode: Mode
  var braces = 0
  var returnBraces: [Int] = []
  var heredocs: [Heredoc] = []

  static func scan(_ source: [UInt8], range: Range<Int>? = nil, goal: Goal = .configuration)
    -> [Token]
  {
    source.withUnsafeBufferPointer { buffer in
      var scanner = Scanner(buffer, range ?? 0..<buffer.count, goal)
      scanner.run()
      return scanner.tokens
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ goal: Goal) {
    self.bytes = bytes
    end = range.upperBound
    position = range.lowerBound
    mode = goal == .template ? .bare : .expression
    tokens.reserveCapacity(range.count / 4 + 8)
    if position == 0, end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      position = 3
    }
  }

  private mutating func run() {
    while position < end {
      switch mode {
      case .expression:
        while position < end, bytes[position] == Byte.space { position += 1 }
        if position < end { scanExpression() }
      case .quoted: scanQuoted()
      case .heredoc: scanHeredoc()
      case .bare: scanBare()
      }
    }
    emit(.endOfFile, end)
  }

  /// Emits a token from the current position to `limit`, and moves there.
  mutating func emit(_ kind: Token.Kind, _ limit: Int) {
    emit(kind, limit, isPlain: false)
  }

  mutating func emit(_ kind: Token.Kind, _ limit: Int, isPlain: Bool) {
    tokens.append(
      Token(
        kind: kind, isPlain: isPlain, start: UInt32(truncatingIfNeeded: position),
        end: UInt32(truncatingIfNeeded: limit)))
    position = limit
  }

  func byte(_ offset: Int) -> UInt8 {
    let index = position + offset
    return index < end ? bytes[index] : 0
  }

  private mutating func scanExpression() {
    let first = bytes[position]
    switch first {
    case Byte.space, Byte.tab: position += 1
    case Byte.newline: emit(.newline, position + 1)
    case Byte.carriageReturn where byte(1) == Byte.newline: emit(.newline, position + 2)
    case UInt8(ascii: "#"): scanLineComment()
    case UInt8(ascii: "/"):
      if byte(1) == first {
        scanLineComment()
      } else if byte(1) == UInt8(ascii: "*"), let close = endOfBlockComment() {
        emit(.comment, close)
      } else {
        emit(.slash, position + 1)
      }
    case Byte.quote:
      emit(.openQuote, position + 1)
      push(.quoted)
    case Byte.openBrace:
      emit(.openBrace, position + 1)
      braces += 1
    case Byte.closeBrace: closeBrace(1)
    case Byte.tilde where byte(1) == Byte.closeBrace: closeBrace(2)
    case UInt8(ascii: "<") where byte(1) == first:
      if let heredoc = heredocIntroducer() {
        heredocs.append(Heredoc(marker: heredoc.marker))
        emit(.openHeredoc, heredoc.end)
        push(.heredoc)
      } else {
        emit(.lessThan, position + 1)
      }
    default:
      if Byte.isDigit(first) {
        emit(.numberLiteral, endOfNumber())
      } else if let limit = endOfIdentifier(from: position) {
        emit(.identifier, limit)
      } else {
        scanOperator(first)
      }
    }
  }

  private mutating func push(_ next: Mode) {
    modes.append(mode)
    mode = next
  }

  mutating func pop() { mode = modes.popLast() ?? .expression }

  mutating func beginSequence(_ kind: Token.Kind) {
    emit(kind, position + (byte(2) == Byte.tilde ? 3 : 2))
    braces += 1
    returnBraces.append(braces)
    if !heredocs.isEmpty { heredocs[heredocs.count - 1].isStartOfLine = false }
    push(.expression)
  }

  private mutating func closeBrace(_ length: Int) {
    if let level = returnBraces.last, level == braces {
      emit(.templateEnd, position + length)
      returnBraces.removeLast()
      pop()
    } else {
      // A "~}" that closes no sequence is left for the parser to refuse.
      emit(length == 2 ? .templateEnd : .closeBrace, position + length)
    }
    braces -= 1
  }

  private mutating func scanLineComment() {
    var index = position
    while index < end, bytes[index] != Byte.newline { index += 1 }
    emit(.comment, min(index + 1, end))
  }

  private func endOfBlockComment() -> Int? {
    var index = position + 2
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        return index + 2
      }
      index += 1
    }
    return nil
  }

  /// A number goes on over digits, dots and exponents, but never ends in a dot.
  private func endOfNumber() -> Int {
    var index = position + 1
    var limit = index
    while index < end {
      let next = bytes[index]
      if Byte.isDigit(next) {
        index += 1
        limit = index
      } else if next == Byte.dot {
        index += 1
      } else if next | 0x20 == UInt8(ascii: "e") {
        var digit = index + 1
        if digit < end, bytes[digit] == UInt8(ascii: "+") || bytes[digit] == Byte.minus {
          digit += 1
        }
        guard digit < end, Byte.isDigit(bytes[digit]) else { return limit }
        index = digit + 1
        limit = index
      } else {
        return limit
      }
    }
    return limit
  }

  func endOfIdentifier(from start: Int) -> Int? {
    guard start < end else { return nil }
    var index = start
    if Byte.isDigit(bytes[start]) || bytes[start] == Byte.minus { return nil }
    while index < end {
      let next = bytes[index]
      if Byte.isWord(next) {
        index += 1
      } else if next < 0x80 {
        break
      } else {
        guard let (scalar, length) = scalar(at: index) else { break }
        let properties = scalar.properties
        guard index > start ? properties.isIDContinue : properties.isIDStart else { break }
        index += length
      }
    }
    return index > start ? index : nil
  }

  private func heredocIntroducer() -> (marker: Range<Int>, end: Int)? {
    let start = position + (byte(2) == Byte.minus ? 3 : 2)
    guard start < end, let limit = endOfIdentifier(from: start) else { return nil }
    if limit < end, bytes[limit] == Byte.newline { return (start..<limit, limit + 1) }
    guard limit + 1 < end, bytes[limit] == Byte.carriageReturn, bytes[limit + 1] == Byte.newline
    else { return nil }
    return (start..<limit, limit + 2)
  }
}
