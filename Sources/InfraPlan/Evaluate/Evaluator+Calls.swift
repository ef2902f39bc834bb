internal import SourceText

extension Evaluator {
  mutating func call(_ expression: Expression, _ call: Expression.Call, _ scope: Scope) -> Value {
    guard let table = scope.callable, let function = table.function(call.name) else {
      reportUnknownFunction(expression, call, scope)
      return .unknown()
    }
    let name = call.name.hasPrefix("core::") ? String(call.name.dropFirst(6)) : call.name
    if name == "try" || name == "can" { return attempt(name, expression, call, scope) }
    guard let operands = operands(of: expression, call, scope) else { return .unknown() }
    // Arguments that came from an expansion all stand where the expanded one stands.
    func site(_ index: Int) -> Expression {
      expression.child(call.arguments[min(index, call.arguments.count - 1)])
    }
    let count = function.parameters.count
    if operands.count < count {
      report(
        "Not enough function arguments",
        "Function \(Quoting.goQuoted(call.name)) expects\(function.rest == nil ? "" : " at least") \(count) argument(s). Missing value for \(Quoting.goQuoted(function.parameters[operands.count].name)).",
        at: call.closeParen, in: expression.span, blaming: expression, scope, call: call.name)
      return .unknown()
    }
    if function.rest == nil, operands.count > count {
      report(
        "Too many function arguments",
        "Function \(Quoting.goQuoted(call.name)) expects only \(count) argument(s).",
        at: call.expandsFinal ? site(count).span : site(count).startSpan, in: expression.span,
        blaming: expression, scope, call: call.name)
      return .unknown()
    }
    // Each argument is converted before the next one is evaluated: so the problems come in order.
    var isSound = true
    var arguments: [Value] = []
    var templateFailure: String?
    for (index, operand) in operands.enumerated() {
      guard let parameter = function.parameter(index) else { break }
      let (value, found) = evaluate(operand, scope)
      if name == "templatestring", index == 0, found.hasErrors {
        // The function looks at how its template is written before it asks for the value.
        templateFailure = Self.summary(of: found)
        arguments.append(.null())
        continue
      }
      problems += found
      if found.hasErrors { isSound = false }
      do throws(ConversionError) {
        arguments.append(try value.converted(to: parameter.type))
      } catch {
        reportArgument(
          "Invalid value for \(Quoting.goQuoted(parameter.name)) parameter: \(error.message).",
          site(index), expression, call, scope)
        isSound = false
      }
    }
    guard isSound else { return .unknown() }
    var environment = table
    environment.templateArgument = call.arguments.first.map { expression.child($0) }
    environment.templateFailure = templateFailure
    environment.scope = scope
    return invoke(function, arguments, expression, call, scope, environment, site)
  }

  private mutating func invoke(
    _ function: Function, _ arguments: [Value], _ expression: Expression, _ call: Expression.Call,
    _ scope: Scope, _ environment: FunctionTable, _ site: (Int) -> Expression
  ) -> Value {
    do throws(FunctionError) {
      return try function.call(arguments, environment)
    } catch {
      if let index = error.argument, let parameter = function.parameter(index),
        index < arguments.count
      {
        reportArgument(
          "Invalid value for \(Quoting.goQuoted(parameter.name)) parameter: \(error.message).",
          site(index), expression, call, scope)
      } else {
        report(
          "Error in function call",
          "Call to function \(Quoting.goQuoted(call.name)) failed: \(error.message)"
            + FunctionError.endMark(error.message),
          at: expression.startSpan, in: expression.span, blaming: expression, scope,
          call: call.name)
      }
      return .unknown()
    }
  }

  /// Several problems in the words for one.
  private static func summary(of problems: [Problem]) -> String {
    guard let first = problems.first else { return "" }
    let place = first.subject.map { Problem.placeMarker($0) + ": " } ?? ""
    let more = problems.count > 1 ? ", and \(problems.count - 1) other diagnostic(s)" : ""
    return "\(place)\(first.summary); \(first.detail)\(more)"
  }

  private mutating func reportArgument(
    _ detail: String, _ argument: Expression, _ expression: Expression, _ call: Expression.Call,
    _ scope: Scope
  ) {
    report(
      "Invalid function argument", detail, at: argument.startSpan, in: expression.span,
      blaming: argument, scope, call: call.name)
  }

  /// An argument before it is looked at: as it is written, or an element of an expanded one.
  private enum Operand {
    case expression(Expression)
    case value(Value)
  }

  private mutating func evaluate(_ operand: Operand, _ scope: Scope) -> (Value, [Problem]) {
    switch operand {
    case .expression(let expression): separately(expression, in: scope)
    case .value(let value): (value, [])
    }
  }

  /// The arguments of a call, a final `...` expanded; `nil` if that cannot be done or not yet.
  private mutating func operands(
    of expression: Expression, _ call: Expression.Call, _ scope: Scope
  ) -> [Operand]? {
    let written = call.arguments.map { Operand.expression(expression.child($0)) }
    guard call.expandsFinal, let last = call.arguments.last else { return written }
    let argument = expression.child(last)
    let (value, found) = separately(argument, in: scope)
    problems += found
    if found.hasErrors { return nil }
    if value.isNull {
      report(
        "Invalid expanding argument value",
        "The expanding argument (indicated by ...) must not be null.", at: argument.span,
        in: expression.span, blaming: argument, scope, call: call.name)
      return nil
    }
    if value.type == .dynamic { return nil }
    guard value.type.isTuple || value.type.isList || value.type.isSet else {
      report(
        "Invalid expanding argument value",
        "The expanding argument (indicated by ...) must be of a tuple, list, or set type.",
        at: argument.span, in: expression.span, blaming: argument, scope, call: call.name)
      return nil
    }
    guard let elements = value.elements else { return nil }
    return written.dropLast() + elements.map { .value($0.marked(value.marks)) }
  }

