/// Whether two neighbouring tokens of a line are set apart.
enum Spacing {
  static func needsSpace(_ token: FormatToken, before: Token.Kind, after: Token.Kind) -> Bool {
    let kind = token.kind
    if after == .newline || after == .none { return false }
    if kind == .identifier, after == .openParen || after == .doubleColon { return false }
    if kind == .doubleColon, after == .identifier { return false }
    if kind == .dot || after == .dot { return false }
    if after == .comma || after == .ellipsis { return false }
    if kind == .comma { return true }
    if isInsideTemplate(kind, after) { return false }
    // `in` before a tuple is a keyword, not something that is indexed.
    if kind == .identifier, before == .identifier, token.isText("in") { return true }
    if after == .openBracket,
      kind == .identifier || kind == .numberLiteral || kind.bracketChange < 0
    {
      return false
    }
    if kind == .bang { return false }
    if kind == .minus { return !isNegation(before) }
    if kind == .openBrace || after == .closeBrace {
      return !(kind == .openBrace && after == .closeBrace)
    }
    let opensSequence = kind == .templateInterpolation || kind == .templateControl
    if opensSequence, after == .openBrace { return true }
    if kind == .closeBrace, after == .templateEnd { return true }
    if kind == .templateEnd, after == .templateInterpolation || after == .templateControl {
      return false
    }
    return kind.bracketChange <= 0 && after.bracketChange >= 0
  }

  private static func isInsideTemplate(_ kind: Token.Kind, _ after: Token.Kind) -> Bool {
    switch kind {
    case .quotedLiteral, .stringLiteral, .openQuote, .openHeredoc: return true
    default: break
    }
    switch after {
    case .quotedLiteral, .stringLiteral, .closeQuote, .closeHeredoc: return true
    default: return false
    }
  }

  /// A minus negates where no operand can end before it.
  private static func isNegation(_ before: Token.Kind) -> Bool {
    switch before {
    case .none, .openParen, .openBrace, .openBracket, .equal, .colon, .comma, .question, .plus,
      .star, .slash, .percent, .minus, .equalOp, .notEqual, .greaterThan, .greaterThanOrEqual,
      .lessThan, .lessThanOrEqual, .and, .or, .bang:
      true
    default: false
    }
  }
}
