internal import SourceText

/// What a condition and its message belong to.
enum RuleOwner {
  case assertion, output
}

extension Validator {
  /// The condition and the message of a rule. The message is read even where a reference is wrong;
  /// the condition of a check block is looked at only for what it refers to.
  mutating func check(
    _ rule: Module.CheckRule, of owner: RuleOwner, _ resolver: ModuleResolver,
    _ context: EvaluationContext
  ) {
    var evaluator = Evaluator()
    evaluator.explainsProviderFunctions = false
    defer { problems += evaluator.problems }
    let scope = evaluator.partialScope(
      for: [rule.condition, rule.message].compactMap { $0 }, resolver, context)
    var text: String?
    if let message = rule.message {
      let (value, found) = evaluator.separately(message, in: scope)
      evaluator.problems += found
      if !found.hasErrors { text = evaluator.message(value, of: message, scope) }
    }
    guard let condition = rule.condition, owner != .assertion else { return }
    let (value, found) = evaluator.separately(condition, in: scope)
    evaluator.problems += found
    guard !evaluator.problems.hasErrors,
      let holds = evaluator.holds(
        value, of: condition, scope, summary: "Invalid condition result",
        null: "Condition expression must return either true or false, not null.",
        reason: "Invalid condition result value"), !holds
    else { return }
    evaluator.report(
      "Module output value precondition failed",
      text
        ?? "This check failed, but has an invalid error message as described in the other accompanying messages.",
      at: condition.span, blaming: condition, scope)
  }

  /// A rule of a resource: its expressions are computed, each for itself, and their values left for
  /// when more is known.
  mutating func check(
    _ rule: Module.CheckRule, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) {
    for expression in [rule.condition, rule.message].compactMap({ $0 }) {
      var evaluator = Evaluator()
      evaluator.explainsProviderFunctions = false
      let scope = evaluator.partialScope(for: [expression], resolver, context)
      let (_, found) = evaluator.separately(expression, in: scope)
      problems += evaluator.problems + found
    }
  }

  /// The rules of a variable of which only the type is known. Where a reference of any is wrong,
  /// none is tried.
  mutating func checkRules(
    of variable: Module.Variable, _ module: Module, _ resolver: ModuleResolver
  ) {
    let expressions = variable.validations.flatMap {
      [$0.condition, $0.message].compactMap { $0 }
    }
    let wrong = expressions.flatMap { Observation.references(in: $0) }.compactMap {
      if case .failure(let error) = Reference.parse($0) { error.problem } else { nil }
    }
    if !wrong.isEmpty {
      problems += wrong
      return
    }
    var evaluator = Evaluator()
    evaluator.explainsProviderFunctions = false
    if let scope = evaluator.scope(for: expressions, resolver, EvaluationContext()) {
      for rule in variable.validations {
        evaluator.check(rule, of: variable, isRoot: module.path.isEmpty, scope)
      }
    }
    problems += evaluator.problems
  }
}

extension Evaluator {
  fileprivate mutating func check(
    _ rule: Module.CheckRule, of variable: Module.Variable, isRoot: Bool, _ scope: Scope
  ) {
    guard let condition = rule.condition else { return }
    let (value, found) = separately(condition, in: scope)
    problems += found
    var message = Value.null()
    if let expression = rule.message {
      let (value, found) = separately(expression, in: scope)
      if found.hasErrors, case .jsonString(let text, _) = expression.node.kind {
        problems.append(Self.literalMessage(expression, found))
        message = .string(text)
      } else {
        problems += found
        if !found.hasErrors { message = value }
      }
    }
    guard !found.hasErrors,
      let holds = holds(
        value, of: condition, scope, summary: "Invalid variable validation result",
        null: "Validation condition expression must return either true or false, not null.",
        reason: "Invalid validation condition result value"), !holds, isRoot, message.isKnown
    else { return }
    var text: String?
    if !message.isNull, let expression = rule.message {
      text = self.message(message, of: expression, scope)
    }
    report(
      "Invalid value for variable",
      (text ?? "Failed to evaluate condition error message.")
        + "\n\nThis was checked by the validation rule at \(Problem.placeMarker(rule.span)).",
      at: variable.span, blaming: condition, scope)
  }

  /// The warning that a message in JSON is taken as it stands, as it is no template.
  private static func literalMessage(_ expression: Expression, _ found: [Problem]) -> Problem {
    var reason = ""
    if let first = found.first {
      reason = first.subject.map { Problem.placeMarker($0) + ": " } ?? ""
      reason += first.summary + "; " + first.detail
    }
    if found.count > 1 { reason += ", and \(found.count - 1) other diagnostic(s)" }
    return Problem(
      .warning, "Validation error message expression is invalid",
      "The error message provided could not be evaluated as an expression, so Terraform is interpreting it as a string literal.\n\nIn future versions of Terraform, this will be considered an error. Please file a GitHub issue if this would break your workflow.\n\n"
        + reason, at: expression.span)
  }

  /// Whether a condition holds; `nil` if that is not known, or if its value is no condition's, which
  /// is reported.
  fileprivate mutating func holds(
    _ value: Value, of expression: Expression, _ scope: Scope, summary: String, null: String,
    reason: String
  ) -> Bool? {
    guard value.isKnown else { return nil }
    if value.isNull {
      report(summary, null, at: expression.span, blaming: expression, scope)
      return nil
    }
    do throws(ConversionError) {
      return try value.converted(to: .bool).unmarked.boolValue
    } catch {
      report(
        summary, "\(reason): \(error.message).", at: expression.span, blaming: expression, scope)
      return nil
    }
  }

  /// The message of a condition; `nil` if there is none, which is reported where it is wrong.
  fileprivate mutating func message(
    _ value: Value, of expression: Expression, _ scope: Scope
  ) -> String? {
    let reason: String
    do throws(ConversionError) {
      let text = try value.converted(to: .string)
      guard text.isKnown else { return nil }
      guard text.isNull else {
        if text.marks.contains(.sensitive) {
          problems.append(
            Problem(
              .warning, "Error message refers to sensitive values",
              "The error expression used to explain this condition refers to sensitive values, so Terraform will not display the resulting message.\n\nYou can correct this by removing references to sensitive values, or by carefully using the nonsensitive() function if the expression will not reveal the sensitive data.",
              at: expression.span))
          return nil
        }
        return text.unmarked.stringValue
      }
      reason = "must not be null"
    } catch {
      reason = error.located
    }
    report(
      "Invalid error message", "Unsuitable value for error message: \(reason).",
      at: expression.span, blaming: expression, scope)
    return nil
  }
}
