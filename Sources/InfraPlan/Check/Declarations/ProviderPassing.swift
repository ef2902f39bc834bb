internal import SourceText

/// Whether each module gets the provider configurations that it expects, and no others.
struct ProviderPassing {
  private(set) var problems: [Problem] = []

  /// Checks the calls of a module and of the modules below it.
  mutating func visit(_ module: Module) {
    for name in module.calls.keys.sorted() {
      guard let call = module.calls[name], let child = module.children[name] else { continue }
      checkRepetition(call, child)
      checkEmptyBlocks(child)
      checkDeclared(call, child)
      for mapping in call.providers { check(mapping, call, child, from: module) }
      visit(child)
    }
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ summary: String, _ detail: String, at span: SourceSpan
  ) {
    problems.append(Problem(severity, summary, detail, at: span))
  }

  /// A module with provider configurations of its own cannot be multiplied.
  private mutating func checkRepetition(_ call: Module.Call, _ child: Module) {
    guard child.providerConfigurations.contains(where: { !$0.isEmpty }),
      let expression = call.count ?? call.forEach
    else { return }
    report(
      .error, "Module is incompatible with count, for_each, and depends_on",
      "The module at \(child.addressPrefix) is a legacy module which contains its own local provider configurations, and so calls to it may not use the count, for_each, or depends_on arguments.\n\nIf you also control the module \(Quoting.goQuoted(call.source ?? "")), consider updating this module to instead expect provider configurations to be passed by its caller.",
      at: expression.span)
  }

  private mutating func checkEmptyBlocks(_ child: Module) {
    for configuration in child.providerConfigurations where configuration.isEmpty {
      let name = configuration.name
      let address = Self.address(name, in: child, builtIn: false)
      let aliases =
        configuration.alias.map {
          "      configuration_aliases = [\n        \(name).\($0),\n      ]\n"
        } ?? ""
      report(
        .warning, "Redundant empty provider block",
        "Earlier versions of Terraform used empty provider blocks (\"proxy provider configurations\") for child modules to declare their need to be passed a provider configuration by their callers. That approach was ambiguous and is now deprecated.\n\nIf you control this module, you can migrate to the new declaration syntax by removing all of the empty provider \(Quoting.goQuoted(name)) blocks and then adding or updating an entry like the following to the required_providers block of \(child.addressPrefix):\n    \(name) = {\n      source = \"\(address)\"\n\(aliases)    }",
        at: configuration.span)
    }
  }

  /// Aliases that a module declares must be passed to it.
  private mutating func checkDeclared(_ call: Module.Call, _ child: Module) {
    for name in child.requiredProviders.keys.sorted() {
      for alias in child.requiredProviders[name]?.aliases ?? []
      where !call.providers.contains(where: { $0.child.description == alias.description }) {
        let address = Self.address(name, in: child, builtIn: true)
        report(
          .error, "Missing required provider configuration",
          "The child module requires an additional configuration for provider \(address), with the local name \(Quoting.goQuoted(alias.description)).\n\nRefer to the module's documentation to understand the intended purpose of this additional provider configuration, and then add an entry for \(alias) in the \"providers\" meta-argument in the module block to choose which provider configuration the module should use for that purpose.",
          at: call.span)
      }
    }
  }

  /// The address of what a module calls by a name, as messages show it.
  private static func address(_ name: String, in module: Module, builtIn: Bool) -> String {
    let source = module.requiredProviders[name]?.source ?? ""
    if source.isEmpty, name == "terraform", !builtIn { return "hashicorp/terraform" }
    return ProviderSource.display(ProviderSource.address(of: name, source: source))
  }

