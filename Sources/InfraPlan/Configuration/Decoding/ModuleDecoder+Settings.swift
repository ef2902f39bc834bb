internal import SourceText

extension ModuleDecoder {
  /// The language version that configurations are read as.
  private static let languageVersion = [1, 11, 4]

  mutating func decodeSettings(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(
      attributes: [("required_version", false), ("experiments", false), ("language", false)],
      blocks: [
        ("backend", ["type"]), ("cloud", []), ("required_providers", []),
        ("provider_meta", ["provider"]),
      ])
    let content = BodyContent(block.body, schema, &problems)
    if let attribute = content.attributes["required_version"] {
      checkLanguageVersion(attribute, tree)
    }
    if let attribute = content.attributes["experiments"] {
      report(
        "Module uses experimental features",
        "Experimental features are intended only for gathering early feedback on new language designs, and so are available only in alpha releases of Terraform.",
        at: attribute.nameSpan)
    }
    for inner in content.blocks {
      switch inner.type {
      case "required_providers":
        for attribute in inner.body.attributes { decodeRequirement(attribute, tree) }
      case "backend", "cloud": decodeBackend(inner)
      case "provider_meta":
        for attribute in inner.body.attributes {
          var evaluator = Evaluator()
          _ = evaluator.evaluate(tree.expression(attribute.expression), in: Scope())
          problems += evaluator.problems
        }
      default: break
      }
    }
  }

  private mutating func decodeBackend(_ block: Body.Block) {
    if !module.path.isEmpty {
      if block.type == "backend" {
        problems.append(
          Problem(
            .warning, "Backend configuration ignored",
            "Any selected backend applies to the entire configuration, so Terraform expects provider configurations only in the root module.\n\nThis is a warning rather than an error because it's sometimes convenient to temporarily call a root module as a child module for testing purposes, but this backend configuration block will have no effect.",
            at: block.headerSpan))
      }
      return
    }
    if block.type == "cloud" {
      if let backend = module.backend {
        report(
          "Both a backend and cloud configuration are present",
          "A module may declare either one 'cloud' block OR one 'backend' block configuring a state backend. The 'cloud' block is configured at \(place(block.typeSpan)); a backend is configured at \(place(backend)). Remove the backend block to configure HCP Terraform or Terraform Enteprise.",
          at: backend)
      }
      module.cloud = block.typeSpan
      return
    }
    if let first = module.backend, !isOverride {
      report(
        "Duplicate backend configuration",
        "A module may have only one backend configuration. The backend was previously configured at \(place(first)).",
        at: block.headerSpan)
      return
    }
    module.backend = block.headerSpan
  }

  private mutating func checkLanguageVersion(_ attribute: Body.Attribute, _ tree: SyntaxTree) {
    guard let text = text(attribute, tree) else { return }
    guard let constraint = VersionConstraint(text) else {
      report(
        "Invalid version constraint",
        "This string does not use correct version constraint syntax.",
        at: tree.expression(attribute.expression).span)
      return
    }
    if !constraint.allows(Self.languageVersion) {
      report(
        "Unsupported Terraform Core version",
        module.path.isEmpty
          ? "This configuration does not support Terraform version 1.11.4. To proceed, either choose another supported Terraform version or update this version constraint. Version constraints are normally set for good reason, so updating the constraint may lead to other errors or unexpected behavior."
          : "Module \(module.addressPrefix) (from \(module.folder)) does not support Terraform version 1.11.4. To proceed, either choose another supported Terraform version or update this version constraint. Version constraints are normally set for good reason, so updating the constraint may lead to other errors or unexpected behavior.",
        at: attribute.span)
    }
  }

