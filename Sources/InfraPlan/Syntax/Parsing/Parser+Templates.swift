internal import SourceText

/// A template as a flat list: text, interpolations and the ends of directives.
struct TemplatePart {
  enum Kind {
    case literal(String)
    case interpolation(Expression.Node.ID)
    case ifDirective(Expression.Node.ID)
    case forDirective(key: String, value: String, collection: Expression.Node.ID)
    case elseDirective, endIf, endFor
    case end
  }

  var kind: Kind
  var span: SourceSpan

  var literal: String? {
    if case .literal(let text) = kind { text } else { nil }
  }
}

extension Parser {
  mutating func parseTemplate(until end: Token.Kind, isFlush: Bool) -> ID {
    let inner = parseTemplateInner(until: end, isFlush: isFlush)
    if inner.passesThrough, let only = inner.parts.first {
      return add(.templateWrap(only), inner.span)
    }
    return add(.template(inner.parts), inner.span)
  }

  mutating func parseTemplateInner(until end: Token.Kind, isFlush: Bool)
    -> (parts: [ID], passesThrough: Bool, span: SourceSpan)
  {
    var (parts, span) = parseTemplateParts(until: end)
    if isFlush { TemplateText.removeIndentation(&parts) }
    TemplateText.joinLiterals(&parts)
    var assembler = TemplateAssembler(parts: parts)
    let roots = assembler.assemble(&self)
    if parts.count == 2, case .interpolation = parts[0].kind { return (roots, true, span) }
    return (roots, false, span)
  }

  private mutating func parseTemplateParts(until end: Token.Kind)
    -> ([TemplatePart], SourceSpan)
  {
    var parts: [TemplatePart] = []
    let start = reader.nextSpan
    var last = start
    var trimsNext = false
    var canTrimPrevious = false
    loop: while true {
      let next = reader.read()
      if next.kind == end {
        last = reader.span(next)
        break
      }
      let trims = trimsNext
      let trimmable = canTrimPrevious
      trimsNext = false
      canTrimPrevious = false
      switch next.kind {
      case .stringLiteral, .quotedLiteral:
        let text = decode(next)
        parts.append(
          TemplatePart(
            kind: .literal(trims ? TemplateText.trimmedStart(text) : text), span: reader.span(next))
        )
        canTrimPrevious = true
      case .templateInterpolation, .templateControl:
        if trimmable, next.range.count == 3, let text = parts.last?.literal {
          parts[parts.count - 1].kind = .literal(TemplateText.trimmedEnd(text))
        }
        let outer = reader.seeNewlines(false)
        let isInterpolation = next.kind == .templateInterpolation
        trimsNext =
          isInterpolation
          ? parseInterpolation(next, &parts, start, end) : parseDirective(next, &parts, start)
        _ = reader.seeNewlines(outer)
      default:
        if !isRecovering {
          report(
            "Unterminated template string", "No closing marker was found for the string.",
            at: reader.span(next), in: .between(start, reader.span(next)))
        }
        last = reader.span(recover(end))
        break loop
      }
    }
    if parts.isEmpty {
      parts.append(TemplatePart(kind: .literal(""), span: emptyTemplateSpan(start)))
    }
    parts.append(TemplatePart(kind: .end, span: last))
    return (parts, .between(start, last))
  }

  private func emptyTemplateSpan(_ start: SourceSpan) -> SourceSpan { start.endPoint }

  /// Whether the sequence closed with `~}`.
  private mutating func closeSequence() -> Bool {
    let close = reader.read()
    return close.range.count == 2
  }

  private mutating func parseInterpolation(
    _ open: Token, _ parts: inout [TemplatePart], _ start: SourceSpan, _ end: Token.Kind
  ) -> Bool {
    let value = parseExpression()
    let close = reader.peek
    let closeSpan = reader.span(close)
    var trims = false
    if close.kind == .templateEnd {
      trims = closeSequence()
    } else {
      if !isRecovering { reportUnclosedInterpolation(close, start, end) }
      recover(.templateEnd)
    }
    parts.append(
      TemplatePart(kind: .interpolation(value), span: .between(reader.span(open), closeSpan)))
    return trims
  }

