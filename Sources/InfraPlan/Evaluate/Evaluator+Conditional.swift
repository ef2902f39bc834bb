internal import SourceText

extension Evaluator {
  mutating func conditional(
    _ expression: Expression, _ condition: Expression, _ yes: Expression, _ no: Expression,
    _ scope: Scope
  ) -> Value {
    let (yesValue, yesProblems) = separately(yes, in: scope)
    let (noValue, noProblems) = separately(no, in: scope)
    guard let type = Self.resultType(yesValue, noValue) else {
      let difference = TypeDifference.describe(yesValue.type, noValue.type)
      report(
        "Inconsistent conditional result types",
        "The true and false result expressions must have consistent types. \(difference).",
        at: .between(yes.span, no.span), in: expression.span, blaming: expression, scope)
      return .unknown()
    }
    let chosen = evaluate(condition, in: scope)
    if chosen.isNull {
      report(
        "Null condition", "The condition value is null. Conditions must either be true or false.",
        at: condition.span, in: expression.span, blaming: condition, scope)
      return .unknown(type)
    }
    guard chosen.isKnown else { return Self.undecided(chosen, yesValue, noValue, type) }
    let isTrue: Bool
    let marks: Value.Marks
    do throws(ConversionError) {
      let bool = try chosen.converted(to: .bool)
      isTrue = bool.boolValue ?? false
      marks = bool.marks
    } catch {
      report(
        "Incorrect condition type", "The condition expression must be of type bool.",
        at: condition.span, in: expression.span, blaming: condition, scope)
      return .unknown(type)
    }
    problems += isTrue ? yesProblems : noProblems
    let value = isTrue ? yesValue : noValue
    // What was not chosen still lends its marks: the choice could be read off the result.
    let allMarks = marks.union(yesValue.marks).union(noValue.marks)
    guard type != .dynamic else { return value.marked(allMarks) }
    do throws(ConversionError) {
      return try value.converted(to: type).marked(allMarks)
    } catch {
      let branch = isTrue ? yes : no
      report(
        "Inconsistent conditional result types",
        "The \(isTrue ? "true" : "false") result value has the wrong type: \(error.message).",
        at: branch.span, in: expression.span, blaming: branch, scope)
      return .unknown(type)
    }
  }

  private static func resultType(_ yes: Value, _ no: Value) -> ValueType? {
    if yes.isNull, yes.type == .dynamic { return no.type }
    if no.isNull, no.type == .dynamic { return yes.type }
    if yes.type == .dynamic || no.type == .dynamic { return .dynamic }
    return Unification.common([yes.type, no.type], unsafe: true)
  }

  /// What is certain although the condition is not.
  private static func undecided(
    _ condition: Value, _ yes: Value, _ no: Value, _ type: ValueType
  ) -> Value {
    let marks = condition.marks.union(yes.marks).union(no.marks)
    if yes.isNull, no.isNull { return Value.null(type).marked(marks) }
    var refinement = Refinement(isNotNull: !yes.mayBeNull && !no.mayBeNull)
    if let first = yes.numberValue, let second = no.numberValue, type == .number {
      refinement.lower = .init(number: min(first, second), isInclusive: true)
      refinement.upper = .init(number: max(first, second), isInclusive: true)
    }
    if yes.type.isCollection, yes.type == no.type, !yes.isNull, !no.isNull {
      let first = yes.lengthBounds
      let second = no.lengthBounds
      if let high = first.upper, first.lower == high, let other = second.upper,
        second.lower == other
      {
        refinement.minimumLength = min(high, other)
        refinement.maximumLength = max(high, other)
      }
    }
    guard type != .dynamic else { return Value.unknown().marked(marks) }
    return Value.unknown(type, refinement).marked(marks)
  }
}

/// Words for how the two results of a conditional differ.
enum TypeDifference {
  static func describe(_ yes: ValueType, _ no: ValueType) -> String {
    switch (yes, no) {
    case (.object(let first), .object(let second)):
      if let text = objects(first, second) { return text }
    case (.tuple(let first), .tuple(let second)):
      if first.count != second.count {
        return
          "The 'true' tuple has length \(first.count), but the 'false' tuple has length \(second.count)"
      }
      for (index, pair) in zip(first, second).enumerated() where pair.0 != pair.1 {
        return "Type mismatch for tuple element \(index): " + describe(pair.0, pair.1)
      }
    case (.list(let first), .list(let second)):
      if let text = elements("list", first, second) { return text }
    case (.map(let first), .map(let second)):
      if let text = elements("map", first, second) { return text }
    case (.set(let first), .set(let second)):
      if let text = elements("set", first, second) { return text }
    default: break
    }
    guard yes.friendlyName != no.friendlyName else {
      return
        "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value"
    }
    return "The 'true' value is \(yes.friendlyName), but the 'false' value is \(no.friendlyName)"
  }

  private static func objects(
    _ first: ValueType.ObjectType, _ second: ValueType.ObjectType
  ) -> String? {
    for name in first.names {
      guard let other = second.attributes[name], let own = first.attributes[name] else {
        return
          "The 'true' value includes object attribute \(Quoting.goQuoted(name)), which is absent in the 'false' value"
      }
      if own != other {
        return "Type mismatch for object attribute \(Quoting.goQuoted(name)): "
          + describe(own, other)
      }
    }
    for name in second.names where first.attributes[name] == nil {
      return
        "The 'false' value includes object attribute \(Quoting.goQuoted(name)), which is absent in the 'true' value"
    }
    return nil
  }

  private static func elements(_ noun: String, _ first: ValueType, _ second: ValueType) -> String? {
    guard first.isObject && second.isObject || first.isTuple && second.isTuple else { return nil }
    return "Mismatched \(noun) element types: " + describe(first, second)
  }
}
