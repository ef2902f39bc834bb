internal import SourceText

extension Evaluator {
  mutating func iterate(_ expression: Expression, _ loop: Expression.For, _ scope: Scope) -> Value {
    let source = expression.child(loop.collection)
    let collection = evaluate(source, in: scope)
    if collection.isNull {
      report(
        "Iteration over null value",
        "A null value cannot be used as the collection in a 'for' expression.", at: source.span,
        in: expression.span, blaming: source, scope)
      return .unknown()
    }
    if collection.type == .dynamic { return .unknown() }
    guard collection.type.isIterable else {
      report(
        "Iteration over non-iterable value",
        "A value of type \(collection.type.friendlyName) cannot be used as the collection in a 'for' expression.",
        at: source.span, in: expression.span, blaming: source, scope)
      return .unknown()
    }
    guard collection.isKnown else { return .unknown().marked(collection.marks) }
    if loop.condition != nil, !checkCondition(expression, loop, scope) { return .unknown() }
    var state = LoopState(marks: collection.marks)
    for (key, value) in collection.unmarked.pairs {
      rounds += 1
      guard rounds <= EvaluationLimits.rounds else {
        report(
          "Too many iterations",
          "The 'for' expressions here go round more than \(EvaluationLimits.rounds) times.",
          at: expression.span)
        return .unknown()
      }
      var variables = [loop.valueName: value]
      if !loop.keyName.isEmpty { variables[loop.keyName] = key }
      let inner = Scope(parent: scope, variables: variables)
      guard includes(expression, loop, inner, &state) else { continue }
      collect(expression, loop, inner, &state)
    }
    guard state.isKnown else { return Value.unknown().marked(state.marks) }
    if loop.key == nil { return Value.tuple(state.values).marked(state.marks) }
    if loop.isGrouped { state.attributes = state.groups.mapValues { Value.tuple($0) } }
    return Value.object(state.attributes).marked(state.marks)
  }

  private struct LoopState {
    var marks: Value.Marks
    var values: [Value] = []
    var attributes: [String: Value] = [:]
    var groups: [String: [Value]] = [:]
    var isKnown = true
  }

  /// Finds a condition that can never work before it fails once for every element.
  private mutating func checkCondition(
    _ expression: Expression, _ loop: Expression.For, _ scope: Scope
  ) -> Bool {
    guard let id = loop.condition else { return true }
    let condition = expression.child(id)
    var variables = [loop.valueName: Value.unknown()]
    if !loop.keyName.isEmpty { variables[loop.keyName] = .unknown() }
    let (result, found) = separately(condition, in: Scope(parent: scope, variables: variables))
    problems += found
    if result.isNull {
      report(
        "Condition is null", "The value of the 'if' clause must not be null.", at: condition.span,
        in: expression.span, blaming: condition, scope)
      return false
    }
    do throws(ConversionError) {
      _ = try result.converted(to: .bool)
    } catch {
      report(
        "Invalid 'for' condition", "The 'if' clause value is invalid: \(error.message).",
        at: condition.span, in: expression.span, blaming: condition, scope)
      return false
    }
    return !found.hasErrors
  }

  private mutating func includes(
    _ expression: Expression, _ loop: Expression.For, _ scope: Scope, _ state: inout LoopState
  ) -> Bool {
    guard let id = loop.condition else { return true }
    let condition = expression.child(id)
    let result = evaluate(condition, in: scope)
    var detail: String?
    if result.isNull {
      detail = "The value of the 'if' clause must not be null."
    } else if !result.isKnown {
      state.isKnown = false
      return false
    } else {
      do throws(ConversionError) {
        let include = try result.converted(to: .bool)
        state.marks.formUnion(include.marks)
        return include.boolValue ?? false
      } catch {
        detail = "The 'if' clause value is invalid: \(error.message)."
      }
    }
    if state.isKnown, let detail {
      report(
        "Invalid 'for' condition", detail, at: condition.span, in: expression.span,
        blaming: condition, scope)
    }
    state.isKnown = false
    return false
  }

  private mutating func collect(
    _ expression: Expression, _ loop: Expression.For, _ scope: Scope, _ state: inout LoopState
  ) {
    guard let keyID = loop.key else {
      state.values.append(evaluate(expression.child(loop.value), in: scope))
      return
    }
    let keyExpression = expression.child(keyID)
    let key = evaluate(keyExpression, in: scope)
    func refuse(_ evaluator: inout Evaluator, _ detail: String) {
      if state.isKnown {
        evaluator.report(
          "Invalid object key", detail, at: keyExpression.span, in: expression.span,
          blaming: keyExpression, scope)
      }
      state.isKnown = false
    }
    if key.isNull {
      refuse(&self, "Key expression in 'for' expression must not produce a null value.")
      return
    }
    guard key.isKnown else {
      state.isKnown = false
      return
    }
    do throws(ConversionError) {
      let name = try key.converted(to: .string)
      state.marks.formUnion(name.marks)
      let value = evaluate(expression.child(loop.value), in: scope)
      guard let text = name.stringValue else { return }
      if loop.isGrouped {
        state.groups[text, default: []].append(value)
      } else if state.attributes[text] != nil {
        report(
          "Duplicate object key",
          "Two different items produced the key \(Quoting.goQuoted(text)) in this 'for' expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key.",
          at: keyExpression.span, in: expression.span, blaming: keyExpression, scope)
      } else {
        state.attributes[text] = value
      }
    } catch {
      refuse(&self, "The key expression produced an invalid result: \(error.message).")
    }
  }
}

extension Value {
  /// Keys and elements, in the order of iteration: by position, by name, or by set order.
  var pairs: [(key: Value, value: Value)] {
    switch content {
    case .elements(let elements):
      if type.isSet { return elements.map { ($0, $0) } }
      return elements.enumerated().map { (Value.count($0.offset), $0.element) }
    case .attributes(let values):
      return values.keys.sorted().compactMap { name in
        values[name].map { (Value(.string, .string(name)), $0) }
      }
    default: return []
    }
  }
}
