internal import SourceText

extension Validator {
  /// Imports into modules that are not there.
  static func importsIntoMissingModules(in root: Module) -> [Problem] {
    importsIntoModules(of: root) { target, home, _ in
      home == nil
        ? "The configuration for the given import target \(target.description) does not exist. All target instances must have an associated configuration to be imported."
        : nil
    }
  }

  /// Imports of resources that a module does not have; only of the root module's they can be made.
  static func importsOfMissingResources(in root: Module) -> [Problem] {
    importsIntoModules(of: root) { target, home, address in
      home?.resources[address] == nil
        ? "Resource \(target.description) not found. Only resources within the root module are eligible for config generation."
        : nil
    }
  }

  private static func importsIntoModules(
    of root: Module, _ refusal: (TargetAddress, Module?, ResourceAddress) -> String?
  ) -> [Problem] {
    root.imports.compactMap { item in
      guard let target = item.target?.whole, let to = item.to, let address = target.resource,
        !target.path.isEmpty, let detail = refusal(target, root.descendant(target.path), address)
      else { return nil }
      return Problem(
        .error, "Configuration for import target does not exist", detail, at: to.expression.span)
    }
  }

  /// The imports of the root module, together for each resource, as they belong to what is said of
  /// it.
  mutating func visitImports(of root: Module, _ resolver: ModuleResolver) {
    var order: [String] = []
    var groups: [String: [Module.Import]] = [:]
    for item in root.imports {
      guard let key = item.target?.whole.description else { continue }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(item)
    }
    for key in order {
      guard let items = groups[key], let target = items.first?.target?.whole,
        let address = target.resource, let home = root.descendant(target.path)
      else { continue }
      node(key, root) {
        $0.visit(items, into: home.resources[address], address, root, resolver)
      }
    }
  }

  private mutating func visit(
    _ items: [Module.Import], into declared: Module.Resource?, _ address: ResourceAddress,
    _ root: Module, _ resolver: ModuleResolver
  ) {
    for item in items {
      if declared == nil, let to = item.to {
        if to.isConstant, item.forEach != nil || item.target?.key != nil {
          report(
            "Configuration for import target does not exist",
            "The given import block is not compatible with config generation. The -generate-config-out option cannot be used with import blocks which use for_each, or resources which use for_each or count.",
            at: to.expression.span)
          return
        }
      }
      let mark = problems.count
      visit(item, into: declared, address, resolver)
      if problems[mark...].hasErrors { return }
    }
  }

  private mutating func report(_ summary: String, _ detail: String, at span: SourceSpan) {
    problems.append(Problem(.error, summary, detail, at: span))
  }

  private mutating func visit(
    _ item: Module.Import, into declared: Module.Resource?, _ address: ResourceAddress,
    _ resolver: ModuleResolver
  ) {
    guard let to = item.to, let id = item.id else { return }
    if let target = item.target, target.path.isEmpty, refersToItself(id, address) { return }
    guard let forEach = item.forEach else {
      guard to.isConstant, let target = item.target else {
        report(
          "Invalid expression",
          "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
          at: to.expression.span)
        var problem = Problem(
          .error, "Invalid address",
          "A resource instance address is required here. The module path must be followed by a resource instance specification."
        )
        problem.isOutsideFiles = true
        problems.append(problem)
        return
      }
      if hasRightKey(target, declared, to) { checkID(id, resolver, EvaluationContext()) }
      return
    }
    for (key, value) in elements(of: forEach, resolver) {
      var evaluator = Evaluator()
      let scope = Scope(variables: ["each": .object(["key": key, "value": value])])
      let traversal = to.traversal(&evaluator, scope)
      problems += evaluator.problems.map { problem in
        guard problem.summary == "Unknown variable" else { return problem }
        var copy = problem
        copy.detail +=
          "Only \"each.key\" and \"each.value\" can be used in import address index expressions."
        return copy
      }
      guard let traversal else { return }
      switch TargetAddress.parse(traversal) {
      case .failure(let error):
        problems.append(error.problem)
        return
      case .success(let target):
        guard hasRightKey(target, declared, to),
          checkID(id, resolver, EvaluationContext(eachKey: key, eachValue: value))
        else { return }
      }
    }
  }

  private mutating func refersToItself(_ id: Expression, _ address: ResourceAddress) -> Bool {
    let mark = problems.count
    for traversal in Observation.references(in: id) {
      guard case .success(let reference) = Reference.parse(traversal),
        reference.subject == .resource(address)
      else { continue }
      report(
        "Invalid import id argument",
        "The import ID cannot reference the resource being imported.", at: reference.span)
    }
    return problems.count > mark
  }

  /// What an import is repeated over, as far as it is known: lists count as maps by position.
  private mutating func elements(
    of expression: Expression, _ resolver: ModuleResolver
  ) -> [(key: Value, value: Value)] {
    var evaluator = Evaluator()
    evaluator.explainsProviderFunctions = false
    defer { problems += evaluator.problems }
    guard let scope = evaluator.scope(for: [expression], resolver, EvaluationContext()) else {
      return []
    }
    let value = evaluator.evaluate(expression, in: scope).unmarked
    if evaluator.problems.hasErrors || value.isNull || !value.isWhollyKnown { return [] }
    if let attributes = value.attributes {
      return attributes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { (.string($0.key), $0.value) }
    }
    guard let elements = value.elements else {
      evaluator.report(
        "Invalid for_each argument", "The \"for_each\" expression must be a collection.",
        at: expression.span, blaming: expression, scope)
      return []
    }
    if value.type.isSet { return elements.map { ($0, $0) } }
    return elements.enumerated().map { (.count($0.offset), $0.element) }
  }

  /// Whether an instance has the kind of key that the resource's instances have.
  private mutating func hasRightKey(
    _ target: TargetAddress, _ resource: Module.Resource?, _ to: ImportTarget
  ) -> Bool {
    let detail: String
    switch target.key?.isNumber {
    case true?:
      if resource?.count != nil { return true }
      detail = "The target resource does not use count."
    case false?:
      if resource?.forEach != nil { return true }
      detail = "The target resource does not use for_each."
    case nil:
      guard resource?.count != nil || resource?.forEach != nil else { return true }
      detail = "The target resource is using \(resource?.count != nil ? "count" : "for_each")."
    }
    report("Invalid import 'to' expression", detail, at: to.expression.span)
    return false
  }

  @discardableResult
  private mutating func checkID(
    _ id: Expression, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) -> Bool {
    var evaluator = Evaluator()
    defer { problems += evaluator.problems }
    guard let scope = evaluator.scope(for: [id], resolver, context) else { return false }
    let (value, found) = evaluator.separately(id, in: scope)
    evaluator.problems += found
    if found.hasErrors { return false }
    let summary = "Invalid import id argument"
    do throws(ConversionError) {
      let text = try value.converted(to: .string)
      if text.isNull {
        report(summary, "The import ID cannot be null.", at: id.span)
        return false
      }
      if text.unmarked.stringValue == "" {
        report(
          summary,
          "The import ID value evaluates to an empty string, please provide a non-empty value.",
          at: id.span)
        return false
      }
      return true
    } catch {
      evaluator.report(
        "Incorrect value type", "Invalid expression value: \(error.located).", at: id.span,
        blaming: id, scope)
      return false
    }
  }
}
