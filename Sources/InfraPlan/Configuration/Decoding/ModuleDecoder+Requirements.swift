internal import SourceText

extension ModuleDecoder {
  mutating func decodeRequirements(_ block: Body.Block, _ tree: SyntaxTree) {
    reportBlocks(in: block.body)
    if let first = module.requirementsSpan, !isOverride {
      return report(
        "Duplicate required providers configuration",
        "A module may have only one required providers configuration. The required providers were previously configured at \(place(first)).",
        at: block.headerSpan)
    }
    module.requirementsSpan = block.headerSpan
    for attribute in block.body.attributes { decodeRequirement(attribute, tree) }
  }

  private mutating func decodeRequirement(_ attribute: Body.Attribute, _ tree: SyntaxTree) {
    let expression = tree.expression(attribute.expression)
    module.requiredProviders[attribute.name] = Module.ProviderRequirement()
    guard checkProviderName(attribute.name, at: expression.span) else { return }
    // A version alone was once all that could be said.
    var evaluator = Evaluator()
    let whole = evaluator.evaluate(expression, in: Scope())
    if !evaluator.problems.hasErrors, whole.type.isPrimitive {
      _ = versionConstraint(attribute, tree)
      return
    }
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
      report(
        "Invalid required_providers object",
        "required_providers entries must be strings or objects.", at: expression.span)
      return
    }
    for member in members {
      switch member.name {
      case "version":
        if let text = constantText(member.value) {
          checkConstraint(text, member.value.span)
        } else {
          report(
            "Invalid version constraint", "Version must be specified as a string.",
            at: member.value.span)
        }
      case "source":
        if let text = constantText(member.value) {
          module.requiredProviders[attribute.name]?.source = text
          checkSource(text, member.value.span)
        } else {
          report("Invalid source", "Source must be specified as a string.", at: member.value.span)
        }
      case "configuration_aliases": decodeAliases(member.value, of: attribute.name)
      default:
        report(
          "Invalid required_providers object",
          "required_providers objects can only contain \"version\", \"source\" and \"configuration_aliases\" attributes. To configure a provider, use a \"provider\" block.",
          at: member.span)
        return
      }
    }
  }

  /// A string without references.
  private func constantText(_ expression: Expression) -> String? {
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, in: Scope())
    return evaluator.problems.hasErrors ? nil : value.stringValue
  }

  private mutating func decodeAliases(_ expression: Expression, of name: String) {
    let ids: [Expression.Node.ID]
    switch expression.node.kind {
    case .tuple(let elements, _), .jsonArray(let elements): ids = elements
    default:
      return report(
        "Invalid expression", "A static list expression is required.", at: expression.startSpan)
    }
    for id in ids {
      let element = expression.child(id)
      guard let traversal = plainTraversal(element) else { continue }
      if let step = traversal.steps.first, step.attribute == nil {
        report(
          "Invalid configuration_aliases value",
          "Configuration aliases can only contain references to local provider configuration names in the format of provider.alias",
          at: expression.span)
        continue
      }
      guard traversal.root == name else {
        report(
          "Invalid configuration_aliases value",
          "Configuration aliases must be prefixed with the provider name. Expected \(Quoting.goQuoted(name)), but found \(Quoting.goQuoted(traversal.root)).",
          at: expression.span)
        continue
      }
      if let alias = traversal.steps.first?.attribute {
        module.requiredProviders[name]?.aliases.append(
          ProviderReference(
            name: name, alias: alias, span: element.span, nameSpan: traversal.rootSpan))
      }
    }
  }

  mutating func checkConstraint(_ text: String, _ span: SourceSpan) {
    if VersionConstraint(text) == nil {
      report(
        "Invalid version constraint",
        "This string does not use correct version constraint syntax.", at: span)
    }
  }

  /// Why a text is no part of a provider's address; `nil` if it can be one.
  static func refusal(ofProviderPart text: String) -> String? {
    if text.contains(".") { return "dots are not allowed" }
    if text.contains("--") { return "cannot use multiple consecutive dashes" }
    let isValid =
      !text.hasPrefix("-") && !text.hasSuffix("-")
      && text.unicodeScalars.allSatisfy {
        $0 == "-" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal
      }
    return isValid
      ? nil
      : "must contain only letters, digits, and dashes, and may not use leading or trailing dashes"
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
    if let reason = Self.refusal(ofProviderPart: type) {
      return report(
        "Invalid provider type",
        "Invalid provider type \(Quoting.goQuoted(type)) in source \(Quoting.goQuoted(source)): \(reason)\"",
        at: span)
    }
    if parts.count > 1, let reason = Self.refusal(ofProviderPart: parts[parts.count - 2]) {
      return report(
        "Invalid provider namespace",
        "Invalid provider namespace \"\" in source \(Quoting.goQuoted(source)): \(reason)\"",
        at: span)
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
}
