internal import SourceText

/// The parser's view of the tokens: comments skipped, line breaks only where they mean something.
///
/// The next token is always found already, since the parser looks at each several times.
struct TokenReader {
  /// The text and its tokens are borrowed: whoever makes a reader keeps both alive while it is used.
  let source: UnsafeBufferPointer<UInt8>
  private let tokens: UnsafeBufferPointer<Token>
  let file: SourceFile.ID
  /// The token that `read` will return.
  private(set) var peek: Token
  private var afterPeek = 0
  /// The number of tokens read and skipped.
  private(set) var next = 0
  /// Whether line breaks are tokens here.
  private(set) var seesNewlines: Bool

  /// The tokens must end with one that says so.
  init(
    _ source: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeBufferPointer<Token>,
    _ file: SourceFile.ID, newlines: Bool = true
  ) {
    self.source = source
    self.tokens = tokens
    self.file = file
    seesNewlines = newlines
    peek = Token(kind: .endOfFile, start: 0, end: 0)
    locate()
  }

  func span(_ token: Token) -> SourceSpan {
    SourceSpan(file: file, start: token.start, end: token.end)
  }

  func text(_ token: Token) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: source[token.range]), as: UTF8.self)
  }

  func matches(_ token: Token, _ keyword: StaticString) -> Bool {
    guard token.kind == .identifier, token.range.count == keyword.utf8CodeUnitCount else {
      return false
    }
    let wanted = UnsafeBufferPointer(start: keyword.utf8Start, count: keyword.utf8CodeUnitCount)
    return source[token.range].elementsEqual(wanted)
  }

  private mutating func locate() {
    var index = next
    while index < tokens.count {
      let token = tokens[index]
      index += 1
      switch token.kind {
      case .newline where !seesNewlines: continue
      case .comment:
        // A line comment takes its line break along, which may end an argument.
        guard seesNewlines, source[Int(token.end) - 1] == Byte.newline else { continue }
        peek = Token(kind: .newline, start: token.start, end: token.end)
      default: peek = token
      }
      afterPeek = index
      return
    }
    peek = tokens[tokens.count - 1]
    afterPeek = tokens.count
  }

  @discardableResult
  mutating func read() -> Token {
    let token = peek
    next = afterPeek
    locate()
    return token
  }

  /// The span of the token just read; before the first, that of the first.
  var previousSpan: SourceSpan { next == 0 ? nextSpan : span(tokens[next - 1]) }
  var nextSpan: SourceSpan { span(peek) }

  /// Says whether line breaks are tokens from here on; returns what held before, to be put back.
  mutating func seeNewlines(_ significant: Bool) -> Bool {
    let before = seesNewlines
    guard before != significant else { return before }
    seesNewlines = significant
    locate()
    return before
  }

  /// Reads the rest of a quoted text that needs no decoding, its opening quote already read, and
  /// returns the token of the text.
  mutating func readPlainText() -> Token? {
    guard peek.isPlain, next + 1 < tokens.count, tokens[next + 1].kind == .closeQuote else {
      return nil
    }
    let text = peek
    next += 2
    locate()
    return text
  }
}
