internal import SourceText

extension ModuleDecoder {
  mutating func decodeResource(
    _ block: Body.Block, _ tree: SyntaxTree, _ mode: ResourceAddress.Mode, check: String? = nil
  ) {
    let address = ResourceAddress(mode: mode, type: block.labels[0], name: block.labels[1])
    let schema = BodySchema(
      attributes: [
        ("count", false), ("for_each", false), ("provider", false), ("depends_on", false),
      ],
      blocks: mode == .managed
        ? [("lifecycle", []), ("connection", []), ("provisioner", ["type"]), ("_", [])]
        : [("lifecycle", []), ("locals", []), ("_", [])], isPartial: true)
    let content = BodyContent(block.body, schema, &problems)
    if !Self.isName(address.type) {
      report(
        "Invalid \(mode == .data ? "data source" : "resource type") name", Self.badName,
        at: block.labelSpans[0])
    }
    if !Self.isName(address.name) {
      report(
        "Invalid \(mode == .data ? "data resource" : "resource") name", Self.badName,
        at: block.labelSpans[1])
    }
    if let first = module.resources[address], !isOverride {
      let noun = mode == .data ? "data " : ""
      report(
        "Duplicate \(noun.isEmpty ? "resource" : "data") \(Quoting.goQuoted(address.type)) configuration",
        "A \(address.type) \(mode == .data ? "data " : "")resource named \(Quoting.goQuoted(address.name)) was already declared at \(place(first.span)). Resource names must be unique per type in each module.",
        at: block.headerSpan)
      return
    }
    var resource = Module.Resource(
      address: address, span: block.headerSpan, typeSpan: block.labelSpans[0], tree: tree,
      body: block.body, check: check)
    resource.count = content.attributes["count"].map { tree.expression($0.expression) }
    resource.forEach = content.attributes["for_each"].map { tree.expression($0.expression) }
    if resource.count != nil, let forEach = content.attributes["for_each"] {
      report(
        "Invalid combination of \"count\" and \"for_each\"",
        "The \"count\" and \"for_each\" meta-arguments are mutually-exclusive, only one should be used to be explicit about the number of resources to be created.",
        at: forEach.nameSpan)
    }
    if let list = content.attributes["depends_on"] {
      resource.dependsOn = reading { $0.traversals(tree.expression(list.expression)) }
    }
    for inner in content.blocks {
      switch inner.type {
      case "lifecycle": decodeLifecycle(inner, tree, &resource)
      case "locals":
        report(
          "Reserved block type name in data block",
          "The block type name \"locals\" is reserved for use by Terraform in a future version.",
          at: inner.typeSpan)
      case "provisioner":
        _ = decodeProvisioner(inner, tree)
        resource.provisioners.append(inner)
        if inner.labels[0] == "local-exec",
          !inner.body.attributes.contains(where: { $0.name == "command" })
        {
          resource.provisionerProblems.append(
            Problem(
              .error, "Missing required argument",
              "The argument \"command\" is required, but no definition was found.",
              at: inner.body.span.startPoint))
        }
      default: break
      }
    }
    let own: Set<String> = ["count", "for_each", "provider", "depends_on"]
    resource.body = Body(
      attributes: block.body.attributes.filter { !own.contains($0.name) },
      blocks: content.restBlocks,
      span: block.body.span)
    if module.resources[address] == nil { module.order.append(address) }
    module.resources[address] = resource
  }

