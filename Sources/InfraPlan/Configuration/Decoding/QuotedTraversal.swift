internal import SourceText

/// A reference within quotes: a name with attribute steps and constant keys.
struct QuotedTraversal {
  private(set) var problems: [Problem] = []
  private let bytes: [UInt8]
  private let file: SourceFile.ID
  private let offset: UInt32
  private var tokens: ArraySlice<Token>

  /// Reads a text that stands at an offset of its file as far as it is a reference; `nil` if it does
  /// not even begin with a name.
  static func read(
    _ text: String, at offset: UInt32, in file: SourceFile.ID
  ) -> (traversal: Traversal?, problems: [Problem]) {
    var reader = QuotedTraversal(text, offset, file)
    let traversal = reader.read()
    return (traversal, reader.problems)
  }

  private init(_ text: String, _ offset: UInt32, _ file: SourceFile.ID) {
    bytes = Array(text.utf8)
    self.file = file
    self.offset = offset
    tokens = Scanner.scan(bytes).filter { $0.kind != .newline && $0.kind != .comment }[...]
  }

  private var next: Token {
    tokens.first ?? Token(kind: .endOfFile, start: UInt32(bytes.count), end: UInt32(bytes.count))
  }

  private mutating func take() -> Token {
    let token = next
    tokens = tokens.dropFirst()
    return token
  }

  private func text(_ token: Token) -> String {
    String(decoding: bytes[token.range], as: UTF8.self)
  }

  private func span(_ token: Token) -> SourceSpan {
    SourceSpan(file: file, start: token.start + offset, end: token.end + offset)
  }

  private mutating func report(_ summary: String, _ detail: String, _ token: Token) {
    problems.append(Problem(.error, summary, detail, at: span(token)))
  }

  private mutating func read() -> Traversal? {
    let first = take()
    guard first.kind == .identifier else {
      report("Variable name required", "Must begin with a variable name.", first)
      return nil
    }
    var traversal = Traversal(root: text(first), rootSpan: span(first), steps: [])
    while next.kind != .endOfFile {
      let token = take()
      let step: Traversal.Step?
      switch token.kind {
      case .dot: step = readAttribute(after: token)
      case .openBracket: step = readKey(after: token)
      default:
        report(
          "Invalid character", "Expected an attribute access or an index operator.", token)
        step = nil
      }
      guard let step else { break }
      traversal.steps.append(step)
    }
    return traversal
  }

  private mutating func readAttribute(after dot: Token) -> Traversal.Step? {
    let name = take()
    guard name.kind == .identifier else {
      let detail =
        name.kind == .star
        ? "Splat expressions (.*) may not be used here." : "Dot must be followed by attribute name."
      report("Attribute name required", detail, name)
      return nil
    }
    return Traversal.Step(
      kind: .attribute(text(name)), span: .between(span(dot), span(name)))
  }

  private mutating func readKey(after open: Token) -> Traversal.Step? {
    let token = take()
    let key: Expression.Literal
    switch token.kind {
    case .numberLiteral:
      guard let number = Number(text(token)) else { return nil }
      key = .number(number)
    case .openQuote:
      let content = next.kind == .quotedLiteral ? text(take()) : ""
      if next.kind == .closeQuote {
        _ = take()
      } else if next.kind == .endOfFile {
        report(
          "Unterminated string literal",
          "Unable to find the closing quote mark before the end of the file.", next)
      }
      key = .string(content)
    case .star:
      report("Attribute name required", "Splat expressions ([*]) may not be used here.", token)
      return nil
    default:
      report(
        "Index value required",
        "Index brackets must contain either a literal number or a literal string.", token)
      return nil
    }
    let close = take()
    guard close.kind == .closeBracket else {
      report("Unclosed index brackets", "Index key must be followed by a closing bracket.", close)
      return nil
    }
    return Traversal.Step(kind: .index(key), span: .between(span(open), span(close)))
  }
}

extension Expression {
  /// Where the text of a quoted reference is taken to stand; in JSON places count from the quote.
  var quotedOffset: UInt32 {
    if case .template = node.kind { span.start + 1 } else { span.start }
  }
}
