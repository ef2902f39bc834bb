internal import SourceText

extension Parser {
  mutating func parseExpression() -> ID {
    nested { $0.parseConditional() }
  }

  private mutating func parseConditional() -> ID {
    let start = reader.nextSpan
    var mark = problems.count
    let condition = parseBinary(0)
    if failed(since: mark) { return condition }
    guard reader.peek.kind == .question else { return condition }
    _ = reader.read()
    mark = problems.count
    let yes = parseExpression()
    if failed(since: mark) { return condition }
    let colon = reader.peek
    guard colon.kind == .colon else {
      report(
        "Missing false expression in conditional",
        "The conditional operator (...?...:...) requires a false expression, delimited by a colon.",
        at: reader.span(colon), in: .between(start, reader.span(colon)))
      return condition
    }
    _ = reader.read()
    mark = problems.count
    let no = parseExpression()
    if failed(since: mark) { return condition }
    return add(.conditional(condition, yes, no), .between(start, span(of: no)))
  }

  /// Operators of one precedence associate to the left; level 0 binds weakest.
  private mutating func parseBinary(_ level: Int) -> ID {
    var mark = problems.count
    var left = parseTermWithTraversals()
    if failed(since: mark) { return left }
    var length = 0
    while let (operation, strength) = Self.binary(reader.peek.kind), strength >= level {
      length += 1
      if refusesChain(length) { return left }
      _ = reader.read()
      mark = problems.count
      let right = parseBinary(strength + 1)
      if failed(since: mark) { return left }
      left = add(
        .binary(operation, left, right), .between(span(of: left), span(of: right)))
    }
    return left
  }

  private static func binary(_ kind: Token.Kind) -> (Expression.BinaryOperator, Int)? {
    switch kind {
    case .or: (.or, 0)
    case .and: (.and, 1)
    case .equalOp: (.equal, 2)
    case .notEqual: (.notEqual, 2)
    case .greaterThan: (.greater, 3)
    case .greaterThanOrEqual: (.greaterOrEqual, 3)
    case .lessThan: (.less, 3)
    case .lessThanOrEqual: (.lessOrEqual, 3)
    case .plus: (.add, 4)
    case .minus: (.subtract, 4)
    case .star: (.multiply, 5)
    case .slash: (.divide, 5)
    case .percent: (.modulo, 5)
    default: nil
    }
  }

  mutating func parseTermWithTraversals() -> ID {
    let term = parseTerm()
    return parseTraversals(from: term)
  }

  private mutating func parseTerm() -> ID {
    let start = reader.peek
    let startSpan = reader.span(start)
    switch start.kind {
    case .openParen: return parseParentheses(startSpan)
    case .numberLiteral:
      _ = reader.read()
      return add(.literal(number(start)), startSpan)
    case .identifier:
      _ = reader.read()
      let next = reader.peek.kind
      if next == .openParen || next == .doubleColon { return finishCall(start) }
      if reader.matches(start, "true") { return add(.literal(.bool(true)), startSpan) }
      if reader.matches(start, "false") { return add(.literal(.bool(false)), startSpan) }
      if reader.matches(start, "null") { return add(.literal(.null), startSpan) }
      return add(
        .scopeTraversal(Traversal(root: reader.text(start), rootSpan: startSpan, steps: [])),
        startSpan)
    case .openQuote, .openHeredoc:
      _ = reader.read()
      if let text = reader.readPlainText() {
        let literal = add(.literal(.string(reader.text(text))), reader.span(text))
        return add(.template([literal]), .between(startSpan, reader.previousSpan))
      }
      let isFlush = start.kind == .openHeredoc && reader.source[Int(start.start) + 2] == Byte.minus
      let inner = parseTemplateInner(until: start.kind.opposite, isFlush: isFlush)
      let whole = SourceSpan.between(startSpan, reader.previousSpan)
      if inner.passesThrough, let only = inner.parts.first {
        return add(.templateWrap(only), whole)
      }
      return add(.template(inner.parts), whole)
    case .minus, .bang:
      _ = reader.read()
      let operand = nested { $0.parseTermWithTraversals() }
      return add(
        .unary(start.kind == .minus ? .negate : .not, operand, symbol: startSpan),
        .between(startSpan, span(of: operand)))
    case .openBracket: return parseTuple()
    case .openBrace: return parseObject()
    default:
      if !isRecovering {
        if start.kind == .endOfFile {
          report(
            "Missing expression",
            "Expected the start of an expression, but found the end of the file.", at: startSpan)
        } else {
          report(
            "Invalid expression",
            "Expected the start of an expression, but found an invalid expression token.",
            at: startSpan)
        }
      }
      isRecovering = true
      return add(.literal(.unknown), startSpan)
    }
  }

