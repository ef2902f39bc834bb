internal import SourceText

extension Parser {
  mutating func parseTuple() -> ID {
    let open = reader.span(reader.read())
    let outer = reader.seeNewlines(false)
    defer { _ = reader.seeNewlines(outer) }
    if reader.matches(reader.peek, "for") { return finishFor(open, .closeBracket) }
    var elements: [ID] = []
    var close = reader.peek
    while true {
      if reader.peek.kind == .closeBracket {
        close = reader.read()
        break
      }
      let mark = problems.count
      elements.append(parseExpression())
      if failed(since: mark) {
        close = recover(.closeBracket)
        break
      }
      let next = reader.peek
      if next.kind == .closeBracket {
        close = reader.read()
        break
      }
      guard next.kind == .comma else {
        if !isRecovering {
          if next.kind == .endOfFile {
            report(
              "Unterminated tuple constructor expression",
              "There is no corresponding closing bracket before the end of the file. This may be caused by incorrect bracket nesting elsewhere in this file.",
              at: open)
          } else {
            report(
              "Missing item separator", "Expected a comma to mark the beginning of the next item.",
              at: reader.span(next), in: .between(open, reader.span(next)))
          }
        }
        close = recover(.closeBracket)
        break
      }
      _ = reader.read()
    }
    return add(.tuple(elements, open: open), .between(open, reader.span(close)))
  }

  mutating func parseObject() -> ID {
    let open = reader.span(reader.read())
    let outer = reader.seeNewlines(false)
    let isFor = reader.matches(reader.peek, "for")
    if isFor {
      _ = reader.seeNewlines(outer)
      return finishFor(open, .closeBrace)
    }
    _ = reader.seeNewlines(true)
    defer { _ = reader.seeNewlines(outer) }
    var items: [Expression.ObjectItem] = []
    var close = reader.peek
    while true {
      let next = reader.peek
      if next.kind == .newline {
        _ = reader.read()
        continue
      }
      if next.kind == .closeBrace {
        close = reader.read()
        break
      }
      guard let item = parseObjectItem(open) else {
        close = recover(.closeBrace)
        break
      }
      items.append(item.item)
      if item.isBroken {
        close = recover(.closeBrace)
        break
      }
      let separator = reader.peek
      if separator.kind == .closeBrace {
        close = reader.read()
        break
      }
      guard separator.kind == .comma || separator.kind == .newline else {
        if !isRecovering {
          if separator.kind == .endOfFile {
            reportUnterminatedObject(open)
          } else {
            report(
              "Missing attribute separator",
              "Expected a newline or comma to mark the beginning of the next attribute.",
              at: reader.span(separator), in: .between(open, reader.span(separator)))
          }
        }
        close = recover(.closeBrace)
        break
      }
      _ = reader.read()
    }
    return add(.object(items, open: open), .between(open, reader.span(close)))
  }

  private mutating func reportUnterminatedObject(_ open: SourceSpan) {
    report(
      "Unterminated object constructor expression",
      "There is no corresponding closing brace before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.",
      at: open)
  }

  /// `key = value`; `nil` where not even the separator was found.
  private mutating func parseObjectItem(_ open: SourceSpan)
    -> (item: Expression.ObjectItem, isBroken: Bool)?
  {
    let isParenthesized = reader.peek.kind == .openParen
    var mark = problems.count
    let wrapped = parseExpression()
    if failed(since: mark) { return nil }
    let key = add(.objectKey(wrapped, forceNonLiteral: isParenthesized), span(of: wrapped))
    let next = reader.peek
    guard next.kind == .equal || next.kind == .colon else {
      if !isRecovering { reportMissingSeparator(next, open) }
      return nil
    }
    _ = reader.read()
    mark = problems.count
    let value = parseExpression()
    return (Expression.ObjectItem(key: key, value: value), failed(since: mark))
  }

