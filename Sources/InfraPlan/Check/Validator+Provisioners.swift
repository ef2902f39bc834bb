internal import SourceText

/// What the provisioners that come with the language accept.
enum BuiltInProvisioner {
  static let schemas: [String: [String: BuiltInProvider.Attribute]] = [
    "file": [
      "content": .init(type: .string), "source": .init(type: .string),
      "destination": .init(type: .string, isRequired: true),
    ],
    "local-exec": [
      "command": .init(type: .string, isRequired: true), "environment": .init(type: .map(.string)),
      "interpreter": .init(type: .list(.string)), "quiet": .init(type: .bool),
      "working_dir": .init(type: .string),
    ],
    "remote-exec": [
      "inline": .init(type: .list(.string)), "script": .init(type: .string),
      "scripts": .init(type: .list(.string)),
    ],
  ]

  /// What any kind of connection accepts.
  static let connection: [String: BuiltInProvider.Attribute] = {
    let texts = [
      "agent_identity", "bastion_certificate", "bastion_host", "bastion_host_key",
      "bastion_password", "bastion_private_key", "bastion_user", "cacert", "certificate",
      "host_key", "password", "private_key", "proxy_host", "proxy_scheme", "proxy_user_name",
      "proxy_user_password", "script_path", "target_platform", "timeout", "type", "user",
    ]
    var schema: [String: BuiltInProvider.Attribute] = [
      "host": .init(type: .string, isRequired: true)
    ]
    for name in texts { schema[name] = .init(type: .string) }
    for name in ["bastion_port", "port", "proxy_port"] { schema[name] = .init(type: .number) }
    for name in ["agent", "https", "insecure", "use_ntlm"] { schema[name] = .init(type: .bool) }
    return schema
  }()

  /// What the provisioner refuses in arguments of the right types; given are those that are not null.
  static func refusal(_ type: String, _ given: Set<String>) -> Problem? {
    switch type {
    case "file" where given.isSuperset(of: ["source", "content"]):
      return Problem(.error, "Cannot set both 'source' and 'content'")
    case "file" where given.isDisjoint(with: ["source", "content"]):
      return Problem(.error, "Must provide one of 'source' or 'content'")
    case "remote-exec" where given.intersection(["inline", "script", "scripts"]).count != 1:
      return Problem(
        .error, "Invalid remote-exec provisioner configuration",
        "Only one of \"inline\", \"script\", or \"scripts\" must be set")
    default: return nil
    }
  }
}

extension Validator {
  /// Provisioners that nothing provides; each type is told once.
  static func missingProvisioners(in module: Module) -> [Problem] {
    func types(_ module: Module) -> Set<String> {
      var found = Set(
        module.resources.values.flatMap { $0.provisioners.compactMap(\.labels.first) })
      for child in module.children.values { found.formUnion(types(child)) }
      return found
    }
    return types(module).subtracting(BuiltInProvisioner.schemas.keys).sorted().map { type in
      Problem(
        .error, "Missing required provisioner plugin",
        "This configuration requires provisioner plugin \(Quoting.goQuoted(type)), which isn't available. If you're intending to use an external provisioner plugin, you must install it manually into one of the plugin search directories before running Terraform."
      )
    }
  }

  /// The provisioners of a resource and their connections, in which `self` is the resource. What
  /// comes after something wrong is not looked at.
  mutating func visitProvisioners(
    _ resource: Module.Resource, _ resolver: ModuleResolver, _ context: EvaluationContext,
    since mark: Int
  ) {
    for provisioner in resource.provisioners {
      guard let type = provisioner.labels.first, let schema = BuiltInProvisioner.schemas[type]
      else { continue }
      visit(provisioner, type, schema, resource, resolver, context)
      if problems[mark...].hasErrors { return }
    }
  }

  private mutating func visit(
    _ provisioner: Body.Block, _ type: String, _ schema: [String: BuiltInProvider.Attribute],
    _ resource: Module.Resource, _ resolver: ModuleResolver, _ context: EvaluationContext
  ) {
    let body = provisioner.body
    let escaped = body.blocks.filter { $0.type == "_" }.map(\.body)
    let arguments = body.with(
      attributes: body.attributes.filter { $0.name != "when" && $0.name != "on_failure" }
        + escaped.flatMap(\.attributes),
      blocks: body.blocks.filter { $0.type != "connection" && $0.type != "_" }
        + escaped.flatMap(\.blocks))
    let given = decode(arguments, schema, resource.tree, resolver, context)
    if let problem = BuiltInProvisioner.refusal(type, given) { problems.append(problem) }
    let own = body.blocks.first { $0.type == "connection" }?.body
    guard let base = resource.connection ?? own else { return }
    var connection = base
    if let own, resource.connection != nil {
      let names = Set(own.attributes.map(\.name))
      connection = base.with(
        attributes: base.attributes.filter { !names.contains($0.name) } + own.attributes,
        blocks: base.blocks + own.blocks)
    }
    _ = decode(connection, BuiltInProvisioner.connection, resource.tree, resolver, context)
  }

  /// Checks a body of arguments against a schema and evaluates it; the names of those that are not
  /// certainly null.
  private mutating func decode(
    _ body: Body, _ schema: [String: BuiltInProvider.Attribute], _ tree: SyntaxTree,
    _ resolver: ModuleResolver, _ context: EvaluationContext
  ) -> Set<String> {
    let known = body.attributes.filter { schema[$0.name] != nil }
    var evaluator = Evaluator()
    guard
      let scope = evaluator.scope(
        for: known.map { tree.expression($0.expression) }, resolver, context)
    else {
      // With a reference wrong nothing is known of the values.
      problems += evaluator.problems
      return Set(schema.keys)
    }
    let names = BodySchema(
      attributes: schema.keys.sorted().map { ($0, schema[$0]?.isRequired ?? false) })
    _ = BodyContent(body, names, &problems)
    var given: Set<String> = []
    for attribute in known {
      let expression = tree.expression(attribute.expression)
      let (value, found) = evaluator.separately(expression, in: scope)
      problems += found
      guard let wanted = schema[attribute.name], !(value.isNull && !found.hasErrors) else {
        continue
      }
      given.insert(attribute.name)
      if found.hasErrors { continue }
      do throws(ConversionError) { _ = try value.converted(to: wanted.type) } catch {
        var problem = Problem(
          .error, "Incorrect attribute value type",
          "Inappropriate value for attribute \(Quoting.goQuoted(attribute.name)): \(error.located).",
          at: expression.span)
        problem.values = Observation.values(expression, scope)
        problems.append(problem)
      }
    }
    return given
  }
}
