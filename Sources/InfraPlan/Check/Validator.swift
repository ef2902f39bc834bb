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
      { Validator.selfReferences(in: root) + ProviderPassing.missing(in: root) },
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
        return validator.problems
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

  private let schemas: ProviderSchemas?

  init(functions: FunctionTable, schemas: ProviderSchemas? = nil) {
    self.functions = functions
    self.schemas = schemas
  }

  mutating func visit(_ module: Module) {
    let resolver = ModuleResolver(module, functions)
    for name in module.locals.keys.sorted() {
      _ = resolver.local(name)
      problems += resolver.localProblems[name] ?? []
    }
    for name in module.variables.keys.sorted() {
      guard let variable = module.variables[name] else { continue }
      for rule in variable.validations { check(rule, resolver, EvaluationContext()) }
    }
    for address in module.order {
      if let resource = module.resources[address] { visit(resource, module, resolver) }
    }
    for name in module.calls.keys.sorted() {
      if let call = module.calls[name] { visit(call, module, resolver) }
    }
    for name in module.outputs.keys.sorted() {
      if let output = module.outputs[name] { visit(output, module, resolver) }
    }
    for name in module.checks.keys.sorted() {
      let context = EvaluationContext(check: name)
      for rule in module.checks[name]?.assertions ?? [] { check(rule, resolver, context) }
    }
    for provider in module.providerConfigurations {
      visitConfiguration(provider, module, resolver)
    }
    for item in module.imports { check(item, module, resolver) }
    for name in module.children.keys.sorted() {
      if let child = module.children[name] { visit(child) }
    }
  }

  @discardableResult
  private mutating func evaluate(
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

  private mutating func check(
    _ rule: Module.CheckRule, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) {
    if let condition = rule.condition {
      let (value, isSound) = evaluate(condition, resolver, context)
      // What will come of an unknown value is seen when it is known.
      if isSound, value.isKnown {
        do throws(ConversionError) { _ = try value.converted(to: .bool) } catch {
          problems.append(
            Problem(
              .error, "Invalid condition result",
              "Invalid condition result value: \(error.message).", at: condition.span))
        }
      }
    }
    if let message = rule.message { evaluate(message, resolver, context) }
  }

  private mutating func references(
    _ traversals: [Traversal], _ module: Module
  ) {
    for traversal in traversals {
      switch Reference.parse(traversal) {
      case .failure(let error): problems.append(error.problem)
      case .success(let reference):
        if let step = reference.remaining.first {
          problems.append(
            Problem(
              .error, "Invalid depends_on reference",
              "References in depends_on must be to a whole object (resource, etc), not to an attribute of an object.",
              at: step.span))
          continue
        }
        // A module that is not there is found when it is looked for.
        if case .resource = reference.subject {
          problems += ModuleResolver.check(reference, in: EvaluationContext(), module)
        }
      }
    }
  }

  /// The context of a block's expressions: with `count` or `for_each`, keys exist but are unknown.
  private mutating func repetition(
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

  private mutating func visit(
    _ resource: Module.Resource, _ module: Module, _ resolver: ModuleResolver
  ) {
    var context = repetition(resource.count, resource.forEach, resolver)
    context.check = resource.check
    references(resource.dependsOn, module)
    problems += resource.provisionerProblems
    checkProvider(resource, module)
    let schema = BuiltInProvider.attributes(of: resource.address)
    let mark = problems.count
    var backend: (name: String?, span: SourceSpan)?
    if let schema {
      checkArguments(resource, schema, module)
    } else if resource.address.type.hasPrefix("terraform_") {
      reportUnknownType(
        resource, "terraform.io/builtin/terraform", BuiltInProvider.types(resource.address.mode))
    }
    for attribute in resource.body.attributes where schema?[attribute.name] != nil || schema == nil
    {
      let expression = resource.tree.expression(attribute.expression)
      let (value, isSound) = evaluate(expression, resolver, context)
      guard isSound, let wanted = schema?[attribute.name], !wanted.isComputed else { continue }
      if value.deepMarks.contains(.ephemeral) {
        problems.append(
          Problem(
            .error, "Invalid use of ephemeral value",
            "Ephemeral values are not valid for \(Quoting.goQuoted(attribute.name)), because it is not a write-only attribute and must be persisted to state.",
            at: expression.span, address: module.address(resource.address.description)))
      }
      if attribute.name == "backend" { backend = (value.stringValue, expression.span) }
      do throws(ConversionError) { _ = try value.converted(to: wanted.type) } catch {
        problems.append(
          Problem(
            .error, "Incorrect attribute value type",
            "Inappropriate value for attribute \(Quoting.goQuoted(attribute.name)): \(error.message).",
            at: expression.span))
      }
    }
    if let schema, !problems[mark...].hasErrors {
      checkWithProvider(resource, schema, backend, module)
    }
    if schema == nil, !problems[mark...].hasErrors {
      checkSchema(resource, module, resolver, context)
    }
    if schema == nil { visitBlocks(resource.body.blocks, resource.tree, resolver, context) }
    for rule in resource.preconditions { check(rule, resolver, context) }
    context.this = resource.address
    visitProvisioners(resource, resolver, context)
    for rule in resource.postconditions { check(rule, resolver, context) }
    if let schema {
      for traversal in resource.ignoreChanges where schema[traversal.root] == nil {
        problems.append(
          Problem(
            .error, "Unsupported attribute",
            "This object has no argument, nested block, or exported attribute named \(Quoting.goQuoted(traversal.root))."
              + ReferenceMessages.hint(traversal.root, schema.keys), at: traversal.rootSpan))
      }
      for traversal in resource.ignoreChanges where schema[traversal.root]?.isComputed == true {
        problems.append(
          Problem(
            .warning, "Redundant ignore_changes element",
            "Adding an attribute name to ignore_changes tells Terraform to ignore future changes to the argument in configuration after the object has been created, retaining the value originally configured.\n\nThe attribute \(traversal.root) is decided by the provider alone and therefore there can be no configured value to compare with. Including this attribute in ignore_changes has no effect. Remove the attribute from ignore_changes to quiet this warning.",
            at: resource.typeSpan))
      }
    }
  }

  /// What the provider itself would refuse in arguments that are of the right kinds.
  private mutating func checkWithProvider(
    _ resource: Module.Resource, _ schema: [String: BuiltInProvider.Attribute],
    _ backend: (name: String?, span: SourceSpan)?, _ module: Module
  ) {
    if resource.address.mode == .managed {
      for name in schema.keys.sorted() where schema[name]?.isComputed == true {
        guard resource.body.attributes.contains(where: { $0.name == name }) else { continue }
        problems.append(Problem(.error, "\(Quoting.goQuoted(name)) attribute is read-only", ""))
      }
    }
    if let backend, let name = backend.name, !BuiltInProvider.backends.contains(name) {
      problems.append(
        Problem(
          .error, "Invalid backend configuration",
          "There is no backend type named \(Quoting.goQuoted(name)).", at: backend.span,
          address: module.address(resource.address.description)))
    }
  }

  /// The built-in provider takes no arguments; of others we do not know them.
  private mutating func visitConfiguration(
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

  /// Checks a resource of a provider whose schema was given.
  private mutating func checkSchema(
    _ resource: Module.Resource, _ module: Module, _ resolver: ModuleResolver,
    _ context: EvaluationContext
  ) {
    guard let schemas else { return }
    let name =
      resource.provider?.name ?? String(resource.address.type.prefix { $0 != "_" })
    let source = module.requiredProviders[name]?.source ?? ""
    let provider = ProviderSource.address(of: name, source: source)
    switch schemas.lookUp(resource.address, provider: provider) {
    case .unknownProvider: return
    case .unknownType(let types):
      reportUnknownType(resource, ProviderSource.display(provider), types)
    case .found(let schema):
      var check = SchemaCheck { expression in
        var evaluator = Evaluator()
        let value = evaluator.evaluate(expression, resolver, context)
        return evaluator.problems.hasErrors ? nil : value
      }
      check.visit(resource.body, schema, resource.tree)
      problems += check.problems + (check.problems.hasErrors ? [] : check.refusals)
    }
  }

  /// An alias of the built-in provider must be configured somewhere.
  private mutating func checkProvider(_ resource: Module.Resource, _ module: Module) {
    guard let provider = resource.provider, provider.name == "terraform",
      let alias = provider.alias, module.path.isEmpty,
      !module.providerConfigurations.contains(where: { $0.name == "terraform" && $0.alias == alias }
      )
    else { return }
    let address = module.address(resource.address.description)
    problems.append(
      Problem(
        .error, "Provider configuration not present",
        "To work with \(address) its original provider configuration at provider[\"terraform.io/builtin/terraform\"].\(alias) is required, but it has been removed. This occurs when a provider configuration is removed while objects created by that provider still exist in the state. Re-add the provider configuration to destroy \(address), after which you can remove the provider configuration again."
      ))
  }

  private mutating func reportUnknownType(
    _ resource: Module.Resource, _ provider: String, _ types: [String]
  ) {
    let (summary, what): (String, String)
    switch resource.address.mode {
    case .managed: (summary, what) = ("Invalid resource type", "resource type")
    case .data: (summary, what) = ("Invalid data source", "data source")
    case .ephemeral: (summary, what) = ("Invalid ephemeral resource", "ephemeral resource")
    }
    problems.append(
      Problem(
        .error, summary,
        "The provider \(provider) does not support \(what) \(Quoting.goQuoted(resource.address.type))."
          + ReferenceMessages.hint(resource.address.type, types),
        at: resource.typeSpan))
  }

  /// The arguments of provisioners and their connections, in which `self` is the resource.
  private mutating func visitProvisioners(
    _ resource: Module.Resource, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) {
    for provisioner in resource.provisioners {
      let bodies = [provisioner.body] + provisioner.body.blocks.map(\.body)
      for attribute in bodies.flatMap(\.attributes)
      where attribute.name != "when" && attribute.name != "on_failure" {
        evaluate(resource.tree.expression(attribute.expression), resolver, context)
      }
    }
  }

  private mutating func visitBlocks(
    _ blocks: [Body.Block], _ tree: SyntaxTree, _ resolver: ModuleResolver,
    _ context: EvaluationContext
  ) {
    for block in blocks where block.type != "dynamic" {
      for attribute in block.body.attributes {
        evaluate(tree.expression(attribute.expression), resolver, context)
      }
      visitBlocks(block.body.blocks, tree, resolver, context)
    }
  }

  private mutating func checkArguments(
    _ resource: Module.Resource, _ schema: [String: BuiltInProvider.Attribute], _ module: Module
  ) {
    let names = BodySchema(
      attributes: schema.keys.sorted().map { ($0, schema[$0]?.isRequired ?? false) })
    var found: [Problem] = []
    // A dynamic block stands for blocks of the type it is labelled with.
    let blocks = resource.body.blocks.map { block in
      guard block.type == "dynamic", let label = block.labels.first,
        let span = block.labelSpans.first
      else { return block }
      return Body.Block(
        type: label, typeSpan: span, labels: [], labelSpans: [], body: block.body,
        openSpan: block.openSpan, closeSpan: block.closeSpan)
    }
    let body = resource.body.with(attributes: resource.body.attributes, blocks: blocks)
    _ = BodyContent(body, names, &found)
    problems += found
  }

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

  /// Locals that are computed from themselves at once.
  static func selfReferences(in module: Module) -> [Problem] {
    var problems: [Problem] = []
    for (name, local) in module.locals.sorted(by: { $0.key < $1.key }) {
      for traversal in Observation.references(in: local.expression)
      where traversal.root == "local" && traversal.steps.first?.attribute == name {
        problems.append(
          Problem(
            .error, "Self-referencing local value",
            "Local value local.\(name) cannot use its own result as part of its expression.",
            at: traversal.span))
      }
    }
    for name in module.children.keys.sorted() {
      if let child = module.children[name] { problems += selfReferences(in: child) }
    }
    return problems
  }

  private mutating func check(
    _ item: Module.Import, _ module: Module, _ resolver: ModuleResolver
  ) {
    func report(
      _ summary: String, _ detail: String, at span: SourceSpan, _ validator: inout Validator
    ) {
      validator.problems.append(Problem(.error, summary, detail, at: span))
    }
    if let id = item.id, id.literalString == "" {
      report(
        "Invalid import id argument",
        "The import ID value evaluates to an empty string, please provide a non-empty value.",
        at: id.span, &self)
    }
    if let expression = item.forEach {
      let (value, isSound) = evaluate(expression, resolver, EvaluationContext())
      if isSound, value.type != .dynamic, !value.type.isIterable {
        report(
          "Invalid for_each argument", "The \"for_each\" expression must be a collection.",
          at: expression.span, &self)
      }
    }
    guard let to = item.to, let span = item.toSpan, let address = to.resource else { return }
    guard let home = module.descendant(to.path) else {
      report(
        "Configuration for import target does not exist",
        "The configuration for the given import target \(to.description) does not exist. All target instances must have an associated configuration to be imported.",
        at: span, &self)
      return
    }
    if let key = to.key, let resource = home.resources[address],
      key.isNumber ? resource.count == nil : resource.forEach == nil
    {
      report(
        "Invalid import 'to' expression",
        "The target resource does not use \(key.isNumber ? "count" : "for_each").", at: span, &self)
    }
  }

  private mutating func visit(
    _ call: Module.Call, _ module: Module, _ resolver: ModuleResolver
  ) {
    let context = repetition(call.count, call.forEach, resolver)
    references(call.dependsOn, module)
    guard let child = module.children[call.name] else { return }
    for argument in call.arguments {
      guard let variable = child.variables[argument.name] else { continue }
      let expression = call.tree.expression(argument.expression)
      let (value, isSound) = evaluate(expression, resolver, context)
      guard isSound else { continue }
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
        continue
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
  }

  /// The rules of a variable whose value is already certain.
  private mutating func checkRules(
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

  private mutating func visit(
    _ output: Module.Output, _ module: Module, _ resolver: ModuleResolver
  ) {
    references(output.dependsOn, module)
    for rule in output.preconditions { check(rule, resolver, EvaluationContext()) }
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
