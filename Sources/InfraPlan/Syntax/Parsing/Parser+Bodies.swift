internal import SourceText

extension Parser {
  private static let itemRequired = "Argument or block definition required"
  private static let unclosed = "Unclosed configuration block"
  private static let unclosedDetail =
    "There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file."

  private enum Item {
    case attribute(Body.Attribute)
    case block(Body.Block)
  }

  mutating func parseBody(until end: Token.Kind) -> Body {
    var attributes: [Body.Attribute] = []
    var names = ArgumentNames()
    var blocks: [Body.Block] = []
    let start = reader.previousSpan
    var last = start
    loop: while true {
      let next = reader.peek
      if next.kind == end {
        last = reader.span(next)
        _ = reader.read()
        break
      }
      switch next.kind {
      case .newline: _ = reader.read()
      case .identifier:
        switch parseBodyItem() {
        case .block(let block)?: blocks.append(block)
        case .attribute(let attribute)?:
          if let first = names.first(attribute.name, in: attributes) {
            let place = PositionText.range(attributes[first].nameSpan, reader.source)
            report(
              "Attribute redefined",
              "The argument \(Quoting.goQuoted(attribute.name)) was already set at \(Problem.fileMarker(attributes[first].nameSpan))\(place). Each argument may be set only once.",
              at: attribute.nameSpan)
          } else {
            attributes.append(attribute)
          }
        case nil: break
        }
      default:
        let bad = reader.read()
        if !isRecovering { reportBadItem(bad, end, start) }
        last = reader.previousSpan
        recover(end)
        break loop
      }
    }
    return Body(
      attributes: attributes, blocks: blocks, span: .between(start, last), endSpan: last.endPoint)
  }

  /// Where the arguments of a body were set: found one by one while they are few.
  private struct ArgumentNames {
    private var places: [String: Int] = [:]

    mutating func first(_ name: String, in attributes: [Body.Attribute]) -> Int? {
      if attributes.count < 16 { return attributes.firstIndex { $0.name == name } }
      for index in places.count..<attributes.count { places[attributes[index].name] = index }
      return places[name]
    }
  }

  private mutating func reportBadItem(_ bad: Token, _ end: Token.Kind, _ start: SourceSpan) {
    switch bad.kind {
    case .openQuote:
      report("Invalid argument name", "Argument names must not be quoted.", at: reader.span(bad))
    case .endOfFile: report(Self.unclosed, Self.unclosedDetail, at: start)
    default:
      report(
        Self.itemRequired, "An argument or block definition is required here.",
        at: reader.span(bad))
    }
  }

  private mutating func parseBodyItem() -> Item? {
    let name = reader.read()
    switch reader.peek.kind {
    case .equal: return .attribute(finishAttribute(name, isSingleLine: false))
    case .openQuote, .openBrace, .identifier: return finishBlock(name).map(Item.block)
    default:
      recoverAfterBodyItem()
      reportMissingEquals(name)
      return nil
    }
  }

  private mutating func reportMissingEquals(_ name: Token) {
    report(
      Self.itemRequired,
      "An argument or block definition is required here. To set an argument, use the equals sign \"=\" to introduce the argument value.",
      at: reader.span(name))
  }

  private mutating func finishAttribute(_ name: Token, isSingleLine: Bool) -> Body.Attribute {
    let equals = reader.read()
    let mark = problems.count
    let value = parseExpression()
    var end = reader.previousSpan
    if failed(since: mark) {
      recoverAfterBodyItem()
    } else if !isSingleLine {
      let next = reader.peek
      if next.kind != .newline && next.kind != .endOfFile {
        if !isRecovering {
          let isComma = next.kind == .comma
          report(
            isComma ? "Unexpected comma after argument" : "Missing newline after argument",
            (isComma ? "Argument definitions must be separated by newlines, not commas. " : "")
              + "An argument definition must end with a newline.",
            at: reader.span(next), in: .between(reader.span(name), reader.span(next)))
        }
        end = reader.previousSpan
        recoverAfterBodyItem()
      } else {
        end = reader.previousSpan
        _ = reader.read()
      }
    }
    return Body.Attribute(
      name: reader.text(name), nameSpan: reader.span(name),
      span: .between(reader.span(name), end), expression: value, equalsSpan: reader.span(equals))
  }

