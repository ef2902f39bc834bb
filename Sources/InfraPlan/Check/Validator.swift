internal import SourceText

extension Configuration {
  /// What is wrong with the configuration, as `terraform validate` says it: first the files
  /// themselves; where they are sound, references, types and the rules of each block.
  ///
  /// - Parameters:
  ///   - functions: What expressions may call; by default all functions, files read in the
  ///     configuration's own folders.
  ///   - schemas: What providers accept; resources of other providers are checked for what the
  ///     language says of them.
  public func validate(
    functions: FunctionTable? = nil, schemas: ProviderSchemas? = nil
  ) -> [Problem] {
    if problems.hasErrors { return problems.naming(files) }
    // Each stage is only of interest where the one before found nothing wrong.
    let stages: [() -> [Problem]] = [
      { LanguageVersion.problems(in: root) },
      { Validator.callProblems(in: root) },
      { Validator.importsIntoMissingModules(in: root) },
      { Validator.importsOfMissingResources(in: root) },
      { Validator.missingProvisioners(in: root) },
      { ProviderPassing.missing(in: root) + Validator.missingConfigurations(in: root) },
      {
        DependencyGraph(root).cycles().map {
          Problem(.error, "Cycle: " + $0.joined(separator: ", "))
        }
      },
      {
        let table =
          functions ?? FunctionTable(baseFolder: root.folder, readableFolders: root.allFolders)
        var validator = Validator(functions: table, schemas: schemas)
        validator.visit(root)
        return validator.told(by: DependencyGraph(root))
      },
    ]
    for stage in stages {
      let found = stage()
      if !found.isEmpty { return (problems + found).naming(files) }
    }
    return problems.naming(files)
  }
}

/// Walks the modules and evaluates every expression with unknown inputs.
struct Validator {
  let functions: FunctionTable
  var problems: [Problem] = []
  /// Which declarations have errors, and where the problems of each stand.
  private var findings: [(key: String, problems: Range<Int>)] = []

  let schemas: ProviderSchemas?

  init(functions: FunctionTable, schemas: ProviderSchemas? = nil) {
    self.functions = functions
    self.schemas = schemas
  }

  /// Looks at one declaration and notes what was found in it.
  mutating func node(
    _ key: String, _ module: Module, _ body: (inout Validator) -> Void
  ) {
    let mark = problems.count
    body(&self)
    if problems.count > mark { findings.append((module.address(key), mark..<problems.count)) }
  }

  /// The problems, without those of declarations that need something that is wrong itself: what
  /// they would have to say may come from that.
  func told(by graph: DependencyGraph) -> [Problem] {
    let failed = findings.filter { problems[$0.problems].hasErrors }.map(\.key)
    let blocked = graph.blocked(by: Set(failed))
    var silent = IndexSet(count: problems.count)
    for finding in findings where blocked.contains(finding.key) { silent.insert(finding.problems) }
    return problems.indices.filter { !silent.contains($0) }.map { problems[$0] }
  }

  /// Some positions out of so many.
  private struct IndexSet {
    private var isMember: [Bool]
    init(count: Int) { isMember = Array(repeating: false, count: count) }
    mutating func insert(_ range: Range<Int>) { for index in range { isMember[index] = true } }
    func contains(_ index: Int) -> Bool { isMember[index] }
  }

  mutating func visit(_ module: Module) {
    let resolver = ModuleResolver(module, functions)
    for name in module.locals.keys.sorted() {
      node("local.\(name)", module) {
        if $0.refersToItself(name, module) { return }
        _ = resolver.local(name)
        $0.problems += resolver.localProblems[name] ?? []
      }
    }
    for name in module.variables.keys.sorted() {
      guard let variable = module.variables[name] else { continue }
      node("var.\(name) (validation)", module) {
        $0.checkRules(of: variable, module, resolver)
      }
    }
    for address in module.order {
      guard let resource = module.resources[address] else { continue }
      node(address.description, module) { $0.visit(resource, module, resolver) }
    }
    for name in module.calls.keys.sorted() {
      if let call = module.calls[name] { visit(call, module, resolver) }
    }
    for name in module.outputs.keys.sorted() {
      guard let output = module.outputs[name] else { continue }
      node("output.\(name)", module) { $0.visit(output, module, resolver) }
    }
    for name in module.checks.keys.sorted() {
      let context = EvaluationContext(check: name)
      node("check.\(name)", module) {
        for rule in module.checks[name]?.assertions ?? [] {
          $0.check(rule, of: .assertion, resolver, context)
        }
      }
    }
    for provider in module.providerConfigurations {
      // Modules below use the same configuration, so it is known by its name alone.
      let mark = problems.count
      visitConfiguration(provider, module, resolver)
      if problems.count > mark {
        findings.append(("provider." + provider.name, mark..<problems.count))
      }
    }
    if module.path.isEmpty { visitImports(of: module, resolver) }
    for name in module.children.keys.sorted() {
      if let child = module.children[name] { visit(child) }
    }
  }

