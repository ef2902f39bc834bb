public import SourceText

/// The `configuration` part of a plan's JSON: what was written, not what it came to.
public enum ConfigurationJSON {
  /// The document of a configuration.
  public static func document(_ configuration: Configuration) -> JSONValue {
    var members: [(String, JSONValue)] = []
    var providers: [(String, JSONValue)] = []
    collectProviders(configuration.root, &providers)
    if !providers.isEmpty { members.append(("provider_config", .object(providers))) }
    members.append(("root_module", module(configuration.root)))
    return .object(members)
  }

  private static func collectProviders(_ module: Module, _ providers: inout [(String, JSONValue)]) {
    if !module.resources.isEmpty {
      var members: [(String, JSONValue)] = [
        ("name", .string("terraform")), ("full_name", .string("terraform.io/builtin/terraform")),
      ]
      if !module.path.isEmpty { members.append(("module_address", .string(module.addressPrefix))) }
      providers.append((providerKey(module), .object(members)))
    }
    for name in module.children.keys.sorted() {
      if let child = module.children[name] { collectProviders(child, &providers) }
    }
  }

  private static func providerKey(_ module: Module) -> String {
    module.path.isEmpty ? "terraform" : module.addressPrefix + ":terraform"
  }

  private static func module(_ module: Module) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if !module.outputs.isEmpty {
      members.append(
        (
          "outputs",
          .object(
            module.outputs.keys.sorted().compactMap { name in
              module.outputs[name].map { (name, output($0)) }
            })
        ))
    }
    let resources = module.resources.values.sorted { first, second in
      let left = (first.address.mode == .data ? 0 : 1, first.address.description)
      return left < (second.address.mode == .data ? 0 : 1, second.address.description)
    }
    if !resources.isEmpty {
      members.append(("resources", .array(resources.map { resource($0, module) })))
    }
    if !module.calls.isEmpty {
      members.append(
        (
          "module_calls",
          .object(
            module.calls.keys.sorted().compactMap { name in
              module.calls[name].map { (name, call($0, module)) }
            })
        ))
    }
    if !module.variables.isEmpty {
      members.append(
        (
          "variables",
          .object(
            module.variables.keys.sorted().compactMap { name in
              module.variables[name].map { (name, variable($0)) }
            })
        ))
    }
    return .object(members)
  }

  private static func variable(_ variable: Module.Variable) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if let value = variable.defaultValue { members.append(("default", value.json)) }
    if let text = variable.description, !text.isEmpty {
      members.append(("description", .string(text)))
    }
    if variable.isSensitive { members.append(("sensitive", .bool(true))) }
    if variable.isEphemeral { members.append(("ephemeral", .bool(true))) }
    return .object(members)
  }

  private static func output(_ output: Module.Output) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if output.isSensitive { members.append(("sensitive", .bool(true))) }
    if output.isEphemeral { members.append(("ephemeral", .bool(true))) }
    if let value = output.value { members.append(("expression", expression(value))) }
    if let text = output.description, !text.isEmpty {
      members.append(("description", .string(text)))
    }
    if !output.dependsOn.isEmpty { members.append(("depends_on", dependencies(output.dependsOn))) }
    return .object(members)
  }

  private static func dependencies(_ traversals: [Traversal]) -> JSONValue {
    .array(traversals.map { .string($0.text) })
  }

  private static func resource(_ resource: Module.Resource, _ module: Module) -> JSONValue {
    let address = resource.address
    var members: [(String, JSONValue)] = [
      ("address", .string(address.description)), ("mode", .string(address.mode.rawValue)),
      ("type", .string(address.type)), ("name", .string(address.name)),
      ("provider_config_key", .string(providerKey(module))),
    ]
    let known = BuiltInProvider.attributes(of: address) ?? [:]
    let expressions = resource.body.attributes.filter { known[$0.name] != nil }
    if !expressions.isEmpty {
      members.append(
        (
          "expressions",
          .object(
            expressions.map {
              ($0.name, expression(resource.tree.expression($0.expression)))
            })
        ))
    }
    members.append(("schema_version", .integer(0)))
    if let count = resource.count { members.append(("count_expression", expression(count))) }
    if let each = resource.forEach { members.append(("for_each_expression", expression(each))) }
    if !resource.dependsOn.isEmpty {
      members.append(("depends_on", dependencies(resource.dependsOn)))
    }
    if !resource.provisioners.isEmpty {
      members.append(
        (
          "provisioners",
          .array(
            resource.provisioners.map { block in
              let inner = block.body.attributes.filter {
                !["when", "on_failure"].contains($0.name)
              }
              return .object([
                ("type", .string(block.labels.first ?? "")),
                (
                  "expressions",
                  .object(
                    inner.map {
                      ($0.name, expression(resource.tree.expression($0.expression)))
                    })
                ),
              ])
            })
        ))
    }
    return .object(members)
  }

  private static func call(_ call: Module.Call, _ module: Module) -> JSONValue {
    var members: [(String, JSONValue)] = [("source", .string(call.source ?? ""))]
    if !call.arguments.isEmpty {
      members.append(
        (
          "expressions",
          .object(
            call.arguments.map {
              ($0.name, expression(call.tree.expression($0.expression)))
            })
        ))
    }
    if let count = call.count { members.append(("count_expression", expression(count))) }
    if let each = call.forEach { members.append(("for_each_expression", expression(each))) }
    members.append(("module", module.children[call.name].map { self.module($0) } ?? .object([])))
    if let version = call.version { members.append(("version_constraint", .string(version))) }
    if !call.dependsOn.isEmpty { members.append(("depends_on", dependencies(call.dependsOn))) }
    return .object(members)
  }

  /// A constant, or what an expression refers to.
  private static func expression(_ expression: Expression) -> JSONValue {
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, in: Scope())
    if evaluator.problems.isEmpty, value.isWhollyKnown {
      return .object([("constant_value", value.json)])
    }
    var names: [JSONValue] = []
    for traversal in Observation.references(in: expression) {
      guard case .success(let reference) = Reference.parse(traversal) else { continue }
      names += spellings(traversal, reference).map { .string($0) }
    }
    return names.isEmpty ? .object([]) : .object([("references", .array(names))])
  }

  /// A reference and everything it goes through, the longest first.
  private static func spellings(_ traversal: Traversal, _ reference: Reference) -> [String] {
    let subject = traversal.steps.count - reference.remaining.count
    var names: [String] = []
    func text(_ count: Int) -> String {
      traversal.root + Traversal.text(Array(traversal.steps.prefix(count)))
    }
    for count in stride(from: traversal.steps.count, through: subject, by: -1) {
      names.append(text(count))
    }
    if reference.hasKey { names.append(text(subject - 1)) }
    return names
  }
}