  private mutating func reportUnclosedInterpolation(
    _ close: Token, _ start: SourceSpan, _ end: Token.Kind
  ) {
    let unclosed = "Unclosed template interpolation sequence"
    let extra = "Extra characters after interpolation expression"
    let span = reader.span(close)
    switch close.kind {
    case .endOfFile:
      report(
        unclosed,
        "There is no closing brace for this interpolation sequence before the end of the file. This might be caused by incorrect nesting inside the given expression.",
        at: start)
    case .colon:
      report(
        extra,
        "Template interpolation doesn't expect a colon at this location. Did you intend this to be a literal sequence to be processed as part of another language? If so, you can escape it by starting with \"$${\" instead of just \"${\".",
        at: span, in: .between(start, span))
    case .openQuote where end == .closeQuote, .closeQuote where end == .closeQuote:
      report(
        unclosed,
        "There is no closing brace for this interpolation sequence before the end of the quoted template. This might be caused by incorrect nesting inside the given expression.",
        at: start)
    default:
      report(
        extra,
        "Expected a closing brace to end the interpolation expression, but found extra characters.\n\nThis can happen when you include interpolation syntax for another language, such as shell scripting, but forget to escape the interpolation start token. If this is an embedded sequence for another language, escape it by starting with \"$${\" instead of just \"${\".",
        at: span, in: .between(start, span))
    }
  }

  private mutating func parseDirective(
    _ open: Token, _ parts: inout [TemplatePart], _ start: SourceSpan
  ) -> Bool {
    let openSpan = reader.span(open)
    let keyword = reader.peek
    let keywordSpan = reader.span(keyword)
    guard keyword.kind == .identifier else {
      if !isRecovering {
        report(
          "Invalid template directive",
          "A template directive keyword (\"if\", \"for\", etc) is expected at the beginning of a %{ sequence.",
          at: keywordSpan, in: .between(openSpan, keywordSpan))
      }
      recover(.templateEnd)
      return false
    }
    _ = reader.read()
    let name = reader.text(keyword)
    let kind: TemplatePart.Kind
    switch name {
    case "if": kind = .ifDirective(parseExpression())
    case "else": kind = .elseDirective
    case "endif": kind = .endIf
    case "endfor": kind = .endFor
    case "for":
      guard let loop = parseForDirective() else {
        recover(.templateEnd)
        return false
      }
      kind = loop
    default:
      if !isRecovering {
        let hint = NameSuggestion.nearest(
          to: name, among: ["if", "for", "else", "endif", "endfor"])
        report(
          "Invalid template control keyword",
          "\(Quoting.goQuoted(name)) is not a valid template control keyword."
            + (hint.map { " Did you mean \(Quoting.goQuoted($0))?" } ?? ""),
          at: keywordSpan, in: .between(openSpan, keywordSpan))
      }
      recover(.templateEnd)
      return false
    }
    parts.append(TemplatePart(kind: kind, span: .between(openSpan, reader.nextSpan)))
    let close = reader.peek
    if close.kind == .templateEnd { return closeSequence() }
    if !isRecovering {
      report(
        "Extra characters in \(name) marker",
        "Expected a closing brace to end the sequence, but found extra characters.",
        at: reader.span(close), in: .between(start, reader.span(close)))
    }
    recover(.templateEnd)
    return false
  }

  private mutating func parseForDirective() -> TemplatePart.Kind? {
    let summary = "Invalid 'for' directive"
    func refuse(_ parser: inout Parser, _ detail: String) {
      if !parser.isRecovering { parser.report(summary, detail, at: parser.reader.nextSpan) }
    }
    guard reader.peek.kind == .identifier else {
      refuse(&self, "For directive requires variable name after 'for'.")
      return nil
    }
    var key = ""
    var value = reader.text(reader.read())
    if reader.peek.kind == .comma {
      key = value
      _ = reader.read()
      guard reader.peek.kind == .identifier else {
        refuse(&self, "For directive requires value variable name after comma.")
        return nil
      }
      value = reader.text(reader.read())
    }
    guard reader.matches(reader.peek, "in") else {
      refuse(&self, "For directive requires 'in' keyword after names.")
      return nil
    }
    _ = reader.read()
    return .forDirective(key: key, value: value, collection: parseExpression())
  }
}
