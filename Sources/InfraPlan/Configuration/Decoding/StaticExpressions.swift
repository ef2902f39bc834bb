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
      report(
        "Invalid expression", "A static list expression is required.", at: expression.startSpan)
      return []
    }
    return elements.compactMap { traversal(expression.child($0)) }
  }

  /// One reference; a quoted one is still read, with a warning.
  mutating func traversal(_ expression: Expression) -> Traversal? {
    if let traversal = expression.constantTraversal { return traversal }
    switch expression.node.kind {
    case .template:
      guard let text = expression.literalString else { break }
      problems.append(
        Problem(
          .warning, "Quoted references are deprecated",
          "In this context, references are expected literally rather than in quotes. Terraform 0.11 and earlier required quotes, but quoted references are now deprecated and will be removed in a future version of Terraform. Remove the quotes surrounding this reference to silence this warning.",
          at: expression.span))
      let (traversal, found) = quoted(text, expression)
      problems += found
      if let traversal { return traversal }
    case .jsonString(let text, _):
      let (traversal, found) = quoted(text, expression)
      if let traversal, !found.hasErrors { return traversal }
    default: break
    }
    report(
      "Invalid expression",
      "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
      at: expression.span)
    return nil
  }

  private func quoted(_ text: String, _ expression: Expression) -> (Traversal?, [Problem]) {
    QuotedTraversal.read(text, at: expression.quotedOffset, in: expression.span.file)
  }
}
