internal import SourceText

/// Pairs the directives of a flat template: `if … else … endif`, `for … endfor`.
struct TemplateAssembler {
  typealias ID = Expression.Node.ID

  let parts: [TemplatePart]
  private var position = 0
  /// Set where nesting was refused: the directives left open by that are no news.
  private var isAbandoned = false

  init(parts: [TemplatePart]) { self.parts = parts }

  private var peek: TemplatePart { parts[min(position, parts.count - 1)] }

  private mutating func read() -> TemplatePart {
    let part = peek
    if case .end = part.kind { return part }
    position += 1
    return part
  }

  mutating func assemble(_ parser: inout Parser) -> [ID] {
    var roots: [ID] = []
    while true {
      if case .end = peek.kind { return roots }
      roots.append(expression(&parser))
    }
  }

  private mutating func expression(_ parser: inout Parser) -> ID {
    let part = read()
    switch part.kind {
    case .literal(let text):
      return parser.add(.literal(.string(Normalization.composed(text))), part.span)
    case .interpolation(let id): return id
    case .ifDirective(let condition):
      return descend(&parser, part.span) { $0.conditional(condition, part.span, &$1) }
    case .forDirective(let key, let value, let collection):
      return descend(&parser, part.span) { $0.loop(key, value, collection, part.span, &$1) }
    case .elseDirective, .endIf, .endFor:
      parser.report(
        "Unexpected \(Self.name(part)) directive",
        "The control directives within this template are unbalanced.", at: part.span)
      return parser.add(.literal(.unknown), part.span)
    case .end:
      parser.report(
        "Unexpected end of template", "The control directives within this template are unbalanced.",
        at: part.span)
      return parser.add(.literal(.unknown), part.span)
    }
  }

  private mutating func descend(
    _ parser: inout Parser, _ span: SourceSpan,
    _ body: (inout TemplateAssembler, inout Parser) -> ID
  ) -> ID {
    guard parser.depth < Parser.maximumDepth else {
      parser.report(
        "Template nested too deeply",
        "Template directives may be nested at most \(Parser.maximumDepth) levels deep.", at: span)
      position = parts.count - 1
      isAbandoned = true
      return parser.add(.malformed, span)
    }
    parser.depth += 1
    defer { parser.depth -= 1 }
    return body(&self, &parser)
  }

  private static func name(_ part: TemplatePart) -> String {
    switch part.kind {
    case .elseDirective: "else"
    case .endIf: "endif"
    default: "endfor"
    }
  }

  private func place(_ span: SourceSpan, _ parser: Parser) -> String {
    Problem.fileMarker(span) + PositionText.range(span, parser.reader.source)
  }

  private func group(_ ids: [ID], or empty: SourceSpan, _ parser: inout Parser) -> ID {
    let parts = ids.isEmpty ? [parser.add(.literal(.string("")), empty)] : ids
    let first = parser.span(of: parts[0])
    let last = parser.span(of: parts[parts.count - 1])
    return parser.add(.template(parts), .between(first, last))
  }

  private mutating func conditional(
    _ condition: ID, _ open: SourceSpan, _ parser: inout Parser
  ) -> ID {
    var branches: [[ID]] = [[]]
    while true {
      let part = peek
      switch part.kind {
      case .end where isAbandoned: return parser.add(.literal(.unknown), part.span)
      case .end:
        parser.report(
          "Unexpected end of template",
          "The if directive at \(place(open, parser)) is missing its corresponding endif directive.",
          at: part.span)
        return parser.add(.literal(.unknown), part.span)
      case .elseDirective where branches.count == 1:
        _ = read()
        branches.append([])
      case .elseDirective:
        _ = read()
        parser.report(
          "Unexpected else directive",
          "Already in the else clause for the if started at \(place(open, parser)).", at: part.span)
        return parser.add(.literal(.unknown), part.span)
      case .endFor:
        _ = read()
        parser.report(
          "Unexpected endfor directive",
          "Expecting an endif directive for the if started at \(place(open, parser)).",
          at: part.span)
        return parser.add(.literal(.unknown), part.span)
      case .endIf:
        _ = read()
        let yes = group(branches[0], or: open.endPoint, &parser)
        let no = group(branches.count > 1 ? branches[1] : [], or: part.span.startPoint, &parser)
        return parser.add(.conditional(condition, yes, no), .between(open, part.span))
      default: branches[branches.count - 1].append(expression(&parser))
      }
    }
  }

  private mutating func loop(
    _ key: String, _ value: String, _ collection: ID, _ open: SourceSpan, _ parser: inout Parser
  ) -> ID {
    var content: [ID] = []
    while true {
      let part = peek
      switch part.kind {
      case .end where isAbandoned: return parser.add(.literal(.unknown), part.span)
      case .end:
        parser.report(
          "Unexpected end of template",
          "The for directive at \(place(open, parser)) is missing its corresponding endfor directive.",
          at: part.span)
        return parser.add(.literal(.unknown), part.span)
      case .elseDirective, .endIf:
        _ = read()
        let detail =
          Self.name(part) == "else"
          ? "An else clause is not expected for a for directive."
          : "Expecting an endfor directive corresponding to the for directive at \(place(open, parser))."
        parser.report("Unexpected \(Self.name(part)) directive", detail, at: part.span)
        return parser.add(.literal(.unknown), part.span)
      case .endFor:
        _ = read()
        let body = group(content, or: open.endPoint, &parser)
        let whole = SourceSpan.between(open, part.span)
        let loop = parser.add(
          .forEach(
            Expression.For(
              keyName: key, valueName: value, collection: collection, key: nil, value: body,
              condition: nil, isGrouped: false, open: open, close: part.span)),
          whole)
        return parser.add(.templateJoin(loop), whole)
      default: content.append(expression(&parser))
      }
    }
  }
}
