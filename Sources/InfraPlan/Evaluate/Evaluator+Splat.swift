internal import SourceText

extension Evaluator {
  mutating func splat(
    _ expression: Expression, _ sourceID: Expression.Node.ID, _ eachID: Expression.Node.ID,
    _ item: Expression.Node.ID, _ marker: SourceSpan, _ scope: Scope
  ) -> Value {
    let sourceExpression = expression.child(sourceID)
    let each = expression.child(eachID)
    let (original, found) = separately(sourceExpression, in: scope)
    problems += found
    if found.hasErrors { return .unknown() }
    var source = original
    let isSequence = source.type.isTuple || source.type.isList || source.type.isSet
    if source.isNull {
      if !isSequence { return Value.tuple([]).marked(source.marks) }
      report(
        "Splat of null value",
        "Splat expressions (with the * symbol) cannot be applied to null sequences.",
        at: sourceExpression.span, in: .between(sourceExpression.span, marker),
        blaming: sourceExpression, scope)
      return .unknown()
    }
    if source.type == .dynamic { return .unknown().marked(source.marks) }
    var isUpgradedUnknown = false
    if !isSequence {
      // A single value counts as a sequence of one, unless it may yet be null.
      isUpgradedUnknown = !source.isKnown && source.mayBeNull
      let marks = source.marks
      source = Value.tuple([source.unmarked]).marked(marks)
    }
    let inner = Scope(parent: scope)
    guard let elements = source.elements else {
      let type = resultType(source.type, each, item, inner)
      guard type != .dynamic else { return .unknown().marked(source.marks) }
      var refinement = Refinement.notNull
      if type.isList {
        let bounds = source.lengthBounds
        refinement.minimumLength = bounds.lower
        refinement.maximumLength = bounds.upper
      }
      return Value.unknown(type, refinement).marked(source.marks)
    }
    var values: [Value] = []
    var isSound = true
    for element in elements {
      inner.anonymous[item] = element
      let (value, found) = separately(each, in: inner)
      problems += found
      if found.hasErrors { isSound = false }
      values.append(value)
    }
    if isUpgradedUnknown { return .unknown().marked(source.marks) }
    if !isSound {
      let kept = problems
      let type = resultType(source.type, each, item, inner)
      problems = kept
      return .unknown(type)
    }
    if source.type.isTuple { return Value.tuple(values).marked(source.marks) }
    guard let first = values.first else {
      let type = resultType(source.type, each, item, inner)
      return Value.list(type.element ?? .dynamic, []).marked(source.marks)
    }
    return Value.list(first.type, values).marked(source.marks)
  }

  private mutating func resultType(
    _ source: ValueType, _ each: Expression, _ item: Expression.Node.ID, _ scope: Scope
  ) -> ValueType {
    func type(_ element: ValueType, _ evaluator: inout Evaluator) -> ValueType {
      scope.anonymous[item] = .unknown(element)
      return evaluator.evaluate(each, in: scope).type
    }
    switch source {
    case .list(let element), .set(let element): return .list(type(element, &self))
    case .tuple(let elements): return .tuple(elements.map { type($0, &self) })
    default: return .dynamic
    }
  }
}
