internal import SourceText

/// The resource attributes that contribute to the changes of a plan.
enum RelevantAttributes {
  static func json(_ configuration: Configuration) -> [JSONValue] {
    var found: [String: JSONValue] = [:]
    visit(configuration.root, &found)
    return found.keys.sorted().compactMap { found[$0] }
  }

  /// Every output and every resource of every module changes when all is created; what each refers
  /// to, through locals too, is told where the reference stands.
  private static func visit(_ module: Module, _ found: inout [String: JSONValue]) {
    var expressions = module.outputs.values.compactMap(\.value)
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
          add(address, traversal, reference, module, &found)
        default: break
        }
      }
    }
    for child in module.children.values { visit(child, &found) }
  }

  private static func add(
    _ address: ResourceAddress, _ traversal: Traversal, _ reference: Reference, _ module: Module,
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
      ("resource", .string(module.address(name))), ("attribute", .array(path)),
    ])
    found[entry.text()] = entry
  }
}
