internal import SourceText

extension ModuleDecoder {
  /// `moved`, `removed` and `import` blocks.
  mutating func decodeChange(_ block: Body.Block, _ tree: SyntaxTree) {
    module.unplanned.append((block.type + " blocks", block.headerSpan))
    switch block.type {
    case "moved": decodeMoved(block, tree)
    case "removed": decodeRemoved(block, tree)
    case "import": decodeImport(block, tree)
    default: break
    }
  }

  /// A reference that must not be quoted in native syntax.
  private mutating func plainTraversal(_ attribute: Body.Attribute, _ tree: SyntaxTree)
    -> Traversal?
  {
    let expression = tree.expression(attribute.expression)
    if case .jsonString = expression.node.kind { return reading { $0.traversal(expression) } }
    guard case .scopeTraversal(let traversal) = expression.node.kind else {
      report(
        "Invalid expression",
        "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
        at: expression.span)
      return nil
    }
    return traversal
  }

  /// Whether an address ends in a module call rather than a resource.
  private static func isModule(_ traversal: Traversal) -> Bool {
    guard traversal.root == "module" else { return false }
    var names = traversal.steps.compactMap(\.attribute)[...]
    while names.count >= 2, names[names.startIndex + 1] == "module" { names = names.dropFirst(2) }
    return names.count == 1
  }

  private mutating func decodeMoved(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(attributes: [("from", true), ("to", true)])
    let content = BodyContent(block.body, schema, &problems)
    let from = content.attributes["from"].flatMap { plainTraversal($0, tree) }
    let to = content.attributes["to"].flatMap { plainTraversal($0, tree) }
    if let from, let to, Self.isModule(from) != Self.isModule(to) {
      report(
        "Invalid \"moved\" addresses",
        "The \"from\" and \"to\" addresses must either both refer to resources or both refer to modules.",
        at: block.headerSpan)
    }
  }

  private mutating func decodeRemoved(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(
      attributes: [("from", true)],
      blocks: [("lifecycle", []), ("connection", []), ("provisioner", ["type"])])
    let content = BodyContent(block.body, schema, &problems)
    if let from = content.attributes["from"].flatMap({ plainTraversal($0, tree) }) {
      if from.root == "data" {
        report(
          "Data source address not allowed",
          "Data sources are never destroyed, so they are not valid targets of removed blocks. To remove the data source from state, remove the data source block from configuration.",
          at: from.span)
      } else if let step = from.steps.last, case .index = step.kind {
        report(
          "Resource instance keys not allowed",
          "Resource address must be a resource (e.g. \"test_instance.foo\"), not a resource instance (e.g. \"test_instance.foo[1]\").",
          at: step.span)
      }
    }
    for inner in content.blocks {
      if inner.type == "lifecycle" {
        _ = BodyContent(inner.body, BodySchema(attributes: [("destroy", false)]), &problems)
      } else if inner.type == "provisioner" {
        let isDestroy = decodeProvisioner(inner, tree)
        if !isDestroy {
          report(
            "Invalid provisioner block",
            "Only destroy-time provisioners are valid in \"removed\" blocks. To declare a destroy-time provisioner, use:\n    when = destroy",
            at: inner.headerSpan)
        }
      }
    }
  }

  private mutating func decodeImport(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(
      attributes: [("provider", false), ("for_each", false), ("id", true), ("to", true)])
    let content = BodyContent(block.body, schema, &problems)
    if let to = content.attributes["to"] { checkImportTarget(to, tree) }
    if let id = content.attributes["id"], tree.expression(id.expression).literalString == "" {
      importProblems.append(
        Problem(
          .error, "Invalid import id argument",
          "The import ID value evaluates to an empty string, please provide a non-empty value.",
          at: tree.expression(id.expression).span))
    }
    if !module.path.isEmpty {
      report(
        "Invalid import configuration",
        "An import block was detected in \(Quoting.goQuoted(module.addressPrefix)). Import blocks are only allowed in the root module.",
        at: block.headerSpan)
    }
  }

