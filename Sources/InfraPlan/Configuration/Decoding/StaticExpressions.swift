internal import SourceText

/// Reading expressions that must be constant or plain references.
struct StaticExpressions {
  var problems: [Problem] = []

  /// What an expression that is no reference is called.
  static let notStatic = "Invalid expression"

  mutating func report(_ summary: String, _ detail: String, at span: SourceSpan) {
    problems.append(Problem(.error, summary, detail, at: span))
  }

  /// The value of an expression that may not refer to anything, as a type.
  mutating func constant(
    _ expression: Expression, as type: ValueType, allowsNull: Bool = true
  ) -> Value? {
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, in: Scope())
    problems += evaluator.problems
    do throws(ConversionError) {
      let converted = try value.converted(to: type)
      guard converted.isKnown else {
        reportUnsuitable("value must be known", expression)
        return nil
      }
      if converted.isNull, !allowsNull {
        reportUnsuitable("null value is not allowed", expression)
        return nil
      }
      return converted.isNull ? nil : converted
    } catch {
      reportUnsuitable(error.message, expression)
      return nil
    }
  }

  private mutating func reportUnsuitable(_ reason: String, _ expression: Expression) {
    problems.append(
      Problem(
        .error, "Unsuitable value type", "Unsuitable value: \(reason)", at: expression.startSpan,
        in: expression.span))
  }

  /// The references of a `depends_on`-like list.
  mutating func traversals(_ expression: Expression) -> [Traversal] {
    let elements: [Expression.Node.ID]
    switch expression.node.kind {
    case .tuple(let ids, _), .jsonArray(let ids): elements = ids
    default:
      report("Invalid expression", "A static list expression is required.", at: expression.startSpan)
      return []
    }
    return elements.compactMap { traversal(expression.child($0)) }
  }

  /// One reference; a quoted one is still read, with a warning.
  mutating func traversal(_ expression: Expression) -> Traversal? {
    switch expression.node.kind {
    case .scopeTraversal(let traversal): return traversal
    // A keyword is a name like any other here.
    case .literal(.bool), .literal(.null):
      return expression.keyword.map { Traversal(root: $0, rootSpan: expression.span, steps: []) }
    case .objectKey(let wrapped, forceNonLiteral: false):
      return traversal(expression.child(wrapped))
    case .template, .jsonString:
      guard let text = expression.literalString else { break }
      if case .template = expression.node.kind {
        problems.append(
          Problem(
            .warning, "Quoted references are deprecated",
            "In this context, references are expected literally rather than in quotes. Terraform 0.11 and earlier required quotes, but quoted references are now deprecated and will be removed in a future version of Terraform. Remove the quotes surrounding this reference to silence this warning.",
            at: expression.span))
      }
      return quoted(text, expression)
    default: break
    }
    report(
      "Invalid expression",
      "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
      at: expression.span)
    return nil
  }

  /// What keeps a text from being a name with steps, where it is the first thing after the name.
  private static func syntaxProblem(_ text: String, _ expression: Expression) -> Problem? {
    func place(_ offset: Int) -> SourceSpan {
      let start = Int(expression.span.start) + 1 + offset
      return SourceSpan(file: expression.span.file, bytes: start..<start + 1)
    }
    let name = text.unicodeScalars.prefix { $0 == "-" || $0.properties.isIDContinue }
    guard let first = name.first, first.properties.isIDStart || first == "_" else {
      return Problem(
        .error, "Variable name required", "Must begin with a variable name.", at: place(0))
    }
    let gap = text.unicodeScalars.dropFirst(name.count).prefix { $0 == " " }
    let rest = text.unicodeScalars.dropFirst(name.count + gap.count)
    guard let next = rest.first, next != ".", next != "[" else { return nil }
    return Problem(
      .error, "Invalid character", "Expected an attribute access or an index operator.",
      at: place(String(name).utf8.count + gap.count))
  }

  private mutating func quoted(_ text: String, _ expression: Expression) -> Traversal? {
    // The text is parsed on its own, and its places shifted.
    let id = expression.span.file
    let file = SourceFile(name: "", text: text)
    let (inner, found) = SyntaxTree.parseExpression(file, id: id)
    if let problem = Self.syntaxProblem(text, expression) {
      problems.append(problem)
      return nil
    }
    guard !found.hasErrors, case .scopeTraversal(var traversal) = inner.node.kind else {
      report(
        "Invalid expression",
        "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
        at: expression.span)
      return nil
    }
    // In JSON places count from the quote itself.
    var offset = expression.span.start
    if case .template = expression.node.kind { offset += 1 }
    func shift(_ span: inout SourceSpan) {
      span.start += offset
      span.end += offset
    }
    shift(&traversal.rootSpan)
    for index in traversal.steps.indices { shift(&traversal.steps[index].span) }
    return traversal
  }
}