  private mutating func check(
    _ mapping: Module.ProviderMapping, _ call: Module.Call, _ child: Module, from module: Module
  ) {
    let (name, parent) = (mapping.child.name, mapping.parent)
    let isConfigured = child.providerConfigurations.contains {
      !$0.isEmpty && $0.name == name && $0.alias == mapping.child.alias
    }
    if isConfigured {
      report(
        .error, "Cannot override provider configuration",
        "The configuration of \(child.addressPrefix) has its own local configuration for \(mapping.child), and so it cannot accept an overridden configuration provided by \(module.displayName).",
        at: mapping.child.nameSpan)
      return
    }
    let requirement = child.requiredProviders[name]
    let isDeclared =
      requirement != nil || child.providerConfigurations.contains { $0.name == name }
    if !isDeclared {
      let address = Self.address(name, in: child, builtIn: false)
      report(
        .warning, "Reference to undefined provider",
        "There is no explicit declaration for local provider name \(Quoting.goQuoted(name)) in \(child.displayName), so Terraform is assuming you mean to pass a configuration for \(Quoting.goQuoted(address)).\n\nIf you also control the child module, add a required_providers entry named \(Quoting.goQuoted(name)) with the source address \(Quoting.goQuoted(address)).",
        at: mapping.child.nameSpan)
    } else if let alias = mapping.child.alias, let requirement,
      !requirement.aliases.contains(where: { $0.alias == alias }),
      !child.providerConfigurations.contains(where: { $0.name == name && $0.alias == alias })
    {
      let address = Self.address(name, in: child, builtIn: true)
      report(
        .error, "Reference to undefined provider",
        "The child module does not declare any provider requirement with the local name \(Quoting.goQuoted(mapping.child.description)).\n\nIf you also control the child module, you can add a required_providers entry named \(Quoting.goQuoted(mapping.child.description)) with the source address \(Quoting.goQuoted(address)) to accept this provider configuration.",
        at: mapping.child.nameSpan)
      return
    }
    let isKnownToParent = module.requiredProviders[parent.name] != nil
    if parent.alias == nil, !isKnownToParent {
      let address = Self.address(parent.name, in: module, builtIn: false)
      report(
        .warning, "Reference to undefined provider",
        "There is no explicit declaration for local provider name \(Quoting.goQuoted(parent.name)) in \(module.displayName), so Terraform is assuming you mean to pass a configuration for provider \(Quoting.goQuoted(address)).\n\nTo clarify your intent and silence this warning, add to \(module.displayName) a required_providers entry named \(Quoting.goQuoted(parent.name)) with source = \(Quoting.goQuoted(address)), or a different source address if appropriate.",
        at: parent.nameSpan)
    }
    let wanted = Self.address(name, in: child, builtIn: requirement != nil)
    let given = Self.address(parent.name, in: module, builtIn: isKnownToParent)
    if wanted != given {
      report(
        .error, "Provider type mismatch",
        "The local name \(Quoting.goQuoted(parent.name)) in \(module.displayName) represents provider \(Quoting.goQuoted(given)), but \(Quoting.goQuoted(mapping.child.description)) in \(child.displayName) represents \(Quoting.goQuoted(wanted)).\n\nEach provider has its own distinct configuration schema and provider types, so this module's \(Quoting.goQuoted(mapping.child.description)) can be assigned only a configuration for \(wanted), which is not required by \(child.displayName).",
        at: parent.nameSpan)
    }
  }

  /// What is passed on but configured nowhere: found when the graph is built, without a place.
  static func missing(in module: Module) -> [Problem] {
    var problems: [Problem] = []
    for name in module.calls.keys.sorted() {
      guard let call = module.calls[name], let child = module.children[name] else { continue }
      for mapping in call.providers where module.path.isEmpty {
        let parent = mapping.parent
        let isConfigured = module.providerConfigurations.contains {
          $0.name == parent.name && $0.alias == parent.alias
        }
        guard !isConfigured else { continue }
        let source = module.requiredProviders[parent.name]?.source ?? ""
        let address = ProviderSource.address(of: parent.name, source: source)
        problems.append(
          Problem(
            .error,
            "missing provider provider[\(Quoting.goQuoted(address))]"
              + (parent.alias.map { "." + $0 } ?? ""), ""))
      }
      problems += missing(in: child)
    }
    return problems
  }
}
