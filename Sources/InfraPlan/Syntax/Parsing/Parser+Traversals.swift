internal import SourceText

extension Parser {
  private typealias Step = Traversal.Step
  private static let noName = "An attribute name is required after a dot."

  /// The steps that follow a term: `.name`, `.0`, `.*`, `[key]`, `[*]`.
  mutating func parseTraversals(from start: ID) -> ID {
    guard reader.peek.kind == .dot || reader.peek.kind == .openBracket else { return start }
    let from = span(of: start)
    var result = start
    // The steps are added to the tree together, so that its arrays grow once.
    var steps: [Step] = []
    var length = 0
    while true {
      length += 1
      if refusesChain(length, limit: Self.maximumDepth) { break }
      let next = reader.peek.kind
      if next == .dot {
        parseDot(&result, &steps, from)
      } else if next == .openBracket {
        let open = reader.span(reader.read())
        if reader.peek.kind == .star {
          extend(&result, &steps)
          parseFullSplat(&result, from, open)
        } else {
          parseIndex(&result, &steps, from, open)
        }
      } else {
        break
      }
    }
    extend(&result, &steps)
    return result
  }

  /// Adds steps to what they follow, and forgets them.
  private mutating func extend(_ id: inout ID, _ steps: inout [Step]) {
    guard let last = steps.last else { return }
    let span = SourceSpan.between(span(of: id), last.span)
    switch nodes[Int(id)].kind {
    case .scopeTraversal(var traversal):
      traversal.steps = traversal.steps.isEmpty ? steps : traversal.steps + steps
      nodes[Int(id)] = Node(kind: .scopeTraversal(traversal), span: span)
    case .relativeTraversal(let source, let earlier):
      nodes[Int(id)] = Node(kind: .relativeTraversal(source, earlier + steps), span: span)
    default: id = add(.relativeTraversal(id, steps), span)
    }
    steps = []
  }

  private mutating func parseDot(
    _ result: inout ID, _ steps: inout [Step], _ from: SourceSpan
  ) {
    let dot = reader.span(reader.read())
    let next = reader.peek
    let nextSpan = reader.span(next)
    let whole = SourceSpan.between(dot, nextSpan)
    switch next.kind {
    case .identifier:
      _ = reader.read()
      steps.append(Step(kind: .attribute(reader.text(next)), span: whole))
    case .numberLiteral:
      _ = reader.read()
      let key = legacyIndex(next, hint: "Use the proper index syntax instead, like")
      steps.append(Step(kind: .index(key), span: whole))
    case .star:
      extend(&result, &steps)
      parseAttributeSplat(&result, from, dot)
    default:
      steps = []
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
      close = recover(.closeBracket)
      report(
        "Missing close bracket on splat index",
        "The star for a full splat operator must be immediately followed by a closing bracket (\"]\").",
        at: reader.span(close))
    }
    let marker = SourceSpan.between(open, reader.span(close))
    let item = add(.anonymousSymbol, marker)
    let each = nested { $0.parseTraversals(from: item) }
    result = add(
      .splat(source: result, each: each, item: item, marker: marker),
      .between(from, span(of: each)))
  }

  private mutating func parseIndex(
    _ result: inout ID, _ steps: inout [Step], _ from: SourceSpan, _ open: SourceSpan
  ) {
    let outer = reader.seeNewlines(false)
    let mark = problems.count
    let key = parseExpression()
    var close: Token
    if failed(since: mark) {
      close = recover(.closeBracket)
    } else {
      close = reader.read()
      if close.kind != .closeBracket, !isRecovering {
        close = recover(.closeBracket)
        report(
          "Missing close bracket on index",
          "The index operator must end with a closing bracket (\"]\").", at: reader.span(close))
      }
    }
    _ = reader.seeNewlines(outer)
    let bracket = SourceSpan.between(open, reader.span(close))
    switch nodes[Int(key)].kind {
    case .literal(let literal):
      steps.append(Step(kind: .index(literal), span: bracket))
    case .template(let parts) where parts.count == 1:
      guard case .literal(.string(let text)) = nodes[Int(parts[0])].kind else { fallthrough }
      steps.append(Step(kind: .index(.string(text)), span: bracket))
    default:
      extend(&result, &steps)
      result = add(
        .index(collection: result, key: key, bracket: bracket), .between(from, bracket))
    }
  }
}
