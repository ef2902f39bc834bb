internal import SourceText

/// The parser's view of the tokens: comments skipped, line breaks only where they mean something.
struct TokenReader {
  let source: [UInt8]
  let tokens: [Token]
  let file: SourceFile.ID
  private(set) var next = 0
  private var newlineModes: [Bool] = [true]

  init(_ source: [UInt8], _ tokens: [Token], _ file: SourceFile.ID, newlines: Bool = true) {
    self.source = source
    self.tokens = tokens
    self.file = file
    newlineModes = [newlines]
  }

  func span(_ token: Token) -> SourceSpan { SourceSpan(file: file, bytes: token.range) }

  func text(_ token: Token) -> String { String(decoding: source[token.range], as: UTF8.self) }

  func matches(_ token: Token, _ keyword: StaticString) -> Bool {
    guard token.kind == .identifier, token.range.count == keyword.utf8CodeUnitCount else {
      return false
    }
    let wanted = UnsafeBufferPointer(start: keyword.utf8Start, count: keyword.utf8CodeUnitCount)
    return source[token.range].elementsEqual(wanted)
  }

  private func locate() -> (token: Token, after: Int) {
    var index = next
    let newlines = newlineModes[newlineModes.count - 1]
    while index < tokens.count {
      let token = tokens[index]
      index += 1
      switch token.kind {
      case .newline where !newlines: continue
      case .comment:
        // A line comment takes its line break along, which may end an argument.
        if newlines, source[Int(token.end) - 1] == Byte.newline {
          return (Token(kind: .newline, start: token.start, end: token.end), index)
        }
        continue
      default: return (token, index)
      }
    }
    return (tokens[tokens.count - 1], tokens.count)
  }

  var peek: Token { locate().token }

  mutating func read() -> Token {
    let (token, after) = locate()
    next = after
    return token
  }

  /// The span of the token just read; before the first, that of the first.
  var previousSpan: SourceSpan { next == 0 ? nextSpan : span(tokens[next - 1]) }
  var nextSpan: SourceSpan { span(peek) }

  mutating func pushNewlines(_ significant: Bool) { newlineModes.append(significant) }
  mutating func popNewlines() { newlineModes.removeLast() }
}