  private mutating func checkImportTarget(_ attribute: Body.Attribute, _ tree: SyntaxTree) {
    let expression = tree.expression(attribute.expression)
    switch expression.node.kind {
    case .scopeTraversal, .index, .relativeTraversal: break
    case .jsonString: break
    case .jsonArray:
      report(
        "Invalid reference expression", "A single reference string is required.",
        at: expression.span)
    default:
      report(
        "Invalid expression",
        "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
        at: expression.span)
      report(
        "Invalid import address", "Only managed resources can be imported.", at: attribute.span)
    }
  }

  /// Checks a provisioner; whether it runs at destroy time.
  mutating func decodeProvisioner(_ block: Body.Block, _ tree: SyntaxTree) -> Bool {
    let type = block.labels[0]
    if ["chef", "habitat", "puppet", "salt-masterless"].contains(type) {
      report(
        "The \(Quoting.goQuoted(type)) provisioner has been removed",
        "The \(Quoting.goQuoted(type)) provisioner was deprecated in Terraform 0.13.4 has been removed from Terraform. Visit https://learn.hashicorp.com/collections/terraform/provision for alternatives to using provisioners that are a better fit for the Terraform workflow.",
        at: block.labelSpans[0])
    }
    var isDestroy = false
    for attribute in block.body.attributes {
      let expression = tree.expression(attribute.expression)
      switch attribute.name {
      case "when":
        let word = keyword(expression)
        isDestroy = word == "destroy"
        if word != "destroy", word != "create" {
          report(
            "Invalid \"when\" keyword",
            "The \"when\" argument requires one of the following keywords: create or destroy.",
            at: expression.span)
        }
      case "on_failure":
        let word = keyword(expression)
        if word != "continue", word != "fail" {
          report(
            "Invalid \"on_failure\" keyword",
            "The \"on_failure\" argument requires one of the following keywords: continue or fail.",
            at: attribute.expressionSpan(tree))
        }
      default: break
      }
    }
    return isDestroy
  }

  /// A bare word; a quoted one is read with a warning.
  private mutating func keyword(_ expression: Expression) -> String? {
    if case .template = expression.node.kind, let text = expression.literalString {
      problems.append(
        Problem(
          .warning, "Quoted keywords are deprecated",
          "In this context, keywords are expected literally rather than in quotes. Terraform 0.11 and earlier required quotes, but quoted keywords are now deprecated and will be removed in a future version of Terraform. Remove the quotes surrounding this keyword to silence this warning.",
          at: expression.span))
      return text
    }
    return expression.keyword
  }

  /// `replace_triggered_by` takes resources and parts of them, and nothing else.
  mutating func decodeTriggers(_ expression: Expression, _ resource: inout Module.Resource) {
    let ids: [Expression.Node.ID]
    switch expression.node.kind {
    case .tuple(let elements, _), .jsonArray(let elements): ids = elements
    default:
      report("Invalid expression", "A static list expression is required.", at: expression.span)
      return
    }
    for id in ids {
      let element = expression.child(id)
      resource.replaceTriggeredBy.append(element)
      var resources = 0
      for traversal in Observation.references(in: element) {
        let reference: Reference
        switch Reference.parse(traversal) {
        case .success(let found): reference = found
        case .failure(let error):
          problems.append(error.problem)
          resources += 1
          continue
        }
        switch reference.subject {
        case .resource: resources += 1
        case .count("index"), .each("key"): break
        default:
          report(
            "Invalid reference in replace_triggered_by expression",
            "Only resources, count.index, and each.key may be used in replace_triggered_by.",
            at: element.span)
        }
      }
      if resources == 0 {
        report(
          "Invalid replace_triggered_by expression",
          "Missing resource reference in replace_triggered_by expression.", at: element.span)
      }
    }
  }
}

extension Body.Attribute {
  func expressionSpan(_ tree: SyntaxTree) -> SourceSpan { tree.expression(expression).span }
}
