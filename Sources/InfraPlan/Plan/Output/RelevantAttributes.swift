internal import SourceText

/// The resource attributes that contribute to the changes of a plan.
enum RelevantAttributes {
  static func json(_ configuration: Configuration, _ plan: Plan) -> [JSONValue] {
    var found: [String: JSONValue] = [:]
    // An output that stays null does not change.
    let unchanged = Set(plan.outputs.filter(\.value.isNull).map(\.name))
    let modules = Set(plan.resources.map(\.module))
    visit(configuration.root, modules, unchanged, &found)
    return found.keys.sorted().compactMap { found[$0] }
  }

  /// Every output and every resource of every module changes when all is created; what each refers
  /// to, through locals too, is told where the reference stands.
  private static func visit(
    _ module: Module, _ instances: Set<String>, _ unchanged: Set<String>,
    _ found: inout [String: JSONValue]
  ) {
    let prefixes =
      [module.addressPrefix]
      + instances.filter {
        $0 != module.addressPrefix && withoutKeys($0) == module.addressPrefix
      }
    var expressions = module.outputs.values.filter { !unchanged.contains($0.name) }.compactMap(
      \.value)
    for resource in module.resources.values {
      expressions += [resource.count, resource.forEach].compactMap { $0 }
      expressions += resource.body.attributes.map { resource.tree.expression($0.expression) }
    }
    for call in module.calls.values {
      expressions += call.arguments.map { call.tree.expression($0.expression) }
      expressions += [call.count, call.forEach].compactMap { $0 }
    }
    var locals: Set<String> = []
    while let expression = expressions.popLast() {
      for traversal in Observation.references(in: expression) {
        guard case .success(let reference) = Reference.parse(traversal) else { continue }
        switch reference.subject {
        case .local(let name):
          if let local = module.locals[name], locals.insert(name).inserted {
            expressions.append(local.expression)
          }
        case .resource(let address):
          for prefix in prefixes { add(address, traversal, reference, prefix, &found) }
        default: break
        }
      }
    }
    for child in module.children.values { visit(child, instances, [], &found) }
  }

  private static func withoutKeys(_ address: String) -> String {
    var result = ""
    var depth = 0
    for character in address {
      if character == "[" { depth += 1 }
      if depth == 0 { result.append(character) }
      if character == "]" { depth -= 1 }
    }
    return result
  }

  private static func add(
    _ address: ResourceAddress, _ traversal: Traversal, _ reference: Reference, _ prefix: String,
    _ found: inout [String: JSONValue]
  ) {
    var name = address.description
    if reference.hasKey {
      let key = traversal.steps[traversal.steps.count - reference.remaining.count - 1]
      name += Traversal.text([key])
    }
    let path: [JSONValue] = reference.remaining.map { step in
      switch step.kind {
      case .attribute(let name): .string(name)
      case .index(.number(let number)): .number(number.text)
      case .index(.string(let key)): .string(key)
      default: .null
      }
    }
    let entry = JSONValue.object([
      ("resource", .string(prefix.isEmpty ? name : prefix + "." + name)),
      ("attribute", .array(path)),
    ])
    found[entry.text()] = entry
  }
}