  private mutating func reportUnknownFunction(
    _ expression: Expression, _ call: Expression.Call, _ scope: Scope
  ) {
    guard let table = scope.callable else {
      report(
        "Function calls not allowed", "Functions may not be called here.", at: expression.span,
        in: expression.span, blaming: expression, scope)
      return
    }
    if let colons = call.name.range(of: "::", backwards: true) {
      let namespace = String(call.name[..<colons.lowerBound]) + "::"
      let short = String(call.name[colons.upperBound...])
      reportProviderFunction(namespace, short, expression, call, scope)
      return
    }
    let hint = NameSuggestion.nearest(to: call.name, among: table.names)
    report(
      "Call to unknown function",
      "There is no function named \(Quoting.goQuoted(call.name))."
        + (hint.map { " Did you mean \(Quoting.goQuoted($0))?" } ?? ""),
      at: call.nameSpan, in: expression.span, blaming: expression, scope)
  }

  private mutating func reportProviderFunction(
    _ namespace: String, _ short: String, _ expression: Expression, _ call: Expression.Call,
    _ scope: Scope
  ) {
    if !explainsProviderFunctions,
      namespace != FunctionTable.builtInNamespace || scope.callable?.hasBuiltInProvider != true
    {
      return report(
        "Call to unknown function",
        "There are no functions in namespace \(Quoting.goQuoted(namespace)).", at: call.nameSpan,
        in: expression.span, blaming: expression, scope)
    }
    let detail: String
    if namespace == FunctionTable.builtInNamespace,
      scope.callable?.hasBuiltInProvider == true
    {
      detail =
        "The function \(Quoting.goQuoted(short)) is not available from the provider \"terraform\"."
    } else if namespace.hasPrefix("provider::") {
      let provider = namespace.dropFirst(10).dropLast(2)
      detail =
        "There is no function named \(Quoting.goQuoted(namespace + short)). Ensure that provider name \(Quoting.goQuoted(String(provider))) is declared in this module's required_providers block, and that this provider offers a function named \(Quoting.goQuoted(short))."
    } else {
      detail =
        "The function namespace \(Quoting.goQuoted(String(namespace.dropLast(2)))) is not valid. Provider function calls must use the \"provider::\" namespace prefix."
    }
    report(
      "Unknown provider function", detail, at: call.nameSpan, in: expression.span,
      blaming: expression, scope)
  }

  // MARK: - Calls that see expressions instead of values

  private mutating func attempt(
    _ name: String, _ expression: Expression, _ call: Expression.Call, _ scope: Scope
  ) -> Value {
    guard let operands = operands(of: expression, call, scope) else { return .unknown() }
    guard !operands.isEmpty else {
      if name == "can" {
        report(
          "Not enough function arguments",
          "Function \"can\" expects 1 argument(s). Missing value for \"expression\".",
          at: call.closeParen, in: expression.span, blaming: expression, scope, call: call.name)
      } else {
        report(
          "Error in function call",
          "Call to function \"try\" failed: at least one argument is required.",
          at: expression.startSpan, in: expression.span, blaming: expression, scope,
          call: call.name)
      }
      return .unknown()
    }
    if name == "can" {
      guard operands.count == 1 else {
        let extra = expression.child(call.arguments[min(1, call.arguments.count - 1)])
        report(
          "Too many function arguments", "Function \"can\" expects only 1 argument(s).",
          at: call.expandsFinal ? extra.span : extra.startSpan, in: expression.span,
          blaming: expression, scope, call: call.name)
        return .unknown()
      }
      let (value, found) = evaluate(operands[0], scope)
      if !found.hasErrors, !value.isWhollyKnown, dependsOnUnknowns(operands[0], scope) {
        return .unknown(.bool, .notNull)
      }
      return .bool(!found.hasErrors)
    }
    var failures: [Problem] = []
    for operand in operands {
      let (value, found) = evaluate(operand, scope)
      if found.hasErrors {
        failures += found
        continue
      }
      // What depends on something unknown may yet fail, and then the next argument would count.
      if !value.isWhollyKnown, dependsOnUnknowns(operand, scope) { return .unknown() }
      return value
    }
    let listed = failures.map { problem in
      let place = problem.subject.map { " (at \(Problem.placeMarker($0)))" } ?? ""
      return "- \(problem.summary)\(place)\n  \(problem.detail)"
    }
    report(
      "Error in function call",
      "Call to function \"try\" failed: no expression succeeded:\n\(listed.joined(separator: "\n"))\n\nAt least one expression must produce a successful result.",
      at: expression.startSpan, in: expression.span, blaming: expression, scope, call: call.name)
    return .unknown()
  }

  private func dependsOnUnknowns(_ operand: Operand, _ scope: Scope) -> Bool {
    guard case .expression(let expression) = operand else { return false }
    return Observation.references(in: expression).contains { traversal in
      guard let value = Observation.value(of: traversal, scope) else { return true }
      return !value.isWhollyKnown
    }
  }
}

extension String {
  /// The first or last place of another text.
  fileprivate func range(of text: String, backwards: Bool) -> Range<String.Index>? {
    let found = backwards ? self.ranges(of: text).last : self.firstRange(of: text)
    return found
  }
}
