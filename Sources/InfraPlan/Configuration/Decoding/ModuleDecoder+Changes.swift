internal import SourceText

extension ModuleDecoder {
  /// `moved`, `removed` and `import` blocks.
  mutating func decodeChange(_ block: Body.Block, _ tree: SyntaxTree) {
    if isOverride {
      let what = block.type == "import" ? "Import blocks" : "Records of \(block.type) objects"
      report(
        "Cannot override '\(block.type)' blocks",
        "\(what) can appear only in normal files, not in override files.", at: block.headerSpan)
    }
    module.unplanned.append((block.type + " blocks", block.headerSpan))
    switch block.type {
    case "moved": decodeMoved(block, tree)
    case "removed": decodeRemoved(block, tree)
    case "import": decodeImport(block, tree)
    default: break
    }
  }

  /// A reference that must not be quoted in native syntax.
  mutating func plainTraversal(_ expression: Expression) -> Traversal? {
    if case .jsonString = expression.node.kind { return reading { $0.traversal(expression) } }
    if let traversal = expression.constantTraversal { return traversal }
    report(
      "Invalid expression",
      "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
      at: expression.span)
    return nil
  }

  /// The target that an attribute names.
  private mutating func target(
    _ attribute: Body.Attribute?, _ tree: SyntaxTree,
    _ parse: (Traversal) -> Result<TargetAddress, ProblemError> = TargetAddress.parse
  ) -> TargetAddress? {
    guard let attribute, let traversal = plainTraversal(tree.expression(attribute.expression))
    else { return nil }
    switch parse(traversal) {
    case .success(let address): return address
    case .failure(let error):
      problems.append(error.problem)
      return nil
    }
  }

  private mutating func decodeMoved(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(attributes: [("from", true), ("to", true)])
    let content = BodyContent(block.body, schema, &problems)
    let from = target(content.attributes["from"], tree)
    let to = target(content.attributes["to"], tree)
    if let from, let to, (from.resource == nil) != (to.resource == nil) {
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
    var isResource = false
    if let from = target(content.attributes["from"], tree, TargetAddress.parseWhole) {
      if from.resource?.mode == .data {
        report(
          "Data source address not allowed",
          "Data sources are never destroyed, so they are not valid targets of removed blocks. To remove the data source from state, remove the data source block from configuration.",
          at: from.span)
      } else {
        isResource = from.resource != nil
      }
    }
    for inner in content.blocks {
      if inner.type == "lifecycle" {
        let lifecycle = BodyContent(
          inner.body, BodySchema(attributes: [("destroy", false)]), &problems)
        _ = flag(lifecycle.attributes["destroy"], tree)
      } else if inner.type == "provisioner" {
        let isDestroy = decodeProvisioner(inner, tree)
        if !isResource {
          report(
            "Invalid provisioner block",
            "Provisioners are valid only when a removed block targets a managed resource.",
            at: inner.headerSpan)
        } else if !isDestroy {
          report(
            "Invalid provisioner block",
            "Only destroy-time provisioners are valid in \"removed\" blocks. To declare a destroy-time provisioner, use:\n    when = destroy",
            at: inner.headerSpan)
        }
      }
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
    var connection: SourceSpan?
    for inner in block.body.blocks {
      switch inner.type {
      case "connection":
        if let first = connection {
          report(
            "Duplicate connection block",
            "This provisioner already has a connection block at \(place(first)).",
            at: inner.headerSpan)
        }
        connection = connection ?? inner.headerSpan
      case "lifecycle": reportReserved(inner, in: "provisioner")
      default: break
      }
    }
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
    if isDestroy { checkDestroyReferences(block.body, tree) }
    return isDestroy
  }

  /// When a resource is being destroyed, only itself is certain to be there.
  private mutating func checkDestroyReferences(_ body: Body, _ tree: SyntaxTree) {
    for attribute in body.attributes
    where attribute.name != "when" && attribute.name != "on_failure" {
      let expression = tree.expression(attribute.expression)
      for traversal in Observation.references(in: expression) {
        let step = traversal.steps.first?.attribute
        switch traversal.root {
        case "self", "path", "terraform": continue
        case "count" where step == "index", "each" where step == "key": continue
        default:
          report(
            "Invalid reference from destroy provisioner",
            "Destroy-time provisioners and their connection configurations may only reference attributes of the related resource, via 'self', 'count.index', or 'each.key'.\n\nReferences to other resources during the destroy phase can cause dependency cycles and interact poorly with create_before_destroy.",
            at: expression.span)
        }
      }
    }
    for block in body.blocks where block.type == "connection" {
      checkDestroyReferences(block.body, tree)
    }
  }

  /// A bare word; a quoted one is read with a warning.
  private mutating func keyword(_ expression: Expression) -> String? {
    if case .template = expression.node.kind, let text = expression.literalString {
      problems.append(
        Problem(
          .warning, "Quoted keywords are deprecated",
          "In this context, keywords are expected literally rather than in quotes. Terraform 0.11 and earlier required quotes, but quoted keywords are now deprecated and will be removed in a future version of Terraform. Remove the quotes surrounding this keyword to silence this warning.",
          at: expression.span))
      let (traversal, found) = QuotedTraversal.read(
        text, at: expression.quotedOffset, in: expression.span.file)
      problems += found
      return traversal.flatMap { $0.steps.isEmpty ? $0.root : nil }
    }
    return expression.keyword
  }

  /// `replace_triggered_by` takes resources and parts of them, and nothing else.
  mutating func decodeTriggers(_ expression: Expression, _ resource: inout Module.Resource) {
    let ids: [Expression.Node.ID]
    switch expression.node.kind {
    case .tuple(let elements, _), .jsonArray(let elements): ids = elements
    default:
      report(
        "Invalid expression", "A static list expression is required.", at: expression.startSpan)
      return
    }
    for id in ids {
      var element = expression.child(id)
      if let (native, found) = element.nativeReading {
        problems += found
        if found.hasErrors { return }
        element = native
      }
      resource.replaceTriggeredBy.append(element)
      let mark = problems.count
      var resources = 0
      for traversal in Observation.references(in: element) {
        let reference: Reference
        switch Reference.parse(traversal) {
        case .success(let found): reference = found
        case .failure(let error):
          var problem = error.problem
          problem.subject = element.span
          problems.append(problem)
          resources += 1
          continue
        }
        switch reference.subject {
        case .resource: resources += 1
        case .count("index"), .each("key"): break
        case .each:
          report(
            "Invalid each reference in replace_triggered_by expression",
            "Only each.key may be used in replace_triggered_by.", at: element.span)
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
      if problems.count > mark { return }
    }
  }
}

extension Body.Attribute {
  func expressionSpan(_ tree: SyntaxTree) -> SourceSpan { tree.expression(expression).span }
}
