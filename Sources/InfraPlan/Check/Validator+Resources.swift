internal import SourceText

extension Validator {
  mutating func visit(
    _ resource: Module.Resource, _ module: Module, _ resolver: ModuleResolver
  ) {
    let start = problems.count
    var context = repetition(resource.count, resource.forEach, resolver)
    context.check = resource.check
    checkDependencies(resource.dependsOn, resolver)
    let schema = BuiltInProvider.attributes(of: resource.address)
    let mark = problems.count
    var given: [String: (value: Value, span: SourceSpan)] = [:]
    if schema == nil, resource.isOfBuiltInProvider {
      reportUnknownType(
        resource, "terraform.io/builtin/terraform",
        suggesting: BuiltInProvider.types(resource.address.mode),
        isOther: { BuiltInProvider.types($0).contains(resource.address.type) })
    }
    checkDynamicBlocks(resource, resolver, context)
    let areReferencesSound = checkReferences(resource, schema, resolver, context)
    if let schema, areReferencesSound { checkArguments(resource, schema, module) }
    for attribute in areReferencesSound ? resource.body.attributes : []
    where schema?[attribute.name] != nil || schema == nil && !resource.isOfBuiltInProvider {
      let expression = resource.tree.expression(attribute.expression)
      var evaluator = Evaluator()
      defer { problems += evaluator.problems }
      guard let scope = evaluator.scope(for: [expression], resolver, context) else { continue }
      let value = evaluator.evaluate(expression, in: scope)
      guard !evaluator.problems.hasErrors, let wanted = schema?[attribute.name] else { continue }
      do throws(ConversionError) {
        given[attribute.name] = (try value.converted(to: wanted.type), expression.span)
      } catch {
        evaluator.report(
          "Incorrect attribute value type",
          "Inappropriate value for attribute \(Quoting.goQuoted(attribute.name)): \(error.message).",
          at: expression.span, blaming: expression, scope)
      }
    }
    let isBodySound = schema != nil && areReferencesSound && !problems[mark...].hasErrors
    for attribute in resource.body.attributes {
      guard let (value, span) = given[attribute.name] else { continue }
      if value.deepMarks.contains(.ephemeral) {
        problems.append(
          Problem(
            .error, "Invalid use of ephemeral value",
            "Ephemeral values are not valid for \(Quoting.goQuoted(attribute.name)), because it is not a write-only attribute and must be persisted to state.",
            at: span, address: module.address(resource.address.description)))
      }
    }
    if let schema, !problems[mark...].hasErrors {
      checkWithProvider(resource, schema, given, module)
    }
    if schema == nil, !problems[mark...].hasErrors {
      checkSchema(resource, module, resolver, context)
    }
    if schema == nil, areReferencesSound {
      visitBlocks(resource.body.blocks, resource.tree, resolver, context)
    }
    for rule in resource.preconditions { check(rule, resolver, context) }
    context.this = resource.address
    visitProvisioners(resource, resolver, context, since: start)
    for rule in resource.postconditions { check(rule, resolver, context) }
    if let schema, isBodySound {
      for traversal in resource.ignoreChanges {
        let root = Traversal.Step(kind: .attribute(traversal.root), span: traversal.rootSpan)
        problems += StaticSteps.problems([root] + traversal.steps, schema)
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
  mutating func checkWithProvider(
    _ resource: Module.Resource, _ schema: [String: BuiltInProvider.Attribute],
    _ given: [String: (value: Value, span: SourceSpan)], _ module: Module
  ) {
    if resource.address.mode == .managed {
      for name in schema.keys.sorted() where schema[name]?.isComputed == true {
        guard let value = given[name]?.value, !value.isNull else { continue }
        problems.append(Problem(.error, "\(Quoting.goQuoted(name)) attribute is read-only", ""))
      }
    }
    if resource.address.type == "terraform_remote_state" {
      let state = RemoteState(
        resource, given, address: module.address(resource.address.description))
      problems += state.problems
    }
  }

  /// Checks a resource of a provider whose schema was given.
  mutating func checkSchema(
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
      reportUnknownType(
        resource, ProviderSource.display(provider), suggesting: types,
        isOther: { mode in
          var other = resource.address
          other.mode = mode
          if case .found = schemas.lookUp(other, provider: provider) { return true }
          return false
        })
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

  /// Aliases of the built-in provider that are configured nowhere.
  static func missingConfigurations(in root: Module) -> [Problem] {
    var wanted = root.order.compactMap { address in
      root.resources[address]?.provider.map { (address, $0) }
    }
    for item in root.imports {
      guard let provider = item.provider, let target = item.target, target.path.isEmpty,
        let address = target.resource, root.resources[address] == nil
      else { continue }
      wanted.append((address, provider))
    }
    return wanted.compactMap { address, provider in
      guard provider.name == "terraform", let alias = provider.alias,
        !root.providerConfigurations.contains(where: {
          $0.name == "terraform" && $0.alias == alias
        })
      else { return nil }
      return Problem(
        .error, "Provider configuration not present",
        "To work with \(address) its original provider configuration at provider[\"terraform.io/builtin/terraform\"].\(alias) is required, but it has been removed. This occurs when a provider configuration is removed while objects created by that provider still exist in the state. Re-add the provider configuration to destroy \(address), after which you can remove the provider configuration again."
      )
    }
  }

  /// A type that the provider does not have: perhaps it has it in another mode.
  mutating func reportUnknownType(
    _ resource: Module.Resource, _ provider: String, suggesting types: [String] = [],
    isOther: (ResourceAddress.Mode) -> Bool
  ) {
    let type = Quoting.goQuoted(resource.address.type)
    let (summary, what): (String, String)
    var advice = ""
    switch resource.address.mode {
    case .managed:
      (summary, what) = ("Invalid resource type", "resource type")
      if isOther(.data) {
        advice =
          "\n\nDid you intend to use the data source \(type)? If so, declare this using a \"data\" block instead of a \"resource\" block."
      }
    case .data:
      (summary, what) = ("Invalid data source", "data source")
      if isOther(.managed) {
        advice =
          "\n\nDid you intend to use the managed resource type \(type)? If so, declare this using a \"resource\" block instead of a \"data\" block."
      }
    case .ephemeral: (summary, what) = ("Invalid ephemeral resource", "ephemeral resource")
    }
    if advice.isEmpty { advice = ReferenceMessages.hint(resource.address.type, types) }
    problems.append(
      Problem(
        .error, summary, "The provider \(provider) does not support \(what) \(type)." + advice,
        at: resource.typeSpan))
  }

  /// Whether all references of a resource's arguments mean something. Where one does not, nothing
  /// else is said of the arguments: it might come from that.
  private mutating func checkReferences(
    _ resource: Module.Resource, _ schema: [String: BuiltInProvider.Attribute]?,
    _ resolver: ModuleResolver, _ context: EvaluationContext
  ) -> Bool {
    guard schema != nil || !resource.isOfBuiltInProvider else { return false }
    let expressions = resource.body.attributes
      .filter { schema == nil || schema?[$0.name] != nil }
      .map { resource.tree.expression($0.expression) }
    var evaluator = Evaluator()
    let isSound = evaluator.scope(for: expressions, resolver, context) != nil
    problems += evaluator.problems
    return isSound
  }

  /// The references of what dynamic blocks repeat over, whether or not there are such blocks.
  private mutating func checkDynamicBlocks(
    _ resource: Module.Resource, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) {
    guard BuiltInProvider.attributes(of: resource.address) != nil else { return }
    let repeated = resource.body.blocks.filter { $0.type == "dynamic" }
      .flatMap(\.body.attributes).filter { $0.name == "for_each" }
    var evaluator = Evaluator()
    _ = evaluator.scope(
      for: repeated.map { resource.tree.expression($0.expression) }, resolver, context)
    problems += evaluator.problems
  }

  mutating func visitBlocks(
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

  mutating func checkArguments(
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
}