  private mutating func reportMissingSeparator(_ next: Token, _ open: SourceSpan) {
    let span = reader.span(next)
    let context = SourceSpan.between(open, span)
    let expected = "Expected an equals sign (\"=\") to mark the beginning of the attribute value."
    switch next.kind {
    case .newline, .comma:
      report(
        "Missing attribute value",
        "Expected an attribute value, introduced by an equals sign (\"=\").", at: span, in: context)
    case .identifier:
      report(
        "Missing key/value separator",
        expected
          + " If you intended to given an attribute name containing periods or spaces, write the name in quotes to create a string literal.",
        at: span, in: context)
    case .endOfFile: reportUnterminatedObject(open)
    default: report("Missing key/value separator", expected, at: span, in: context)
    }
  }

  /// `[for k, v in collection : value if condition]`, and the object form with `=>`.
  private mutating func finishFor(_ open: SourceSpan, _ closer: Token.Kind) -> ID {
    let outer = reader.seeNewlines(false)
    defer { _ = reader.seeNewlines(outer) }
    _ = reader.read()
    func abandon(_ parser: inout Parser, _ detail: String?) -> ID {
      if let detail, !parser.isRecovering { parser.reportFor(detail, open) }
      let close = parser.recover(closer)
      return parser.add(.literal(.unknown), .between(open, parser.reader.span(close)))
    }
    guard reader.peek.kind == .identifier else {
      return abandon(&self, "For expression requires variable name after 'for'.")
    }
    var keyName = ""
    var valueName = reader.text(reader.read())
    if reader.peek.kind == .comma {
      keyName = valueName
      _ = reader.read()
      guard reader.peek.kind == .identifier else {
        return abandon(&self, "For expression requires value variable name after comma.")
      }
      valueName = reader.text(reader.read())
    }
    guard reader.matches(reader.peek, "in") else {
      return abandon(
        &self, "For expression requires the 'in' keyword after its name declarations.")
    }
    _ = reader.read()
    var mark = problems.count
    let collection = parseExpression()
    if failed(since: mark) { return abandon(&self, nil) }
    guard reader.peek.kind == .colon else {
      return abandon(&self, "For expression requires a colon after the collection expression.")
    }
    _ = reader.read()
    mark = problems.count
    var key: ID?
    var value = parseExpression()
    if reader.peek.kind == .fatArrow {
      _ = reader.read()
      key = value
      value = parseExpression()
    }
    if failed(since: mark) { return abandon(&self, nil) }
    var ellipsis: SourceSpan?
    if reader.peek.kind == .ellipsis { ellipsis = reader.span(reader.read()) }
    var condition: ID?
    if reader.matches(reader.peek, "if") {
      _ = reader.read()
      mark = problems.count
      condition = parseExpression()
      if failed(since: mark) { return abandon(&self, nil) }
    }
    let close: SourceSpan
    if reader.peek.kind == closer {
      close = reader.span(reader.read())
    } else {
      if !isRecovering {
        reportFor("Extra characters after the end of the 'for' expression.", open)
      }
      close = reader.span(recover(closer))
    }
    let whole = SourceSpan.between(open, close)
    checkForm(closer, key, value, ellipsis, whole)
    return add(
      .forEach(
        Expression.For(
          keyName: keyName, valueName: valueName, collection: collection, key: key, value: value,
          condition: condition, isGrouped: ellipsis != nil, open: open, close: close)),
      whole)
  }

  private mutating func reportFor(_ detail: String, _ open: SourceSpan) {
    let next = reader.nextSpan
    report("Invalid 'for' expression", detail, at: next, in: .between(open, next))
  }

  private mutating func checkForm(
    _ closer: Token.Kind, _ key: ID?, _ value: ID, _ ellipsis: SourceSpan?, _ whole: SourceSpan
  ) {
    let summary = "Invalid 'for' expression"
    if closer == .closeBracket {
      if let key {
        report(
          summary, "Key expression is not valid when building a tuple.", at: span(of: key),
          in: whole)
      }
      if let ellipsis {
        report(
          summary, "Grouping ellipsis (...) cannot be used when building a tuple.", at: ellipsis,
          in: whole)
      }
    } else if key == nil {
      report(
        summary, "Key expression is required when building an object.", at: span(of: value),
        in: whole)
    }
  }
}