  @discardableResult
  mutating func evaluate(
    _ expression: Expression, _ resolver: ModuleResolver, _ context: EvaluationContext,
    address: String? = nil
  ) -> (value: Value, isSound: Bool) {
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, resolver, context)
    problems += evaluator.problems.map { problem in
      var copy = problem
      if copy.address == nil { copy.address = address }
      return copy
    }
    return (value, !evaluator.problems.hasErrors)
  }

  /// The entries of `depends_on`: each must be a whole object, and up to the first that is wrong
  /// each must be there.
  mutating func checkDependencies(_ traversals: [Traversal], _ resolver: ModuleResolver) {
    var found: [Problem] = []
    for traversal in traversals {
      let reference: Reference
      switch Reference.parse(traversal) {
      case .success(let named): reference = named
      case .failure(let error):
        found.append(error.problem)
        continue
      }
      var rest = reference.remaining[...]
      // An output of a module is a whole object, too.
      if case .module = reference.subject { rest = rest.dropFirst() }
      if let first = rest.first, let last = rest.last {
        found.append(
          Problem(
            .error, "Invalid depends_on reference",
            "References in depends_on must be to a whole object (resource, etc), not to an attribute of an object.",
            at: .between(first.span, last.span)))
      }
      if found.hasErrors { continue }
      found += resolver.check(reference, in: EvaluationContext())
      if found.hasErrors { continue }
      if case .failure(let error) = resolver.value(of: reference, in: EvaluationContext()) {
        found.append(error.problem)
      }
    }
    problems += found
  }

  /// The context of a block's expressions: with `count` or `for_each`, keys exist but are unknown.
  mutating func repetition(
    _ count: Expression?, _ forEach: Expression?, _ resolver: ModuleResolver
  ) -> EvaluationContext {
    var context = EvaluationContext()
    var evaluator = Evaluator()
    if let count {
      _ = evaluator.count(count, resolver, allowsUnknown: true)
      context.countIndex = .unknown(.number)
    }
    if let forEach {
      _ = evaluator.forEach(forEach, resolver, allowsUnknown: true)
      context.eachKey = .unknown(.string)
      context.eachValue = .unknown()
    }
    problems += evaluator.problems
    return context
  }

  /// The built-in provider takes no arguments; of others we do not know them.
  mutating func visitConfiguration(
    _ provider: Module.ProviderConfiguration, _ module: Module, _ resolver: ModuleResolver
  ) {
    if provider.name == "terraform" {
      guard module.usesProvider(provider) else { return }
      let mark = problems.count
      _ = BodyContent(provider.body, BodySchema(), &problems)
      if problems.count > mark { return }
    }
    for attribute in provider.body.attributes {
      evaluate(
        provider.tree.expression(attribute.expression), resolver, EvaluationContext())
    }
  }

  mutating func visit(
    _ output: Module.Output, _ module: Module, _ resolver: ModuleResolver
  ) {
    checkDependencies(output.dependsOn, resolver)
    for rule in output.preconditions { check(rule, of: .output, resolver, EvaluationContext()) }
    if module.path.isEmpty, output.isEphemeral {
      problems.append(
        Problem(
          .error, "Ephemeral output not allowed",
          "Ephemeral outputs are not allowed in context of a root module", at: output.span))
      return
    }
    guard let expression = output.value else { return }
    let (value, isSound) = evaluate(expression, resolver, EvaluationContext())
    guard isSound else { return }
    if module.path.isEmpty, !output.isSensitive, value.deepMarks.contains(.sensitive) {
      problems.append(
        Problem(
          .error, "Output refers to sensitive values",
          "To reduce the risk of accidentally exporting sensitive data that was intended to be only internal, Terraform requires that any root module output containing sensitive data be explicitly marked as sensitive, to confirm your intent.\n\nIf you do intend to export this data, annotate the output value as sensitive by adding the following argument:\n    sensitive = true",
          at: output.span))
    }
    if !output.isEphemeral, value.deepMarks.contains(.ephemeral) {
      problems.append(
        Problem(
          .error, "Ephemeral value not allowed",
          "This output value is not declared as returning an ephemeral value, so it cannot be set to a result derived from an ephemeral value.",
          at: expression.span))
    }
  }
}