  private mutating func parseParentheses(_ start: SourceSpan) -> ID {
    _ = reader.read()
    let outer = reader.seeNewlines(false)
    let mark = problems.count
    let inner = parseExpression()
    if problems.count > mark {
      recover(.closeParen)
      _ = reader.seeNewlines(outer)
      return inner
    }
    let close = reader.peek
    if close.kind != .closeParen {
      report(
        "Unbalanced parentheses", "Expected a closing parenthesis to terminate the expression.",
        at: reader.span(close), in: .between(start, reader.span(close)))
      isRecovering = true
    }
    _ = reader.read()
    _ = reader.seeNewlines(outer)
    return add(.parentheses(inner), .between(start, reader.span(close)))
  }

  mutating func number(_ token: Token) -> Expression.Literal {
    if let value = Number(reader.text(token)) { return .number(value) }
    report(
      "Invalid number literal", "Failed to recognize the value of this number literal.",
      at: reader.span(token))
    return .unknown
  }

  /// A call, its name already read; `a::b::c` names a provider's function.
  private mutating func finishCall(_ first: Token) -> ID {
    let firstSpan = reader.span(first)
    var open = reader.read()
    var name = reader.text(first)
    var nameSpan = firstSpan
    while open.kind == .doubleColon {
      let next = reader.read()
      let nextSpan = reader.span(next)
      guard next.kind == .identifier else {
        report(
          "Missing function name",
          "Function scope resolution symbol :: must be followed by a function name in this scope.",
          at: nextSpan, in: .between(firstSpan, nextSpan))
        recoverOver(.openParen)
        return add(.malformed, .between(firstSpan, nextSpan))
      }
      name += "::" + reader.text(next)
      nameSpan.end = next.end
      open = reader.read()
    }
    let openSpan = reader.span(open)
    guard open.kind == .openParen else {
      report(
        "Missing open parenthesis",
        "Function selector must be followed by an open parenthesis to begin the function call.",
        at: openSpan, in: .between(firstSpan, openSpan))
      recoverOver(.openParen)
      return add(.malformed, .between(firstSpan, openSpan))
    }
    let outer = reader.seeNewlines(false)
    let (arguments, expands, close) = parseArguments(firstSpan, openSpan)
    _ = reader.seeNewlines(outer)
    let closeSpan = close.map(reader.span) ?? SourceSpan(file: reader.file, bytes: 0..<0)
    return add(
      .call(
        Expression.Call(
          name: name, arguments: arguments, expandsFinal: expands, nameSpan: nameSpan,
          openParen: openSpan, closeParen: closeSpan)),
      .between(nameSpan, closeSpan))
  }

  private mutating func parseArguments(_ name: SourceSpan, _ open: SourceSpan)
    -> (arguments: [ID], expands: Bool, close: Token?)
  {
    var arguments: [ID] = []
    while true {
      if reader.peek.kind == .closeParen { return (arguments, false, reader.read()) }
      let mark = problems.count
      arguments.append(parseExpression())
      if failed(since: mark) {
        let found = recover(.closeParen)
        return (arguments, false, found.kind == .closeParen ? found : nil)
      }
      let separator = reader.read()
      let span = reader.span(separator)
      switch separator.kind {
      case .closeParen: return (arguments, false, separator)
      case .ellipsis:
        if reader.peek.kind == .closeParen { return (arguments, true, reader.read()) }
        if !isRecovering {
          report(
            "Missing closing parenthesis",
            "An expanded function argument (with ...) must be immediately followed by closing parentheses.",
            at: span, in: .between(name, span))
        }
        return (arguments, true, recover(.closeParen))
      case .comma:
        if reader.peek.kind == .closeParen { return (arguments, false, reader.read()) }
      case .endOfFile:
        report(
          "Unterminated function call",
          "There is no closing parenthesis for this function call before the end of the file. This may be caused by incorrect parenthesis nesting elsewhere in this file.",
          at: .between(name, open))
        return (arguments, false, recover(.closeParen))
      default:
        report(
          "Missing argument separator",
          "A comma is required to separate each function argument from the next.", at: span,
          in: .between(name, span))
        return (arguments, false, recover(.closeParen))
      }
    }
  }
}
