internal import SourceText

extension Evaluator {
  mutating func object(
    _ expression: Expression, _ items: [Expression.ObjectItem], _ scope: Scope
  ) -> Value {
    var values: [String: Value] = [:]
    var marks: Value.Marks = []
    var isKnown = true
    for item in items {
      let keyExpression = expression.child(item.key)
      let (key, keyProblems) = separately(keyExpression, in: scope)
      problems += keyProblems
      let value = evaluate(expression.child(item.value), in: scope)
      if keyProblems.hasErrors {
        isKnown = false
        continue
      }
      if key.isNull {
        report(
          "Null value as key", "Can't use a null value as a key.",
          at: expression.child(item.value).span, blaming: keyExpression, scope)
        isKnown = false
        continue
      }
      marks.formUnion(key.marks)
      do throws(ConversionError) {
        let name = try key.unmarked.converted(to: .string)
        guard let text = name.stringValue else {
          isKnown = false
          continue
        }
        values[text] = value
      } catch {
        report(
          "Incorrect key type", "Can't use this value as a key: \(error.message).",
          at: keyExpression.span, blaming: keyExpression, scope)
        isKnown = false
      }
    }
    return isKnown ? Value.object(values).marked(marks) : .unknown()
  }

  mutating func objectKey(
    _ expression: Expression, _ wrapped: Expression, _ force: Bool, _ scope: Scope
  ) -> Value {
    if !force {
      if case .scopeTraversal(let traversal) = wrapped.node.kind, !traversal.steps.isEmpty {
        report(
          "Ambiguous attribute key",
          "If this expression is intended to be a reference, wrap it in parentheses. If it's instead intended as a literal name containing periods, wrap it in quotes to create a string literal.",
          at: expression.span)
        return .unknown()
      }
      if let name = wrapped.keyword { return .string(name) }
    }
    return evaluate(wrapped, in: scope)
  }

  mutating func jsonObject(
    _ expression: Expression, _ items: [Expression.JSONItem], _ scope: Scope
  ) -> Value {
    var values: [String: Value] = [:]
    var spans: [String: SourceSpan] = [:]
    var isKnown = true
    for item in items {
      let (key, keyProblems) = separately(expression.child(item.key), in: scope)
      problems += keyProblems
      let value = evaluate(expression.child(item.value), in: scope)
      guard !keyProblems.hasErrors, key.isKnown,
        let name = (try? key.unmarked.converted(to: .string))?.stringValue
      else {
        isKnown = false
        continue
      }
      if let first = spans[name] {
        report(
          "Duplicate object attribute",
          "An attribute named \(Quoting.goQuoted(name)) was already defined at \(Problem.fileMarker(first)).",
          at: item.nameSpan)
        continue
      }
      spans[name] = item.nameSpan
      values[name] = value
    }
    return isKnown ? .object(values) : .unknown()
  }
}