  private mutating func finishBlock(_ type: Token) -> Body.Block? {
    let typeSpan = reader.span(type)
    var labels: [String] = []
    var labelSpans: [SourceSpan] = []
    header: while true {
      let token = reader.peek
      switch token.kind {
      case .openBrace: break header
      case .openQuote:
        let (label, span) = parseQuotedLabel()
        labels.append(label)
        labelSpans.append(span)
      case .identifier:
        _ = reader.read()
        labels.append(reader.text(token))
        labelSpans.append(reader.span(token))
      default:
        reportBadHeader(token, typeSpan)
        recoverAfterBodyItem()
        return Body.Block(
          type: reader.text(type), typeSpan: typeSpan, labels: labels, labelSpans: labelSpans,
          body: Body(attributes: [], blocks: [], span: typeSpan, endSpan: typeSpan),
          openSpan: typeSpan, closeSpan: typeSpan)
      }
    }
    let open = reader.span(reader.read())
    let mark = problems.count
    let body: Body?
    switch reader.peek.kind {
    case .newline, .endOfFile, .closeBrace: body = nestedBody(open)
    default: body = parseSingleLineBody(typeSpan, open, mark)
    }
    let close = reader.previousSpan
    let end = reader.peek
    if end.kind == .newline || end.kind == .endOfFile {
      _ = reader.read()
    } else {
      if !isRecovering {
        report(
          "Missing newline after block definition", "A block definition must end with a newline.",
          at: reader.span(end), in: .between(typeSpan, reader.span(end)))
      }
      recoverAfterBodyItem()
    }
    return Body.Block(
      type: reader.text(type), typeSpan: typeSpan, labels: labels, labelSpans: labelSpans,
      body: body
        ?? Body(attributes: [], blocks: [], span: .between(open, close), endSpan: close),
      openSpan: open, closeSpan: close)
  }

  private mutating func nestedBody(_ open: SourceSpan) -> Body {
    guard depth < Self.maximumDepth else {
      report(
        "Block nested too deeply", "Blocks may be nested at most \(Self.maximumDepth) levels deep.",
        at: open)
      isRecovering = true
      while reader.peek.kind != .endOfFile { _ = reader.read() }
      return Body(attributes: [], blocks: [], span: open)
    }
    depth += 1
    defer { depth -= 1 }
    return parseBody(until: .closeBrace)
  }

  private mutating func reportBadHeader(_ token: Token, _ typeSpan: SourceSpan) {
    let detail: String
    switch token.kind {
    case .equal:
      detail =
        "The equals sign \"=\" indicates an argument definition, and must not be used when defining a block."
    case .newline:
      detail =
        "A block definition must have block content delimited by \"{\" and \"}\", starting on the same line as the block header."
    default:
      guard !isRecovering else { return }
      detail = "Either a quoted string block label or an opening brace (\"{\") is expected here."
    }
    report(
      "Invalid block definition", detail, at: reader.span(token),
      in: .between(typeSpan, reader.span(token)))
  }

  /// `name { argument = value }`: one argument and the closing brace, all on one line.
  private mutating func parseSingleLineBody(
    _ typeSpan: SourceSpan, _ open: SourceSpan, _ mark: Int
  ) -> Body? {
    let body = parseSingleAttribute()
    let inner = Array(problems[mark...])
    problems.removeSubrange(mark...)
    let invalid = "Invalid single-argument block definition"
    let next = reader.peek
    switch next.kind {
    case .closeBrace: _ = reader.read()
    case .comma:
      report(
        invalid,
        "Single-line block syntax can include only one argument definition. To define multiple arguments, use the multi-line block syntax with one argument definition per line.",
        at: reader.span(next))
      recover(.closeBrace)
    case .newline:
      report(
        invalid,
        "An argument definition on the same line as its containing block creates a single-line block definition, which must also be closed on the same line. Place the block's closing brace immediately after the argument definition.",
        at: reader.span(next))
      recover(.closeBrace)
    default:
      if !isRecovering {
        if next.kind == .endOfFile {
          report(Self.unclosed, Self.unclosedDetail, at: open, in: .between(typeSpan, open))
        } else {
          report(
            invalid,
            "A single-line block definition must end with a closing brace immediately after its single argument definition.",
            at: reader.span(next))
        }
      }
      recover(.closeBrace)
    }
    problems += inner
    return body
  }

  private mutating func parseSingleAttribute() -> Body? {
    let name = reader.read()
    guard name.kind == .identifier else {
      recoverAfterBodyItem()
      report(
        Self.itemRequired, "An argument or block definition is required here.",
        at: reader.span(name))
      return nil
    }
    let next = reader.peek
    switch next.kind {
    case .equal:
      let attribute = finishAttribute(name, isSingleLine: true)
      return Body(attributes: [attribute], blocks: [], span: attribute.span)
    case .openQuote, .openBrace, .identifier:
      recoverAfterBodyItem()
      report(
        "Argument definition required",
        "A single-line block definition can contain only a single argument. If you meant to define argument \(Quoting.goQuoted(reader.text(name))), use an equals sign to assign it a value. To define a nested block, place it on a line of its own within its parent block.",
        at: .between(reader.span(name), reader.span(next)))
      return nil
    default:
      recoverAfterBodyItem()
      reportMissingEquals(name)
      return nil
    }
  }
}
