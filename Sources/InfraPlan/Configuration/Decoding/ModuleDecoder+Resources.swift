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
        ? [
          ("lifecycle", []), ("locals", []), ("connection", []), ("provisioner", ["type"]),
          ("_", []),
        ]
        : [("lifecycle", []), ("locals", []), ("_", [])], isPartial: true)
    var content = BodyContent(block.body, schema, &problems)
    content.unwrapEscapes()
    let nouns: (type: String, name: String)
    switch mode {
    case .managed: nouns = ("resource type name", "resource name")
    case .data: nouns = ("data source name", "data resource name")
    case .ephemeral: nouns = ("ephemeral resource type", "ephemeral resource name")
    }
    if !Self.isName(address.type) {
      report("Invalid \(nouns.type)", Self.badName, at: block.labelSpans[0])
    }
    if !Self.isName(address.name) {
      report("Invalid \(nouns.name)", Self.badName, at: block.labelSpans[1])
    }
    // What cannot be kept is decoded all the same, for what is wrong in it.
    var isKept = true
    if isOverride, module.resources[address] == nil {
      isKept = false
      let noun = mode == .managed ? "" : "\(mode) "
      reportMissingBase(
        "\(noun)resource",
        "There is no \(address.type) \(noun)resource named \(Quoting.goQuoted(address.name)).",
        "a resource block defined", at: block.headerSpan)
    }
    if let first = module.resources[address], !isOverride {
      isKept = false
      let noun = mode == .managed ? "" : "\(mode) "
      report(
        "Duplicate \(noun.isEmpty ? "resource " : noun)\(Quoting.goQuoted(address.type)) configuration",
        "A \(address.type) \(noun)resource named \(Quoting.goQuoted(address.name)) was already declared at \(place(first.span)). Resource names must be unique per type in each module.",
        at: block.headerSpan)
    }
    var resource = Module.Resource(
      address: address, span: block.headerSpan, typeSpan: block.labelSpans[0], tree: tree,
      body: block.body, check: check)
    resource.count = content.attributes["count"].map { tree.expression($0.expression) }
    resource.forEach = content.attributes["for_each"].map { tree.expression($0.expression) }
    if resource.count != nil, let forEach = content.attributes["for_each"] {
      reportRepeatedTwice(forEach)
    }
    if let attribute = content.attributes["provider"] {
      resource.provider = providerReference(tree.expression(attribute.expression), "provider")
    } else {
      checkImpliedProvider(address, block)
    }
    if let list = content.attributes["depends_on"] {
      resource.dependsOn = reading { $0.traversals(tree.expression(list.expression)) }
    }
    if check != nil {
      for name in ["count", "for_each"] {
        guard let attribute = content.attributes[name] else { continue }
        report(
          "Invalid \(Quoting.goQuoted(name)) attribute",
          "The \"count\" and \"for_each\" meta-arguments are not supported within nested data blocks.",
          at: attribute.nameSpan)
      }
    }
    var lifecycle: SourceSpan?
    var connection: SourceSpan?
    for inner in content.blocks {
      switch inner.type {
      case "lifecycle":
        if let first = lifecycle {
          report(
            "Duplicate lifecycle block",
            "This resource already has a lifecycle block at \(place(first)).", at: inner.headerSpan)
          continue
        }
        lifecycle = inner.headerSpan
        if check != nil {
          report(
            "Invalid lifecycle block",
            "Nested data blocks do not support \"lifecycle\" blocks as the lifecycle is managed by the containing block.",
            at: inner.headerSpan)
          continue
        }
        decodeLifecycle(inner, tree, &resource)
      case "locals": reportReserved(inner, in: mode == .managed ? "resource" : "data")
      case "provisioner":
        _ = decodeProvisioner(inner, tree)
        resource.provisioners.append(inner)
      case "connection":
        if let first = connection {
          report(
            "Duplicate connection block",
            "This resource already has a connection block at \(place(first)).",
            at: inner.headerSpan)
          continue
        }
        connection = inner.headerSpan
        resource.connection = inner.body
      default: break
      }
    }
    resource.body = block.body.with(attributes: content.rest, blocks: content.restBlocks)
    guard isKept else { return }
    if module.resources[address] == nil { module.order.append(address) }
    module.resources[address] = resource
  }

  /// The provider's name is the first word of the resource type.
  private mutating func checkImpliedProvider(_ address: ResourceAddress, _ block: Body.Block) {
    let name = address.type.prefix { $0 != "_" }
    let isValid = !name.hasPrefix("-") && !name.hasSuffix("-")
    if !isValid {
      report(
        "Invalid provider local name",
        "\(Quoting.goQuoted(String(name))) is an invalid implied provider local name: must contain only letters, digits, and dashes, and may not use leading or trailing dashes",
        at: block.headerSpan)
    }
  }

  private mutating func decodeLifecycle(
    _ block: Body.Block, _ tree: SyntaxTree, _ resource: inout Module.Resource
  ) {
    let attributes: [(String, Bool)] = [
      ("create_before_destroy", false), ("prevent_destroy", false), ("ignore_changes", false),
      ("replace_triggered_by", false),
    ]
    let schema = BodySchema(
      attributes: attributes, blocks: [("precondition", []), ("postcondition", [])])
    let content = BodyContent(block.body, schema, &problems)
    guard resource.address.mode == .managed else {
      let noun = "\(resource.address.mode)"
      for attribute in block.body.attributes where content.attributes[attribute.name] != nil {
        report(
          "Invalid \(noun) resource lifecycle argument",
          "The lifecycle argument \(Quoting.goQuoted(attribute.name)) is defined only for managed resources (\"resource\" blocks), and is not valid for \(noun) resources.",
          at: attribute.nameSpan)
      }
      return decodeConditions(content, tree, &resource)
    }
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
    decodeConditions(content, tree, &resource)
  }

  private mutating func decodeConditions(
    _ content: BodyContent, _ tree: SyntaxTree, _ resource: inout Module.Resource
  ) {
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
    let ids: [Expression.Node.ID]
    switch expression.node.kind {
    case .tuple(let elements, _), .jsonArray(let elements): ids = elements
    default:
      return report(
        "Invalid expression", "A static list expression is required.", at: expression.startSpan)
    }
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
    var content = BodyContent(block.body, schema, &problems)
    content.unwrapEscapes()
    checkName(name, block.labelSpans[0], "module instance")
    // What cannot be kept is decoded all the same, for what is wrong in it.
    var isKept = true
    if isOverride, module.calls[name] == nil {
      isKept = false
      reportMissingBase(
        "module call", "There is no module call named \(Quoting.goQuoted(name)).",
        "a module call that was defined", at: block.headerSpan)
    }
    if let first = module.calls[name], !isOverride {
      report(
        "Duplicate module call",
        "A module call named \(Quoting.goQuoted(name)) was already defined at \(place(first.span)). Module calls must have unique names within a module.",
        at: block.headerSpan)
    }
    var call =
      (isOverride ? module.calls[name] : nil)
      ?? Module.Call(name: name, span: block.headerSpan, tree: tree, body: block.body)
    if let source = content.attributes["source"] {
      call.source =
        reading {
          $0.constant(tree.expression(source.expression), as: .string, allowsNull: false)
        }?.stringValue
      call.sourceSpan = tree.expression(source.expression).span
    }
    if let version = content.attributes["version"] {
      call.version = versionConstraint(version, tree)
      call.hasVersion = true
    }
    if let providers = content.attributes["providers"] {
      call.providers = providerMapping(tree.expression(providers.expression))
    }
    if content.attributes["count"] != nil, let forEach = content.attributes["for_each"] {
      reportRepeatedTwice(forEach)
    }
    call.count = content.attributes["count"].map { tree.expression($0.expression) }
    call.forEach = content.attributes["for_each"].map { tree.expression($0.expression) }
    if let list = content.attributes["depends_on"] {
      call.dependsOn = reading { $0.traversals(tree.expression(list.expression)) }
    }
    checkSource(of: &call)
    call.arguments = content.rest
    call.body = block.body.with(attributes: content.rest, blocks: content.restBlocks)
    for inner in content.blocks { reportReserved(inner, in: "module") }
    if isKept { module.calls[name] = call }
  }

  private mutating func checkSource(of call: inout Module.Call) {
    guard let source = call.source, let span = call.sourceSpan else { return }
    do throws(ModuleSource.Failure) {
      call.location = try ModuleSource(source, hasVersion: call.version != nil || call.hasVersion)
    } catch {
      report(error.summary, error.detail, at: span)
    }
  }

  private mutating func reportRepeatedTwice(_ forEach: Body.Attribute) {
    report(
      "Invalid combination of \"count\" and \"for_each\"",
      "The \"count\" and \"for_each\" meta-arguments are mutually-exclusive, only one should be used to be explicit about the number of resources to be created.",
      at: forEach.nameSpan)
  }

  mutating func reportReserved(_ block: Body.Block, in context: String) {
    report(
      "Reserved block type name in \(context) block",
      "The block type name \(Quoting.goQuoted(block.type)) is reserved for use by Terraform in a future version.",
      at: block.typeSpan)
  }
}
