internal import SourceText

extension Parser {
  private typealias Step = Traversal.Step
  private static let noName = "An attribute name is required after a dot."

  /// The steps that follow a term: `.name`, `.0`, `.*`, `[key]`, `[*]`.
  mutating func parseTraversals(from start: ID) -> ID {
    let from = span(of: start)
    var result = start
    var length = 0
    while true {
      length += 1
      if refusesChain(length, limit: Self.maximumDepth) { return result }
      switch reader.peek.kind {
      case .dot: parseDot(&result, from)
      case .openBracket:
        let open = reader.span(reader.read())
        if reader.peek.kind == .star {
          parseFullSplat(&result, from, open)
        } else {
          parseIndex(&result, from, open)
        }
      default: return result
      }
    }
  }

  private mutating func extend(_ id: inout ID, _ step: Step) {
    let span = SourceSpan.between(span(of: id), step.span)
    switch nodes[Int(id)].kind {
    case .scopeTraversal(var traversal):
      traversal.steps.append(step)
      nodes[Int(id)] = Node(kind: .scopeTraversal(traversal), span: span)
    case .relativeTraversal(let source, var steps):
      steps.append(step)
      nodes[Int(id)] = Node(kind: .relativeTraversal(source, steps), span: span)
    default: id = add(.relativeTraversal(id, [step]), span)
    }
  }

  private mutating func parseDot(_ result: inout ID, _ from: SourceSpan) {
    let dot = reader.span(reader.read())
    let next = reader.peek
    let nextSpan = reader.span(next)
    let whole = SourceSpan.between(dot, nextSpan)
    switch next.kind {
    case .identifier:
      _ = reader.read()
      extend(&result, Step(kind: .attribute(reader.text(next)), span: whole))
    case .numberLiteral:
      _ = reader.read()
      let key = legacyIndex(next, hint: "Use the proper index syntax instead, like")
      extend(&result, Step(kind: .index(key), span: whole))
    case .star: parseAttributeSplat(&result, from, dot)
    default:
      report("Invalid attribute name", Self.noName, at: nextSpan)
      result = add(.malformed, .between(from, dot))
      isRecovering = true
    }
  }

  /// `.0` is `[0]`; `.0.1` reads as a fraction and is refused.
  private mutating func legacyIndex(_ token: Token, hint: String, at subject: SourceSpan? = nil)
    -> Expression.Literal
  {
    let text = reader.text(token)
    guard let dot = text.firstIndex(of: ".") else { return number(token) }
    report(
      "Invalid legacy index syntax",
      "When using the legacy index syntax, chaining two indexes together is not permitted. \(hint) [\(text[..<dot])][\(text[text.index(after: dot)...])].",
      at: subject ?? reader.span(token))
    return .unknown
  }

  /// `list.*.name`: only attribute steps apply to each element.
  private mutating func parseAttributeSplat(
    _ result: inout ID, _ from: SourceSpan, _ dot: SourceSpan
  ) {
    let marker = reader.span(reader.read())
    let first = reader.nextSpan
    var last = marker
    var steps: [Step] = []
    while reader.peek.kind == .dot {
      let stepDot = reader.span(reader.read())
      let name = reader.peek
      let span = reader.span(name)
      switch name.kind {
      case .numberLiteral:
        _ = reader.read()
        let key = legacyIndex(
          name, hint: "Use the proper index syntax with a full splat expression [*] instead, like",
          at: marker)
        steps.append(Step(kind: .index(key), span: .between(stepDot, span)))
        last = span
      case .identifier:
        _ = reader.read()
        steps.append(Step(kind: .attribute(reader.text(name)), span: .between(stepDot, span)))
        last = span
      default:
        if !isRecovering {
          if name.kind == .star {
            report(
              "Nested splat expression not allowed",
              "A splat expression (*) cannot be used inside another attribute-only splat expression.",
              at: span)
          } else {
            report("Invalid attribute name", Self.noName, at: marker)
          }
        }
        isRecovering = true
        return
      }
    }
    let markerSpan = SourceSpan.between(dot, marker)
    let item = add(.anonymousSymbol, markerSpan)
    let each = steps.isEmpty ? item : add(.relativeTraversal(item, steps), .between(first, last))
    result = add(
      .splat(source: result, each: each, item: item, marker: markerSpan), .between(from, last))
  }

  /// `list[*]…`: every following step applies to each element.
  private mutating func parseFullSplat(
    _ result: inout ID, _ from: SourceSpan, _ open: SourceSpan
  ) {
    _ = reader.read()
    var close = reader.read()
    if close.kind != .closeBracket, !isRecovering {
      report(
        "Missing close bracket on splat index",
        "The star for a full splat operator must be immediately followed by a closing bracket (\"]\").",
        at: reader.span(close))
      close = recover(.closeBracket)
    }
    let marker = SourceSpan.between(open, reader.span(close))
    let item = add(.anonymousSymbol, marker)
    let each = nested { $0.parseTraversals(from: item) }
    result = add(
      .splat(source: result, each: each, item: item, marker: marker),
      .between(from, span(of: each)))
  }

  private mutating func parseIndex(_ result: inout ID, _ from: SourceSpan, _ open: SourceSpan) {
    reader.pushNewlines(false)
    let mark = problems.count
    let key = parseExpression()
    var close: Token
    if failed(since: mark) {
      close = recover(.closeBracket)
    } else {
      close = reader.read()
      if close.kind != .closeBracket, !isRecovering {
        report(
          "Missing close bracket on index",
          "The index operator must end with a closing bracket (\"]\").", at: reader.span(close))
        close = recover(.closeBracket)
      }
    }
    reader.popNewlines()
    let bracket = SourceSpan.between(open, reader.span(close))
    switch nodes[Int(key)].kind {
    case .literal(let literal):
      extend(&result, Step(kind: .index(literal), span: bracket))
    case .template(let parts) where parts.count == 1:
      guard case .literal(.string(let text)) = nodes[Int(parts[0])].kind else { fallthrough }
      extend(&result, Step(kind: .index(.string(text)), span: bracket))
    default:
      result = add(
        .index(collection: result, key: key, bracket: bracket), .between(from, bracket))
    }
  }
}