  private mutating func decodeRequirement(_ attribute: Body.Attribute, _ tree: SyntaxTree) {
    let expression = tree.expression(attribute.expression)
    module.requiredProviders[attribute.name] = ""
    var members: [(name: String, span: SourceSpan, value: Expression)] = []
    switch expression.node.kind {
    case .object(let items, _):
      for item in items {
        let key = expression.child(item.key)
        if let name = key.keyword ?? key.literalString {
          members.append((name, key.span, expression.child(item.value)))
        }
      }
    case .jsonObject(let items):
      members = items.map { ($0.name, $0.nameSpan, expression.child($0.value)) }
    default:
      if let text = expression.literalString { checkConstraint(text, expression.span) }
      return
    }
    for member in members {
      switch member.name {
      case "version":
        if let text = member.value.literalString { checkConstraint(text, member.value.span) }
      case "source":
        if let text = member.value.literalString {
          module.requiredProviders[attribute.name] = text
          checkSource(text, member.value.span)
        }
      case "configuration_aliases": break
      default:
        report(
          "Invalid required_providers object",
          "required_providers objects can only contain \"version\", \"source\" and \"configuration_aliases\" attributes. To configure a provider, use a \"provider\" block.",
          at: member.span)
        return
      }
    }
  }

  private mutating func checkConstraint(_ text: String, _ span: SourceSpan) {
    if VersionConstraint(text) == nil {
      report(
        "Invalid version constraint",
        "This string does not use correct version constraint syntax.", at: span)
    }
  }

  /// A source with the host and namespace that are implied.
  private static func qualified(_ parts: [String]) -> String {
    let defaults = ["registry.terraform.io", "hashicorp"]
    return (defaults.prefix(3 - parts.count) + parts).joined(separator: "/")
  }

  private mutating func checkSource(_ source: String, _ span: SourceSpan) {
    let parts = source.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (1...3).contains(parts.count), !parts.contains(""), let type = parts.last else {
      report(
        "Invalid provider source string",
        "The \"source\" attribute must be in the format \"[hostname/][namespace/]name\"", at: span)
      return
    }
    func suggestion(_ prefix: String) -> String {
      (parts.dropLast() + [String(type.dropFirst(prefix.count))]).joined(separator: "/")
    }
    if type.hasPrefix("terraform-provider-") {
      report(
        "Invalid provider type",
        "Provider source \(Quoting.goQuoted(source)) has a type with the prefix \"terraform-provider-\", which isn't valid. Although that prefix is often used in the names of version control repositories for Terraform providers, provider source strings should not include it.\n\nDid you mean \(Quoting.goQuoted(suggestion("terraform-provider-")))?",
        at: span)
    } else if type.hasPrefix("terraform-") {
      report(
        "Invalid provider type",
        "Provider source \(Quoting.goQuoted(Self.qualified(parts))) has a type with the prefix \"terraform-\", which isn't allowed because it would be redundant to name a Terraform provider with that prefix. If you are the author of this provider, rename it to not include the prefix.",
        at: span)
    }
  }

  mutating func decodeProvider(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(
      attributes: [
        ("version", false), ("alias", false), ("count", false), ("depends_on", false),
        ("for_each", false), ("source", false),
      ], blocks: [("_", []), ("lifecycle", []), ("locals", [])], isPartial: true)
    let content = BodyContent(block.body, schema, &problems)
    let name = block.labels[0]
    if name != name.lowercased() {
      report(
        "Invalid provider local name",
        "Provider names must be normalized. Replace \(Quoting.goQuoted(name)) with \(Quoting.goQuoted(name.lowercased())) to fix this error.",
        at: block.headerSpan)
    }
    let alias = text(content.attributes["alias"], tree)
    if !module.path.isEmpty, alias == nil, block.body.attributes.isEmpty, block.body.blocks.isEmpty
    {
      let source =
        module.requiredProviders[name].flatMap { $0.isEmpty ? nil : $0 } ?? "hashicorp/\(name)"
      problems.append(
        Problem(
          .warning, "Redundant empty provider block",
          "Earlier versions of Terraform used empty provider blocks (\"proxy provider configurations\") for child modules to declare their need to be passed a provider configuration by their callers. That approach was ambiguous and is now deprecated.\n\nIf you control this module, you can migrate to the new declaration syntax by removing all of the empty provider \(Quoting.goQuoted(name)) blocks and then adding or updating an entry like the following to the required_providers block of \(module.addressPrefix):\n    \(name) = {\n      source = \"\(source)\"\n    }",
          at: block.headerSpan))
    }
    let body = Body(
      attributes: content.rest, blocks: content.restBlocks, span: block.body.span)
    module.providerConfigurations.append((name, alias, tree, body))
  }
}
