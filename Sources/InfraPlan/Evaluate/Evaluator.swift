internal import SourceText

/// Computes the values of expressions, collecting problems as it goes.
///
/// Never throws: an expression with a problem has an unknown value, so that one run reports
/// everything.
struct Evaluator {
  var problems: [Problem] = []
  /// How often loops have gone round.
  var rounds = 0
  /// Whether a call of a provider's function that is not there is explained, or only told.
  var explainsProviderFunctions = true

  mutating func evaluate(_ expression: Expression, in scope: Scope) -> Value {
    switch expression.node.kind {
    case .literal(let literal): return Self.value(literal)
    case .template(let parts): return template(expression, parts, scope)
    case .templateWrap(let wrapped): return evaluate(expression.child(wrapped), in: scope)
    case .templateJoin(let tuple): return join(expression, expression.child(tuple), scope)
    case .scopeTraversal(let traversal): return reference(expression, traversal, scope)
    case .relativeTraversal(let source, let steps):
      let value = evaluate(expression.child(source), in: scope)
      return follow(steps, from: value, expression, scope)
    case .call(let call): return self.call(expression, call, scope)
    case .conditional(let condition, let yes, let no):
      return conditional(
        expression, expression.child(condition), expression.child(yes), expression.child(no), scope)
    case .index(let collection, let key, let bracket):
      let collectionValue = evaluate(expression.child(collection), in: scope)
      let keyValue = evaluate(expression.child(key), in: scope)
      switch Access.index(collectionValue, keyValue) {
      case .success(let value): return value
      case .failure(let failure):
        report(failure.summary, failure.detail, at: bracket, blaming: expression, scope)
        return .unknown()
      }
    case .tuple(let elements, _), .jsonArray(let elements):
      return .tuple(elements.map { evaluate(expression.child($0), in: scope) })
    case .object(let items, _): return object(expression, items, scope)
    case .objectKey(let wrapped, let force):
      return objectKey(expression, expression.child(wrapped), force, scope)
    case .forEach(let loop): return iterate(expression, loop, scope)
    case .splat(let source, let each, let item, let marker):
      return splat(expression, source, each, item, marker, scope)
    case .anonymousSymbol: return scope.anonymousValue(expression.id) ?? .unknown()
    case .binary: return binary(expression, in: scope)
    case .unary(let operation, let operand, _):
      return unary(expression, operation, expression.child(operand), scope)
    case .parentheses(let inner): return evaluate(expression.child(inner), in: scope)
    case .malformed:
      problems += expression.tree.templateProblems[expression.id] ?? []
      return .unknown()
    case .jsonObject(let items): return jsonObject(expression, items, scope)
    case .jsonString(let text, let template):
      // Where nothing can be referred to, a text is no template.
      return scope.isEmpty ? .string(text) : evaluate(expression.child(template), in: scope)
    }
  }

  static func value(_ literal: Expression.Literal) -> Value {
    switch literal {
    case .null: .null()
    case .bool(let value): .bool(value)
    case .number(let value): .number(value)
    case .string(let value): Value(.string, .string(value))
    case .unknown: .unknown()
    }
  }

  /// Adds a problem, with the values that the expression at fault refers to.
  mutating func report(
    _ summary: String, _ detail: String, at subject: SourceSpan, in context: SourceSpan? = nil,
    blaming expression: Expression? = nil, _ scope: Scope? = nil, call: String? = nil
  ) {
    var problem = Problem(.error, summary, detail, at: subject, in: context)
    if let expression, let scope { problem.values = Observation.values(expression, scope) }
    problem.functionCall = call
    problems.append(problem)
  }

  /// Evaluates and gives back what was reported meanwhile instead of keeping it.
  mutating func separately(_ expression: Expression, in scope: Scope) -> (Value, [Problem]) {
    let kept = problems
    problems = []
    let value = evaluate(expression, in: scope)
    let found = problems
    problems = kept
    return (value, found)
  }

  // MARK: - References

  private mutating func reference(
    _ expression: Expression, _ traversal: Traversal, _ scope: Scope
  ) -> Value {
    guard let root = scope.value(of: traversal.root) else {
      reportUnknownVariable(traversal, scope)
      return .unknown()
    }
    return follow(traversal.steps, from: root, expression, scope)
  }

  private mutating func reportUnknownVariable(_ traversal: Traversal, _ scope: Scope) {
    guard scope.hasVariables else {
      report("Variables not allowed", "Variables may not be used here.", at: traversal.rootSpan)
      return
    }
    var names: [String] = []
    var current: Scope? = scope
    while let level = current {
      names += level.variables.keys.sorted()
      current = level.parent
    }
    let hint = NameSuggestion.nearest(to: traversal.root, among: names)
    report(
      "Unknown variable",
      "There is no variable named \(Quoting.goQuoted(traversal.root))."
        + (hint.map { " Did you mean \(Quoting.goQuoted($0))?" } ?? ""),
      at: traversal.rootSpan)
  }

  mutating func follow(
    _ steps: [Traversal.Step], from value: Value, _ expression: Expression, _ scope: Scope
  ) -> Value {
    var value = value
    for step in steps {
      switch Access.step(value, step) {
      case .success(let next): value = next
      case .failure(let failure):
        report(failure.summary, failure.detail, at: step.span, blaming: expression, scope)
        return .unknown()
      }
    }
    return value
  }
}
