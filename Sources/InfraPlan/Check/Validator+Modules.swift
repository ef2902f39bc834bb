internal import SourceText

extension Validator {
  /// Arguments that the called modules do not have, or that they miss.
  static func callProblems(in module: Module) -> [Problem] {
    var problems: [Problem] = []
    for name in module.calls.keys.sorted() {
      guard let call = module.calls[name], let child = module.children[name] else { continue }
      let schema = BodySchema(
        attributes: child.variables.keys.sorted().map {
          ($0, child.variables[$0]?.defaultValue == nil)
        })
      _ = BodyContent(call.body, schema, &problems)
      problems += callProblems(in: child)
    }
    return problems
  }

  /// Whether a local is computed from itself at once, which is told.
  mutating func refersToItself(_ name: String, _ module: Module) -> Bool {
    guard let local = module.locals[name] else { return false }
    let mark = problems.count
    for traversal in Observation.references(in: local.expression)
    where traversal.root == "local" && traversal.steps.first?.attribute == name {
      problems.append(
        Problem(
          .error, "Self-referencing local value",
          "Local value local.\(name) cannot use its own result as part of its expression.",
          at: traversal.span))
    }
    return problems.count > mark
  }

  mutating func visit(
    _ call: Module.Call, _ module: Module, _ resolver: ModuleResolver
  ) {
    var context = EvaluationContext()
    node("module.\(call.name)", module) {
      context = $0.repetition(call.count, call.forEach, resolver)
      $0.checkDependencies(call.dependsOn, resolver)
    }
    guard let child = module.children[call.name] else { return }
    for argument in call.arguments {
      guard let variable = child.variables[argument.name] else { continue }
      node("module.\(call.name).var.\(argument.name)", module) {
        $0.visit(argument, variable, call, child, module, resolver, context)
      }
    }
  }

  /// What is passed to a variable of a module.
  private mutating func visit(
    _ argument: Body.Attribute, _ variable: Module.Variable, _ call: Module.Call, _ child: Module,
    _ module: Module, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) {
    let expression = call.tree.expression(argument.expression)
    let (value, isSound) = evaluate(expression, resolver, context)
    guard isSound else { return }
    let place =
      "module.\(call.name).var.\(argument.name) declared at \(Problem.placeMarker(variable.span))"
    let definition =
      "module.\(call.name).var.\(argument.name) defined at \(Problem.placeMarker(variable.span))"
    if value.isNull, !variable.isNullable, variable.defaultValue == nil {
      problems.append(
        Problem(
          .error, "Required variable not set",
          "The given value is not suitable for \(module.address(definition)): required variable may not be set to null.",
          at: expression.span))
      return
    }
    do throws(ConversionError) {
      let complete =
        variable.constraint.defaults?.apply(to: value, variable.constraint.type) ?? value
      let converted = try complete.converted(to: variable.constraint.type)
      if value.deepMarks.contains(.ephemeral), !variable.isEphemeral {
        problems.append(
          Problem(
            .error, "Ephemeral value not allowed",
            "This input variable is not declared as accepting a ephemeral values, so it cannot be set to a result derived from an ephemeral value.",
            at: expression.span))
      }
      if converted.isWhollyKnown {
        checkRules(of: variable, converted, child, at: expression.span)
      }
    } catch {
      problems.append(
        Problem(
          .error, "Invalid value for input variable",
          "The given value is not suitable for \(module.address(place)): \(error.located).",
          at: expression.span))
    }
  }

  /// The rules of a variable whose value is already certain.
  mutating func checkRules(
    of variable: Module.Variable, _ value: Value, _ child: Module, at span: SourceSpan
  ) {
    let resolver = ModuleResolver(child, functions, known: [variable.name: value])
    for rule in variable.validations {
      guard let condition = rule.condition else { continue }
      var evaluator = Evaluator()
      guard let scope = evaluator.scope(for: [condition], resolver, EvaluationContext()) else {
        continue
      }
      let result = evaluator.evaluate(condition, in: scope)
      if evaluator.problems.hasErrors {
        problems += evaluator.problems
        continue
      }
      guard let holds = (try? result.converted(to: .bool))?.boolValue, !holds else { continue }
      let message = rule.message.map { evaluator.evaluate($0, resolver, EvaluationContext()) }
      var text = message?.unmarked.stringValue ?? "The validation rule failed."
      if let message, let expression = rule.message, message.deepMarks.contains(.sensitive) {
        text = "The error message included a sensitive value, so it will not be displayed."
        problems.append(
          Problem(
            .error, "Error message refers to sensitive values",
            "The error expression used to explain this condition refers to sensitive values. Terraform will not display the resulting message.\n\nYou can correct this by removing references to sensitive values, or by carefully using the nonsensitive() function if the expression will not reveal the sensitive data.",
            at: expression.span))
      }
      var problem = Problem(
        .error, "Invalid value for variable",
        text + "\n\nThis was checked by the validation rule at \(Problem.placeMarker(rule.span)).",
        at: span)
      problem.values = Observation.values(condition, scope)
      problems.append(problem)
    }
  }
}
