internal import SourceText

extension ModuleDecoder {
  mutating func decodeImport(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(
      attributes: [("provider", false), ("for_each", false), ("id", true), ("to", true)])
    let mark = problems.count
    let content = BodyContent(block.body, schema, &problems)
    if problems[mark...].hasErrors { return }
    if !module.path.isEmpty {
      report(
        "Invalid import configuration",
        "An import block was detected in \(Quoting.goQuoted(module.addressPrefix)). Import blocks are only allowed in the root module.",
        at: block.headerSpan)
    }
    var item = Module.Import(span: block.headerSpan)
    item.id = content.attributes["id"].map { tree.expression($0.expression) }
    item.forEach = content.attributes["for_each"].map { tree.expression($0.expression) }
    if let attribute = content.attributes["to"] {
      decodeTarget(
        attribute, tree.expression(attribute.expression), &item, isJSON: block.body.isJSON)
    }
    if let attribute = content.attributes["provider"] {
      item.providerSpan = attribute.span
      item.provider = providerReference(tree.expression(attribute.expression), "provider")
      if let target = item.target, !target.modules.isEmpty {
        refuseProvider(
          attribute.span,
          "Use the providers argument within the module block to configure providers for all resources within a module, including imported resources."
        )
      }
    }
    if let to = item.constantTarget, item.forEach == nil, let expression = item.to?.expression {
      let address = to.description
      for first in importSpans[address] ?? [] {
        report(
          "Duplicate import configuration for \(Quoting.goQuoted(address))",
          "An import block for the resource \(Quoting.goQuoted(address)) was already declared at \(place(first)). A resource can have only one import block.",
          at: expression.span)
      }
    }
    if let address = item.constantTarget?.description {
      importSpans[address, default: []].append(block.headerSpan)
    }
    module.imports.append(item)
  }

  private mutating func decodeTarget(
    _ attribute: Body.Attribute, _ expression: Expression, _ item: inout Module.Import,
    isJSON: Bool
  ) {
    var expression = expression
    if let (native, found) = expression.nativeReading {
      problems += found
      if found.hasErrors { return }
      expression = native
    } else if isJSON {
      return report(
        "Invalid reference expression", "A single reference string is required.",
        at: expression.span)
    }
    item.to = ImportTarget(expression)
    if item.to == nil {
      report(
        "Invalid expression",
        "A single static variable reference is required: only attribute access and indexing with constant keys. No calculations, function calls, template expressions, etc are allowed here.",
        at: ImportTarget.innermost(expression).span)
    }
    if let to = item.to {
      switch TargetAddress.parse(to.constantPart) {
      case .failure(let error): problems.append(error.problem)
      case .success(let address) where address.resource == nil:
        report(
          "Invalid address",
          "A resource instance address is required here. The module path must be followed by a resource instance specification.",
          at: address.span)
      case .success(let address): item.target = address
      }
    }
    if item.target?.resource?.mode != .managed {
      item.target = nil
      report(
        "Invalid import address", "Only managed resources can be imported.", at: attribute.span)
    }
  }

  private mutating func refuseProvider(_ span: SourceSpan, _ advice: String) {
    report(
      "Invalid import provider argument",
      "The provider argument can only be specified in import blocks that will generate configuration.\n\n"
        + advice, at: span)
  }

  /// Providers that imports name for resources that are declared, and so say it themselves.
  mutating func checkImportProviders() {
    for item in module.imports where item.provider != nil {
      guard let span = item.providerSpan, let target = item.target, target.modules.isEmpty,
        let address = target.resource, module.resources[address] != nil
      else { continue }
      refuseProvider(
        span,
        "Use the provider argument in the target resource block to configure the provider for a resource with explicit provider configuration."
      )
    }
  }
}

extension ImportTarget {
  /// What an expression with steps and keys begins with.
  static func innermost(_ expression: Expression) -> Expression {
    var next = expression
    while true {
      switch next.node.kind {
      case .index(let collection, _, _): next = next.child(collection)
      case .relativeTraversal(let source, _): next = next.child(source)
      default: return next
      }
    }
  }
}
