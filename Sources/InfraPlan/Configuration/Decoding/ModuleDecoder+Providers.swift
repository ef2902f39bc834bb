internal import SourceText

extension ModuleDecoder {
  mutating func decodeProvider(_ block: Body.Block, _ tree: SyntaxTree) {
    let reserved = ["count", "depends_on", "for_each", "source"]
    let schema = BodySchema(
      attributes: [("version", false), ("alias", false)] + reserved.map { ($0, false) },
      blocks: [("_", []), ("lifecycle", []), ("locals", [])], isPartial: true)
    var content = BodyContent(block.body, schema, &problems)
    content.unwrapEscapes()
    let name = block.labels[0]
    _ = checkProviderName(name, at: block.headerSpan)
    let alias = text(content.attributes["alias"], tree).flatMap { $0.isEmpty ? nil : $0 }
    if content.attributes["alias"] != nil, !Self.isName(alias ?? "") {
      problems.append(
        Problem(
          .error, "Invalid provider configuration alias",
          "An alias must be a valid name. " + Self.badName))
    }
    if let version = content.attributes["version"] {
      problems.append(
        Problem(
          .warning, "Version constraints inside provider configuration blocks are deprecated",
          "Terraform 0.13 and earlier allowed provider version constraints inside the provider configuration block, but that is now deprecated and will be removed in a future version of Terraform. To silence this warning, move the provider version constraint into the required_providers block.",
          at: tree.expression(version.expression).span))
      _ = versionConstraint(version, tree)
    }
    for name in reserved {
      guard let attribute = content.attributes[name] else { continue }
      report(
        "Reserved argument name in provider block",
        "The provider argument name \(Quoting.goQuoted(name)) is reserved for use by Terraform in a future version.",
        at: attribute.nameSpan)
    }
    for inner in content.blocks { reportReserved(inner, in: "provider") }
    let configuration = Module.ProviderConfiguration(
      name: name, alias: alias, span: block.headerSpan, tree: tree,
      body: block.body.with(attributes: content.rest, blocks: content.restBlocks),
      isEmpty: content.rest.isEmpty && content.restBlocks.isEmpty
        && content.attributes["version"] == nil)
    if let index = module.providerConfigurations.firstIndex(where: {
      $0.name == name && $0.alias == alias
    }) {
      guard !isOverride else {
        module.providerConfigurations[index] = configuration
        return
      }
      let first = place(module.providerConfigurations[index].span)
      let detail =
        alias.map {
          "A provider configuration for \(Quoting.goQuoted(name)) with alias \(Quoting.goQuoted($0)) was already given at \(first). Each configuration for the same provider must have a distinct alias."
        }
        ?? "A default (non-aliased) provider configuration for \(Quoting.goQuoted(name)) was already given at \(first). If multiple configurations are required, set the \"alias\" argument for alternative configurations."
      return report("Duplicate provider configuration", detail, at: block.headerSpan)
    }
    module.providerConfigurations.append(configuration)
  }

  /// Whether a local name of a provider is one, in lower case.
  mutating func checkProviderName(_ name: String, at span: SourceSpan) -> Bool {
    if let reason = Self.refusal(ofProviderPart: name) {
      report(
        "Invalid provider local name", "\(name) is an invalid provider local name: \(reason)",
        at: span)
      return false
    }
    if name != name.lowercased() {
      report(
        "Invalid provider local name",
        "Provider names must be normalized. Replace \(Quoting.goQuoted(name)) with \(Quoting.goQuoted(name.lowercased())) to fix this error.",
        at: span)
      return false
    }
    return true
  }

  /// A reference to a provider configuration, in the argument of a name.
  mutating func providerReference(
    _ expression: Expression, _ argument: String
  ) -> ProviderReference? {
    var reader = StaticExpressions()
    let traversal = reader.traversal(expression)
    // What is wrong with the text of a quoted reference is told; anything else in our words.
    problems += reader.problems.filter { $0.summary != StaticExpressions.notStatic }
    guard let traversal, traversal.steps.count <= 1 else {
      report(
        "Invalid provider configuration reference",
        "The \(argument) argument requires a provider type name, optionally followed by a period and then a configuration alias.",
        at: expression.span)
      return nil
    }
    guard checkProviderName(traversal.root, at: traversal.rootSpan) else { return nil }
    guard let step = traversal.steps.first else {
      return ProviderReference(
        name: traversal.root, span: expression.span, nameSpan: traversal.rootSpan)
    }
    guard let alias = step.attribute else {
      report(
        "Invalid provider configuration reference",
        "Provider name must either stand alone or be followed by a period and then a configuration alias.",
        at: step.span)
      return nil
    }
    return ProviderReference(
      name: traversal.root, alias: alias, span: expression.span, nameSpan: traversal.rootSpan)
  }

  /// The `providers` of a module call.
  mutating func providerMapping(_ expression: Expression) -> [Module.ProviderMapping] {
    var pairs: [(key: Expression, value: Expression)] = []
    switch expression.node.kind {
    case .object(let items, _):
      pairs = items.map { (expression.child($0.key), expression.child($0.value)) }
    case .jsonObject(let items):
      pairs = items.map { (expression.child($0.key), expression.child($0.value)) }
    default:
      report("Invalid expression", "A static map expression is required.", at: expression.startSpan)
      return []
    }
    var mappings: [Module.ProviderMapping] = []
    var seen: [String: SourceSpan] = [:]
    for (key, value) in pairs {
      let child = providerReference(key, "providers")
      let parent = providerReference(value, "providers")
      guard let child, let parent else { continue }
      if let first = seen[child.description] {
        report(
          "Duplicate provider address",
          "A provider configuration was already passed to \(child) at \(place(first)). Each child provider configuration can be assigned only once.",
          at: value.span)
        continue
      }
      seen[child.description] = .between(key.span, value.span)
      mappings.append(Module.ProviderMapping(child: child, parent: parent))
    }
    return mappings
  }
}
