extension Scanner {
  /// One token of a quoted template.
  mutating func scanQuoted() {
    let first = bytes[position]
    switch first {
    case Byte.quote:
      emit(.closeQuote, position + 1)
      pop()
    case Byte.newline, Byte.carriageReturn:
      var index = position + 1
      while index < end, bytes[index] == Byte.newline || bytes[index] == Byte.carriageReturn {
        index += 1
      }
      emit(.quotedNewline, index)
    case Byte.dollar, Byte.percent:
      scanMarker(first, literal: .quotedLiteral)
    default:
      let (limit, isPlain) = endOfQuotedRun()
      if limit > position {
        emit(.quotedLiteral, limit, isPlain: isPlain)
      } else {
        scanStray()
      }
    }
  }

  /// `${` and `%{` open a sequence, `$${` and `%%{` are text, and so is a marker alone.
  private mutating func scanMarker(_ marker: UInt8, literal: Token.Kind) {
    if byte(1) == Byte.openBrace {
      beginSequence(marker == Byte.dollar ? .templateInterpolation : .templateControl)
    } else if byte(1) == marker, byte(2) == Byte.openBrace {
      emit(literal, position + (byte(3) == Byte.tilde ? 4 : 3))
    } else if position + 1 == end, mode == .quoted {
      emit(.invalid, end)
    } else {
      emit(literal, position + 1)
    }
  }

  private func endOfQuotedRun() -> (end: Int, isPlain: Bool) {
    var index = position
    var isPlain = true
    while index < end {
      let next = bytes[index]
      switch next {
      case Byte.quote, Byte.dollar, Byte.percent, Byte.newline, Byte.carriageReturn:
        return (index, isPlain)
      case Byte.backslash:
        isPlain = false
        guard index + 1 < end else { return (index, false) }
        let escaped = bytes[index + 1]
        let length = lengthOfCharacter(at: index + 1)
        guard escaped != Byte.newline, escaped != Byte.carriageReturn, length > 0 else {
          return (index, false)
        }
        index += 1 + length
      case 0..<0x80: index += 1
      default:
        isPlain = false
        let length = lengthOfCharacter(at: index)
        guard length > 0 else { return (index, false) }
        index += length
      }
    }
    return (index, isPlain)
  }

  /// One token of a heredoc: at most one line, so that the closing marker is seen.
  mutating func scanHeredoc() {
    let first = bytes[position]
    let top = heredocs.count - 1
    if first == Byte.dollar || first == Byte.percent {
      guard byte(1) != Byte.openBrace else {
        beginSequence(first == Byte.dollar ? .templateInterpolation : .templateControl)
        return
      }
      var limit = position + 1
      if byte(1) == first, byte(2) == Byte.openBrace {
        limit = position + (byte(3) == Byte.tilde ? 4 : 3)
      }
      if let newline = endOfNewline(at: limit) {
        heredocs[top].isStartOfLine = true
        emit(.stringLiteral, newline)
      } else {
        heredocs[top].isStartOfLine = false
        emit(.stringLiteral, limit)
      }
      return
    }
    let limit = endOfTextRun()
    if let newline = endOfNewline(at: limit) {
      if heredocs[top].isStartOfLine, isMarker(position..<limit, heredocs[top].marker) {
        emit(.closeHeredoc, limit)
        emit(.newline, newline)
        heredocs.removeLast()
        pop()
      } else {
        heredocs[top].isStartOfLine = true
        emit(.stringLiteral, newline)
      }
    } else if limit > position {
      heredocs[top].isStartOfLine = false
      emit(.stringLiteral, limit)
    } else if bytes[position] == Byte.carriageReturn {
      // A carriage return alone ends what the scanner understands of a heredoc.
      emit(.invalid, end)
    } else {
      emit(.badUTF8, position + 1)
    }
  }

  private func isMarker(_ line: Range<Int>, _ marker: Range<Int>) -> Bool {
    var low = line.lowerBound
    var high = line.upperBound
    while low < high, isSpace(bytes[low]) { low += 1 }
    while high > low, isSpace(bytes[high - 1]) { high -= 1 }
    guard high - low == marker.count else { return false }
    return bytes[low..<high].elementsEqual(bytes[marker])
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == Byte.space || byte &- 9 < 5 }

  private func endOfNewline(at index: Int) -> Int? {
    guard index < end else { return nil }
    if bytes[index] == Byte.newline { return index + 1 }
    guard bytes[index] == Byte.carriageReturn, index + 1 < end, bytes[index + 1] == Byte.newline
    else { return nil }
    return index + 2
  }

  /// One token of a template that stands alone, outside quotes.
  mutating func scanBare() {
    let first = bytes[position]
    if first == Byte.dollar || first == Byte.percent {
      scanMarker(first, literal: .stringLiteral)
      return
    }
    let limit = endOfTextRun()
    let whole = endOfNewline(at: limit) ?? limit
    if whole > position {
      emit(.stringLiteral, whole)
    } else if first == Byte.carriageReturn {
      emit(.stringLiteral, end)
    } else {
      emit(.badUTF8, position + 1)
    }
  }

  private func endOfTextRun() -> Int {
    var index = position
    while index < end {
      switch bytes[index] {
      case Byte.dollar, Byte.percent, Byte.newline, Byte.carriageReturn: return index
      case 0..<0x80: index += 1
      default:
        let length = lengthOfCharacter(at: index)
        guard length > 0 else { return index }
        index += length
      }
    }
    return index
  }
}
