internal import SourceText

extension Evaluator {
  mutating func unary(
    _ expression: Expression, _ operation: Expression.UnaryOperator, _ operand: Expression,
    _ scope: Scope
  ) -> Value {
    let given = evaluate(operand, in: scope)
    let type: ValueType = operation == .not ? .bool : .number
    guard let value = self.operand(given, type, "unary", operand, expression, scope) else {
      return .unknown(type)
    }
    if value.isNull {
      reportNull(expression, scope)
      return .unknown(type)
    }
    switch value.content {
    case .bool(let flag): return Value.bool(!flag).marked(value.marks)
    case .number(let number): return Value.number(number.negated).marked(value.marks)
    default: return Value.unknown(type, .notNull).marked(value.marks)
    }
  }

  private mutating func operand(
    _ given: Value, _ type: ValueType, _ side: String, _ operand: Expression,
    _ expression: Expression, _ scope: Scope
  ) -> Value? {
    do throws(ConversionError) {
      return try given.converted(to: type)
    } catch {
      report(
        "Invalid operand", "Unsuitable value for \(side) operand: \(error.message).",
        at: operand.span, in: expression.span, blaming: operand, scope)
      return nil
    }
  }

  private mutating func reportNull(_ expression: Expression, _ scope: Scope) {
    report(
      "Operation failed", "Error during operation: argument must not be null.",
      at: expression.span, blaming: expression, scope)
  }

  /// Operators of one strength lean to the left, so a long sum is as deep as it is long: the spine
  /// is walked in a loop.
  mutating func binary(_ expression: Expression, in scope: Scope) -> Value {
    var spine: [Expression] = [expression]
    while case .binary(_, let left, _) = spine[spine.count - 1].node.kind {
      let inner = expression.child(left)
      guard case .binary = inner.node.kind else { break }
      spine.append(inner)
    }
    var result: (value: Value, problems: [Problem])?
    while let node = spine.popLast() {
      guard case .binary(let operation, let left, let right) = node.node.kind else { break }
      let operands = (node.child(left), node.child(right))
      let first = result ?? separately(operands.0, in: scope)
      let kept = problems
      problems = []
      let value = combine(node, operation, operands.0, operands.1, first, scope)
      result = (value, problems)
      problems = kept
    }
    problems += result?.problems ?? []
    return result?.value ?? .unknown()
  }

  private mutating func combine(
    _ expression: Expression, _ operation: Expression.BinaryOperator, _ left: Expression,
    _ right: Expression, _ first: (value: Value, problems: [Problem]), _ scope: Scope
  ) -> Value {
    let (givenLeft, leftProblems) = first
    let (givenRight, rightProblems) = separately(right, in: scope)
    problems += leftProblems
    problems += rightProblems
    let hasErrors = leftProblems.hasErrors || rightProblems.hasErrors
    let wanted: ValueType
    let result: ValueType
    switch operation {
    case .or, .and: (wanted, result) = (.bool, .bool)
    case .equal, .notEqual: (wanted, result) = (.dynamic, .bool)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: (wanted, result) = (.number, .bool)
    default: (wanted, result) = (.number, .number)
    }
    let first = operand(givenLeft, wanted, "left", left, expression, scope)
    let second = operand(givenRight, wanted, "right", right, expression, scope)
    guard let first, let second, !hasErrors else { return .unknown(result) }
    if operation == .equal || operation == .notEqual {
      return Self.equality(first, second, negated: operation == .notEqual)
    }
    if first.isNull || second.isNull {
      reportNull(expression, scope)
      return .unknown(result)
    }
    let marks = first.marks.union(second.marks)
    if result == .bool, wanted == .number {
      guard let answer = Self.comparison(operation, first, second) else {
        return Value.unknown(.bool, .notNull).marked(marks)
      }
      return Value.bool(answer).marked(marks)
    }
    switch (first.content, second.content) {
    case (.bool(let a), .bool(let b)):
      return Value.bool(operation == .and ? a && b : a || b).marked(marks)
    case (.number(let a), .number(let b)):
      guard let number = arithmetic(operation, a, b, expression, scope) else {
        return .unknown(.number)
      }
      return Value.number(number).marked(marks)
    default: return Value.unknown(result, .notNull).marked(marks)
    }
  }

  static func equality(_ first: Value, _ second: Value, negated: Bool) -> Value {
    let (left, leftMarks) = first.unmarkedDeep
    let (right, rightMarks) = second.unmarkedDeep
    let marks = leftMarks.union(rightMarks)
    guard let isEqual = Value.equal(left, right) else {
      return Value.unknown(.bool, .notNull).marked(marks)
    }
    return Value.bool(isEqual != negated).marked(marks)
  }

  /// Compares numbers; bounds of unknown numbers may decide too.
  private static func comparison(
    _ operation: Expression.BinaryOperator, _ first: Value, _ second: Value
  ) -> Bool? {
    if let a = first.numberValue, let b = second.numberValue {
      switch operation {
      case .less: return a < b
      case .lessOrEqual: return a <= b
      case .greater: return a > b
      default: return a >= b
      }
    }
    let (a, b) = (bounds(first), bounds(second))
    func certainlyLess(_ low: Refinement.Bound?, _ high: Refinement.Bound?, orEqual: Bool) -> Bool {
      guard let low, let high else { return false }
      return low.number < high.number || orEqual && low.number == high.number
    }
    switch operation {
    case .less:
      if certainlyLess(a.upper, b.lower, orEqual: false) { return true }
      if certainlyLess(b.upper, a.lower, orEqual: true) { return false }
    case .lessOrEqual:
      if certainlyLess(a.upper, b.lower, orEqual: true) { return true }
      if certainlyLess(b.upper, a.lower, orEqual: false) { return false }
    case .greater:
      if certainlyLess(b.upper, a.lower, orEqual: false) { return true }
      if certainlyLess(a.upper, b.lower, orEqual: true) { return false }
    default:
      if certainlyLess(b.upper, a.lower, orEqual: true) { return true }
      if certainlyLess(a.upper, b.lower, orEqual: false) { return false }
    }
    return nil
  }

  private static func bounds(_ value: Value) -> (lower: Refinement.Bound?, upper: Refinement.Bound?)
  {
    if let number = value.numberValue {
      let bound = Refinement.Bound(number: number, isInclusive: true)
      return (bound, bound)
    }
    return (value.refinement?.lower, value.refinement?.upper)
  }

  private mutating func arithmetic(
    _ operation: Expression.BinaryOperator, _ left: Number, _ right: Number,
    _ expression: Expression, _ scope: Scope
  ) -> Number? {
    let answer: Number?
    let failure: String
    switch operation {
    case .add:
      answer = .sum(left, right)
      failure = "can't compute sum of opposing infinities"
    case .subtract:
      answer = .difference(left, right)
      failure = "can't subtract infinity from itself"
    case .multiply:
      answer = .product(left, right)
      failure = "can't multiply zero by infinity"
    case .divide:
      answer = .quotient(left, right)
      failure = "can't divide zero by zero or infinity by infinity"
    default:
      answer = .remainder(left, right)
      failure =
        left.isInfinite
        ? FunctionError.panic(
          "runtime error: invalid memory address or nil pointer dereference"
        ).message
        : "can't use modulo with zero and infinity"
    }
    if let answer { return answer }
    report(
      "Operation failed",
      "Error during operation: \(failure)\(FunctionError.endMark(failure))", at: expression.span,
      blaming: expression, scope)
    return nil
  }
}
