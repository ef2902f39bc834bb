internal import SourceText

/// Works out what a configuration would create, on an empty state and without plugins.
final class Planner {
  private(set) var problems: [Problem] = []
  private(set) var resources: [Plan.Resource] = []
  private let root: Module

  init(_ root: Module) { self.root = root }

  func run(_ inputs: [String: Value], _ functions: FunctionTable) -> Plan {
    let instance = ModuleInstance(
      root, address: "", inputs: inputs, functions: functions, planner: self)
    visit(instance)
    var plan = Plan()
    for name in root.outputs.keys.sorted() {
      guard let declaration = root.outputs[name] else { continue }
      let value = instance.output(name)
      if !declaration.isSensitive, value.deepMarks.contains(.sensitive) {
        problems.append(
          Problem(
            .error, "Output refers to sensitive values",
            "To reduce the risk of accidentally exporting sensitive data that was intended to be only internal, Terraform requires that any root module output containing sensitive data be explicitly marked as sensitive, to confirm your intent.\n\nIf you do intend to export this data, annotate the output value as sensitive by adding the following argument:\n    sensitive = true",
            at: declaration.span))
      }
      plan.outputs.append(
        Plan.Output(name: name, value: value, isSensitive: declaration.isSensitive))
    }
    plan.resources = resources.sorted { $0.order < $1.order }
    plan.variables = inputs
    plan.isErrored = problems.hasErrors
    return plan
  }

  private func visit(_ instance: ModuleInstance) {
    for address in instance.module.order { _ = instance.resource(address) }
    for name in instance.module.calls.keys.sorted() {
      for child in instance.instances(name) { visit(child.instance) }
    }
    for name in instance.module.outputs.keys.sorted() { _ = instance.output(name) }
    for name in instance.module.locals.keys.sorted() {
      let span =
        instance.module.locals[name]?.span
        ?? SourceSpan(file: SourceFile.ID(rawValue: 0), bytes: 0..<0)
      _ = instance.value(
        of: Reference(subject: .local(name), hasKey: false, remaining: [], span: span),
        in: EvaluationContext())
    }
    for name in instance.module.checks.keys.sorted() {
      let context = EvaluationContext(check: name)
      let rules = instance.module.checks[name]?.assertions ?? []
      _ = check(
        rules, instance, context, summary: "Check block assertion failed", severity: .warning)
    }
  }

