public import SourceText

/// Builds the tree of one file, going on after errors so that one run shows as many as possible.
struct Parser {
  typealias Node = Expression.Node
  typealias ID = Expression.Node.ID

  /// How deep expressions and blocks may nest; deeper input is refused, not overflowed.
  static let maximumDepth = 120

  /// How many operators of one strength, or steps of one reference, may follow each other.
  static let maximumChain = 1000

  /// How many problems of one file are told.
  static let maximumProblems = 500

  var reader: TokenReader
  var nodes: [Node] = []
  var problems: [Problem] = []
  /// Set by the first recovery: from then on "bad token" problems are noise.
  var isRecovering = false
  var depth = 0

  /// Cuts a text, or a part of it, into tokens and runs `body` with a parser over them. Returns
  /// what the scanner found wrong too.
  static func run<Result>(
    over source: [UInt8], _ file: SourceFile.ID, range: Range<Int>? = nil,
    goal: Scanner.Goal = .configuration, newlines: Bool = false,
    _ body: (inout Parser) -> Result
  ) -> (result: Result, problems: [Problem]) {
    run(
      over: source, file, tokens: Scanner.scan(source, range: range, goal: goal),
      newlines: newlines, body)
  }

  /// Runs `body` with a parser over a text and its tokens.
  static func run<Result>(
    over source: [UInt8], _ file: SourceFile.ID, tokens: [Token], newlines: Bool,
    _ body: (inout Parser) -> Result
  ) -> (result: Result, problems: [Problem]) {
    source.withUnsafeBufferPointer { source in
      tokens.withUnsafeBufferPointer { tokens in
        var parser = Parser(reader: TokenReader(source, tokens, file, newlines: newlines))
        parser.nodes.reserveCapacity(tokens.count / 3)
        let result = body(&parser)
        return (result, InvalidTokens.problems(tokens, file) + parser.problems)
      }
    }
  }

  private init(reader: TokenReader) { self.reader = reader }

  /// The tree of a single expression.
  fileprivate func tree(of root: ID) -> Expression {
    let empty = Body(attributes: [], blocks: [], span: span(of: root))
    return SyntaxTree(file: reader.file, nodes: nodes, body: empty).expression(root)
  }

  mutating func add(_ kind: Node.Kind, _ span: SourceSpan) -> ID {
    nodes.append(Node(kind: kind, span: span))
    return ID(nodes.count - 1)
  }

  func span(of id: ID) -> SourceSpan { nodes[Int(id)].span }

  mutating func report(
    _ summary: String, _ detail: String, at subject: SourceSpan, in context: SourceSpan? = nil
  ) {
    // A file with this many mistakes is no configuration; more words would help nobody.
    guard problems.count < Self.maximumProblems else { return }
    problems.append(Problem(.error, summary, detail, at: subject, in: context))
  }

  /// Whether something was reported since the mark and the tokens are out of step.
  func failed(since mark: Int) -> Bool { isRecovering && problems.count > mark }

  /// Skips to just after the matching `end`, nested pairs counted.
  @discardableResult
  mutating func recover(_ end: Token.Kind) -> Token {
    let start = end.opposite
    isRecovering = true
    var nesting = 0
    while true {
      let token = reader.read()
      var kind = token.kind
      if end == .templateEnd, kind == .templateControl { kind = .templateInterpolation }
      if kind == end {
        if nesting < 1 { return token }
        nesting -= 1
      } else if kind == start {
        nesting += 1
      } else if kind == .endOfFile {
        return token
      }
    }
  }

  /// Skips past the next `start … end` pair.
  mutating func recoverOver(_ start: Token.Kind) {
    while true {
      let kind = reader.read().kind
      if kind == start || kind == .endOfFile { break }
    }
    recover(start.opposite)
  }

  /// Skips to the next line that can begin a body item.
  mutating func recoverAfterBodyItem() {
    isRecovering = true
    var open: [Token.Kind] = []
    while true {
      let token = reader.read()
      switch token.kind {
      case .newline:
        if open.isEmpty { return }
      case .endOfFile: return
      case .openBrace, .openBracket, .openParen, .openQuote, .openHeredoc,
        .templateInterpolation, .templateControl:
        open.append(token.kind)
      case .closeBrace, .closeBracket, .closeParen, .closeQuote, .closeHeredoc:
        let opener = token.kind.opposite
        while let last = open.last, last != opener { open.removeLast() }
        if !open.isEmpty { open.removeLast() }
      case .templateEnd:
        while let last = open.last, last != .templateInterpolation, last != .templateControl {
          open.removeLast()
        }
        if !open.isEmpty { open.removeLast() }
      default: break
      }
    }
  }

  /// Refuses a chain of operators or steps that has become absurd: its tree is as deep as it is long.
  mutating func refusesChain(_ length: Int, limit: Int = maximumChain) -> Bool {
    guard length > limit else { return false }
    if !isRecovering {
      report(
        "Expression too long",
        "An expression may chain at most \(limit) operators or steps.",
        at: reader.nextSpan)
    }
    while reader.peek.kind != .endOfFile { _ = reader.read() }
    isRecovering = true
    return true
  }

  /// Runs `body` one level deeper, or refuses where nesting has become absurd.
  mutating func nested(_ body: (inout Parser) -> ID) -> ID {
    guard depth < Self.maximumDepth else {
      let span = reader.nextSpan
      if !isRecovering {
        report(
          "Expression nested too deeply",
          "Expressions may be nested at most \(Self.maximumDepth) levels deep.", at: span)
      }
      while reader.peek.kind != .endOfFile { _ = reader.read() }
      isRecovering = true
      return add(.malformed, span)
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}

extension SyntaxTree {
  /// Parses native syntax. There is always a tree; problems say how far it can be trusted.
  ///
  /// Linear in the file's size. Hostile nesting is refused with a problem.
  public static func parse(_ file: SourceFile, id: SourceFile.ID) -> (SyntaxTree, [Problem]) {
    parse(file, id: id, tokens: Scanner.scan(file.bytes))
  }

  /// Parses a file whose tokens the caller has, and needs for something else too.
  static func parse(
    _ file: SourceFile, id: SourceFile.ID, tokens: [Token]
  ) -> (SyntaxTree, [Problem]) {
    Parser.run(over: file.bytes, id, tokens: tokens, newlines: true) { parser in
      let body = parser.parseBody(until: .endOfFile)
      return SyntaxTree(file: id, nodes: parser.nodes, body: body)
    }
  }

  /// Parses a single expression, as given on a command line.
  static func parseExpression(
    _ file: SourceFile, id: SourceFile.ID, range: Range<Int>? = nil
  ) -> (Expression, [Problem]) {
    Parser.run(over: file.bytes, id, range: range) { parser in
      let root = parser.parseExpression()
      let next = parser.reader.peek
      if next.kind != .endOfFile, !parser.isRecovering {
        parser.report(
          "Extra characters after expression",
          "An expression was successfully parsed, but extra characters were found after it.",
          at: parser.reader.span(next))
      }
      return parser.tree(of: root)
    }
  }

  /// Parses a template that is not in quotes, as in a template file.
  static func parseTemplate(
    _ file: SourceFile, id: SourceFile.ID, range: Range<Int>? = nil
  ) -> (Expression, [Problem]) {
    Parser.run(over: file.bytes, id, range: range, goal: .template) { parser in
      let root = parser.parseTemplate(until: .endOfFile, isFlush: false)
      return parser.tree(of: root)
    }
  }
}