  private mutating func decodeLifecycle(
    _ block: Body.Block, _ tree: SyntaxTree, _ resource: inout Module.Resource
  ) {
    let attributes: [(String, Bool)] =
      resource.address.mode == .managed
      ? [
        ("create_before_destroy", false), ("prevent_destroy", false), ("ignore_changes", false),
        ("replace_triggered_by", false),
      ] : []
    let schema = BodySchema(
      attributes: attributes, blocks: [("precondition", []), ("postcondition", [])])
    let content = BodyContent(block.body, schema, &problems)
    resource.preventsDestroy = content.attributes["prevent_destroy"].map {
      tree.expression($0.expression)
    }
    resource.createsBeforeDestroy = content.attributes["create_before_destroy"].map {
      tree.expression($0.expression)
    }
    _ = flag(content.attributes["prevent_destroy"], tree)
    _ = flag(content.attributes["create_before_destroy"], tree)
    if let ignored = content.attributes["ignore_changes"] {
      decodeIgnored(tree.expression(ignored.expression), &resource)
    }
    if let triggers = content.attributes["replace_triggered_by"] {
      decodeTriggers(tree.expression(triggers.expression), &resource)
    }
    for inner in content.blocks {
      let rule = decodeRule(inner, tree)
      checkSelfReference(rule, resource.address, inner.type)
      if inner.type == "precondition" {
        resource.preconditions.append(rule)
      } else {
        resource.postconditions.append(rule)
      }
    }
  }

  private mutating func decodeIgnored(_ expression: Expression, _ resource: inout Module.Resource) {
    if expression.keyword == "all" {
      resource.ignoresAllChanges = true
      return
    }
    guard case .tuple(let ids, _) = expression.node.kind else { return }
    for id in ids {
      let element = expression.child(id)
      if element.literalString == "*" {
        report(
          "Invalid ignore_changes wildcard",
          "The [\"*\"] form of ignore_changes wildcard is was deprecated and is now invalid. Use \"ignore_changes = all\" to ignore changes to all attributes.",
          at: expression.span)
        continue
      }
      if let traversal = reading({ $0.traversal(element) }) {
        resource.ignoreChanges.append(traversal)
      }
    }
  }

  private mutating func checkSelfReference(
    _ rule: Module.CheckRule, _ address: ResourceAddress, _ kind: String
  ) {
    for expression in [rule.condition, rule.message].compactMap({ $0 }) {
      for traversal in Observation.references(in: expression) {
        guard case .success(let reference) = Reference.parse(traversal),
          reference.subject == .resource(address)
        else { continue }
        report(
          "Invalid reference in \(kind)",
          "Configuration for \(address) may not refer to itself.", at: expression.span)
      }
    }
  }

  mutating func decodeCall(_ block: Body.Block, _ tree: SyntaxTree) {
    let name = block.labels[0]
    let schema = BodySchema(
      attributes: [
        ("source", !isOverride), ("version", false), ("count", false), ("for_each", false),
        ("depends_on", false), ("providers", false),
      ], blocks: [("_", []), ("lifecycle", []), ("locals", []), ("provider", ["type"])],
      isPartial: true)
    let content = BodyContent(block.body, schema, &problems)
    checkName(name, block.labelSpans[0], "module instance")
    if let first = module.calls[name], !isOverride {
      report(
        "Duplicate module call",
        "A module call named \(Quoting.goQuoted(name)) was already defined at \(place(first.span)). Module calls must have unique names within a module.",
        at: block.headerSpan)
      return
    }
    var call =
      (isOverride ? module.calls[name] : nil)
      ?? Module.Call(name: name, span: block.headerSpan, tree: tree, body: block.body)
    if let source = content.attributes["source"] {
      call.source = text(source, tree)
      call.sourceSpan = tree.expression(source.expression).span
    }
    call.version = text(content.attributes["version"], tree)
    call.count = content.attributes["count"].map { tree.expression($0.expression) }
    call.forEach = content.attributes["for_each"].map { tree.expression($0.expression) }
    if let list = content.attributes["depends_on"] {
      call.dependsOn = reading { $0.traversals(tree.expression(list.expression)) }
    }
    call.arguments = content.rest
    call.body = Body(attributes: content.rest, blocks: content.restBlocks, span: block.body.span)
    for inner in content.blocks {
      report(
        "Reserved block type name in module block",
        "The block type name \(Quoting.goQuoted(inner.type)) is reserved for use by Terraform in a future version.",
        at: inner.typeSpan)
    }
    module.calls[name] = call
  }
}