  /// The value of an expression, or `nil` where it has none; what is wrong is kept.
  func evaluate(
    _ expression: Expression, _ resolver: ModuleInstance, _ context: EvaluationContext
  ) -> Value? {
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, resolver, context)
    problems += evaluator.problems
    return evaluator.problems.hasErrors ? nil : value
  }

  struct Expansion {
    var repetition: Repetition
    var instances: [(key: Plan.InstanceKey?, context: EvaluationContext)]
  }

  func expansion(
    _ count: Expression?, _ forEach: Expression?, _ resolver: ModuleInstance
  ) -> Expansion {
    var evaluator = Evaluator()
    defer { problems += evaluator.problems }
    if let count {
      guard case .count(let number)? = evaluator.count(count, resolver, allowsUnknown: false) else {
        return Expansion(repetition: .unknown, instances: [])
      }
      return Expansion(
        repetition: .count(number),
        instances: (0..<number).map {
          (.index($0), EvaluationContext(countIndex: .number(Number($0))))
        })
    }
    if let forEach {
      guard let value = evaluator.forEach(forEach, resolver, allowsUnknown: false) else {
        return Expansion(repetition: .unknown, instances: [])
      }
      let pairs = value.pairs
      return Expansion(
        repetition: .keys(pairs.compactMap(\.key.stringValue)),
        instances: pairs.map { key, value in
          (.name(key.stringValue ?? ""), EvaluationContext(eachKey: key, eachValue: value))
        })
    }
    return Expansion(repetition: .single, instances: [(nil, EvaluationContext())])
  }

  /// The values of a called module's variables.
  func arguments(
    _ call: Module.Call, _ child: Module, _ parent: ModuleInstance, _ context: EvaluationContext,
    address: String
  ) -> [String: Value] {
    var values: [String: Value] = [:]
    for (name, variable) in child.variables {
      let argument = call.arguments.first { $0.name == name }
      let expression = argument.map { call.tree.expression($0.expression) }
      var given = expression.flatMap { evaluate($0, parent, context) }
      if given == nil, expression != nil {
        given = .unknown(variable.constraint.type.withoutOptionals)
      }
      values[name] = finish(variable, given, at: expression?.span, address: address)
    }
    for (name, variable) in child.variables.sorted(by: { $0.key < $1.key })
    where !variable.validations.isEmpty {
      let instance = ModuleInstance(
        child, address: address, inputs: values, functions: parent.functions, planner: self)
      let span = call.arguments.first { $0.name == name }.map {
        call.tree.expression($0.expression).span
      }
      validate(variable, instance, at: span)
    }
    return values
  }

  /// A variable's value: converted, defaults filled in, marks put on.
  func finish(
    _ variable: Module.Variable, _ given: Value?, at span: SourceSpan?, address: String,
    source: String? = nil
  ) -> Value {
    var value = given ?? variable.defaultValue ?? .null(variable.constraint.type.withoutOptionals)
    do throws(ConversionError) {
      let complete =
        variable.constraint.defaults?.apply(to: value, variable.constraint.type) ?? value
      value = try complete.converted(to: variable.constraint.type)
    } catch {
      let place = (address.isEmpty ? "" : address + ".") + "var.\(variable.name)"
      problems.append(
        source.map {
          Problem(
            .error, "Invalid value for input variable",
            "Unsuitable value for \(place) \($0): \(error.located).", at: variable.span)
        }
          ?? Problem(
            .error, "Invalid value for input variable",
            "The given value is not suitable for \(place) declared at \(Problem.placeMarker(variable.span)): \(error.located).",
            at: span))
      value = .unknown(variable.constraint.type.withoutOptionals)
    }
    if value.isNull, !variable.isNullable, let fallback = variable.defaultValue { value = fallback }
    if variable.isSensitive { value = value.marked(.sensitive) }
    if variable.isEphemeral { value = value.marked(.ephemeral) }
    return value
  }

  func validate(_ variable: Module.Variable, _ instance: ModuleInstance, at span: SourceSpan?) {
    for rule in variable.validations {
      guard let condition = rule.condition,
        let value = evaluate(condition, instance, EvaluationContext()),
        let holds = (try? value.converted(to: .bool))?.boolValue, !holds
      else { continue }
      let message = rule.message.flatMap { evaluate($0, instance, EvaluationContext()) }
      let text = message?.unmarked.stringValue ?? "The validation rule failed."
      var problem = Problem(
        .error, "Invalid value for variable",
        text.trimmedEnd
          + "\n\nThis was checked by the validation rule at \(Problem.placeMarker(rule.span)).",
        at: span ?? variable.span)
      var evaluator = Evaluator()
      if let scope = evaluator.scope(for: [condition], instance, EvaluationContext()) {
        problem.values = Observation.values(condition, scope)
      }
      problems.append(problem)
    }
  }

  /// Whether all conditions hold; those that do not are reported.
  func check(
    _ rules: [Module.CheckRule], _ instance: ModuleInstance, _ context: EvaluationContext,
    summary: String, severity: Diagnostic.Severity = .error
  ) -> Bool {
    var isSound = true
    for rule in rules {
      guard let condition = rule.condition else { continue }
      guard let value = evaluate(condition, instance, context) else {
        isSound = false
        continue
      }
      guard let holds = (try? value.converted(to: .bool))?.boolValue else { continue }
      if holds { continue }
      if severity == .error { isSound = false }
      let message = rule.message.flatMap { evaluate($0, instance, context) }
      var text =
        message?.unmarked.stringValue ?? "This check failed, but has an invalid error message."
      if message?.marks.contains(.sensitive) == true {
        text = "The error message included a sensitive value, so it will not be displayed."
      }
      var problem = Problem(severity, summary, text.trimmedEnd, at: condition.span)
      var evaluator = Evaluator()
      if let scope = evaluator.scope(for: [condition], instance, context) {
        problem.values = Observation.values(condition, scope)
      }
      problems.append(problem)
    }
    return isSound
  }

  func plan(_ resource: Module.Resource, _ instance: ModuleInstance) -> Value {
    let expansion = expansion(resource.count, resource.forEach, instance)
    var values: [(Plan.InstanceKey?, Value)] = []
    for (key, context) in expansion.instances {
      values.append((key, planInstance(resource, instance, key, context)))
    }
    switch expansion.repetition {
    case .single: return values.first?.1 ?? .unknown()
    case .count: return .tuple(values.map(\.1))
    case .keys: return ModuleInstance.keyed(values)
    case .unknown: return .unknown()
    }
  }

  private func planInstance(
    _ resource: Module.Resource, _ instance: ModuleInstance, _ key: Plan.InstanceKey?,
    _ context: EvaluationContext
  ) -> Value {
    guard let schema = BuiltInProvider.attributes(of: resource.address),
      resource.address.mode == .managed
    else {
      problems.append(
        Problem(
          .error, "Provider needed",
          "Planning \(resource.address) needs its provider, which this version does not run. Only terraform_data can be planned without one.",
          at: resource.span))
      return .unknown()
    }
    guard check(resource.preconditions, instance, context, summary: "Resource precondition failed")
    else { return .unknown() }
    var after: [String: Value] = [:]
    for (name, attribute) in schema { after[name] = .null(attribute.type) }
    for attribute in resource.body.attributes where schema[attribute.name] != nil {
      let expression = resource.tree.expression(attribute.expression)
      guard let value = evaluate(expression, instance, context) else { return .unknown() }
      after[attribute.name] = value
    }
    after["id"] = .unknown(.string, .notNull)
    if let input = after["input"], !input.isNull {
      after["output"] = Value.unknown(input.type).marked(input.marks)
    }
    let planned = Value.object(after)
    let address = instance.qualified(resource.address.description + (key?.text ?? ""))
    var index = -1
    var name = ""
    switch key {
    case .index(let number)?: index = number
    case .name(let text)?: name = text
    case nil: break
    }
    // Resources of a module come before those of the modules it calls.
    let parts = [instance.address, resource.address.type, resource.address.name]
    resources.append(
      Plan.Resource(
        address: address, module: instance.address, type: resource.address.type,
        name: resource.address.name, key: key,
        order: Plan.SortKey(parts: parts, index: index, key: name), after: planned))
    var inner = context
    inner.this = resource.address
    inner.thisValue = planned
    _ = check(resource.postconditions, instance, inner, summary: "Resource postcondition failed")
    return planned
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
