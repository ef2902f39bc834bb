public import SourceText

/// A plan as `terraform show -json` prints it.
public enum PlanJSON {
  /// The document of a plan and of the configuration it was made from.
  public static func document(_ plan: Plan, of configuration: Configuration) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("format_version", .string("1.2")), ("terraform_version", .string("1.11.4")),
    ]
    if !plan.variables.isEmpty {
      members.append(
        (
          "variables",
          .object(
            plan.variables.keys.sorted().map { name in
              (name, .object([("value", plan.variables[name]?.json ?? .null)]))
            })
        ))
    }
    members.append(("planned_values", plannedValues(plan)))
    if !plan.resources.isEmpty {
      members.append(("resource_changes", .array(plan.resources.map(change))))
    }
    let outputs = plan.outputs
    if !outputs.isEmpty {
      members.append(("output_changes", .object(outputs.map { ($0.name, change($0)) })))
    }
    let known = outputs.filter { $0.value.isWhollyKnown && !$0.value.isNull }
    if !known.isEmpty {
      let values = JSONValue.object([
        ("outputs", .object(known.map { ($0.name, output($0)) })), ("root_module", .object([])),
      ])
      members.append(
        (
          "prior_state",
          .object([
            ("format_version", .string("1.0")), ("terraform_version", .string("1.11.4")),
            ("values", values),
          ])
        ))
    }
    members.append(("configuration", ConfigurationJSON.document(configuration)))
    let relevant = RelevantAttributes.json(configuration, plan)
    if !relevant.isEmpty { members.append(("relevant_attributes", .array(relevant))) }
    members += [
      ("applyable", .bool(!plan.isEmpty && !plan.isErrored)), ("complete", .bool(!plan.isErrored)),
      ("errored", .bool(plan.isErrored)),
    ]
    return .object(members)
  }

  private static func output(_ output: Plan.Output) -> JSONValue {
    var members: [(String, JSONValue)] = [("sensitive", .bool(output.isSensitive))]
    if output.value.isWhollyKnown {
      members.append(("type", output.value.isNull ? .string("dynamic") : output.value.type.json))
      members.append(("value", output.value.json))
    }
    return .object(members)
  }

  private static func plannedValues(_ plan: Plan) -> JSONValue {
    var members: [(String, JSONValue)] = []
    let outputs = plan.outputs
    if !outputs.isEmpty {
      members.append(("outputs", .object(outputs.map { ($0.name, output($0)) })))
    }
    members.append(("root_module", module("", plan)))
    return .object(members)
  }

  private static func module(_ address: String, _ plan: Plan) -> JSONValue {
    var members: [(String, JSONValue)] = []
    let own = plan.resources.filter { $0.module == address }
    if !own.isEmpty { members.append(("resources", .array(own.map(planned)))) }
    if !address.isEmpty { members.append(("address", .string(address))) }
    let prefix = address.isEmpty ? "module." : address + ".module."
    let children = Set(
      plan.resources.map(\.module).filter { $0.hasPrefix(prefix) }.map { inner in
        prefix + inner.dropFirst(prefix.count).prefix { $0 != "." }
      })
    if !children.isEmpty {
      members.append(("child_modules", .array(children.sorted().map { module($0, plan) })))
    }
    return .object(members)
  }

  private static func identity(_ resource: Plan.Resource) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [("address", .string(resource.address))]
    members += [
      ("mode", .string("managed")), ("type", .string(resource.type)),
      ("name", .string(resource.name)),
    ]
    switch resource.key {
    case .index(let index)?: members.append(("index", .integer(index)))
    case .name(let name)?: members.append(("index", .string(name)))
    case nil: break
    }
    members.append(("provider_name", .string("terraform.io/builtin/terraform")))
    return members
  }

  private static func planned(_ resource: Plan.Resource) -> JSONValue {
    .object(
      identity(resource) + [
        ("schema_version", .integer(0)), ("values", resource.after.json),
        ("sensitive_values", resource.after.sensitiveShape),
      ])
  }

  private static func change(_ resource: Plan.Resource) -> JSONValue {
    var members = identity(resource)
    if !resource.module.isEmpty { members.append(("module_address", .string(resource.module))) }
    members.append(
      (
        "change",
        .object([
          ("actions", .array([.string("create")])), ("before", .null),
          ("after", resource.after.json), ("after_unknown", resource.after.unknownShape),
          ("before_sensitive", .bool(false)), ("after_sensitive", resource.after.sensitiveShape),
        ])
      ))
    return .object(members)
  }

  private static func change(_ output: Plan.Output) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("actions", .array([.string(output.value.isNull ? "no-op" : "create")])), ("before", .null),
    ]
    if output.value.isKnown { members.append(("after", output.value.json)) }
    members += [
      ("after_unknown", output.value.unknownJSON), ("before_sensitive", .bool(output.isSensitive)),
      ("after_sensitive", .bool(output.isSensitive)),
    ]
    return .object(members)
  }
}
