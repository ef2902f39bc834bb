internal import SourceText

extension Configuration {
  /// Variables, locals, data sources, and outputs and calls of modules that nothing refers to, as
  /// warnings.
  ///
  /// A variable that only its own validation mentions is unused; a data source in a check block is
  /// not, and neither are outputs of the root module, nor a called module that has resources of its
  /// own or below it. Declarations whose name begins with `_` are left alone.
  public func unusedDeclarations() -> [Problem] {
    var problems: [Problem] = []
    Self.collectUnused(in: root, &problems)
    return problems.naming(files)
  }

  private static func collectUnused(in module: Module, _ problems: inout [Problem]) {
    let used = references(in: module)
    func report(_ what: String, _ name: String, _ span: SourceSpan) {
      problems.append(
        Problem(
          .warning, "Unused \(what)",
          "Nothing in \(module.displayName) refers to \(name). Remove it, or begin its name with an underscore to keep it on purpose.",
          at: span))
    }
    for (name, variable) in module.variables.sorted(by: { $0.key < $1.key })
    where !name.hasPrefix("_") && !used.contains(.variable(name)) {
      report("variable", "var.\(name)", variable.span)
    }
    for (name, local) in module.locals.sorted(by: { $0.key < $1.key })
    where !name.hasPrefix("_") && !used.contains(.local(name)) {
      report("local value", "local.\(name)", local.span)
    }
    for address in module.order where address.mode == .data && !used.contains(.resource(address)) {
      guard let resource = module.resources[address], resource.check == nil else { continue }
      report("data source", address.description, resource.span)
    }
    let outputs = usedOutputs(in: module)
    for name in module.children.keys.sorted() where !name.hasPrefix("_") {
      guard let child = module.children[name], let call = module.calls[name] else { continue }
      let wanted = outputs[name]
      if wanted == nil, !used.contains(.module(name)), !child.declaresResources {
        report("module", "module.\(name), which has no resources", call.span)
      } else if let wanted, !wanted.isEmpty || !used.contains(.module(name)) {
        for (output, declaration) in child.outputs.sorted(by: { $0.key < $1.key })
        where !output.hasPrefix("_") && !wanted.contains(output) {
          report("output", "module.\(name).\(output)", declaration.span)
        }
      }
      collectUnused(in: child, &problems)
    }
  }

  /// The outputs that are asked of each called module by name; an empty set where the module is used
  /// as a whole.
  private static func usedOutputs(in module: Module) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    var whole: Set<String> = []
    for traversal in allReferences(in: module) {
      guard case .success(let reference) = Reference.parse(traversal),
        case .module(let name) = reference.subject
      else { continue }
      if let output = reference.remaining.first?.attribute {
        result[name, default: []].insert(output)
      } else {
        whole.insert(name)
      }
    }
    for name in whole { result[name] = [] }
    return result
  }

  /// Everything that the expressions of a module name, its own validations of variables left out.
  private static func references(in module: Module) -> Set<Reference.Subject> {
    var used: Set<Reference.Subject> = []
    for traversal in allReferences(in: module) {
      if case .success(let reference) = Reference.parse(traversal) {
        used.insert(reference.subject)
      }
    }
    return used
  }

  private static func allReferences(in module: Module) -> [Traversal] {
    var expressions: [Expression] = []
    var traversals: [Traversal] = []
    func add(_ rules: [Module.CheckRule]) {
      expressions += rules.flatMap { [$0.condition, $0.message].compactMap { $0 } }
    }
    func add(_ body: Body, _ tree: SyntaxTree) {
      expressions += body.attributes.map { tree.expression($0.expression) }
      for block in body.blocks { add(block.body, tree) }
    }
    for local in module.locals.values { expressions.append(local.expression) }
    for output in module.outputs.values {
      expressions += [output.value].compactMap { $0 }
      traversals += output.dependsOn
      add(output.preconditions)
    }
    for resource in module.resources.values {
      expressions += [resource.count, resource.forEach].compactMap { $0 }
      expressions += resource.replaceTriggeredBy
      traversals += resource.dependsOn
      add(resource.body, resource.tree)
      for provisioner in resource.provisioners { add(provisioner.body, resource.tree) }
      add(resource.preconditions + resource.postconditions)
    }
    for call in module.calls.values {
      expressions += [call.count, call.forEach].compactMap { $0 }
      traversals += call.dependsOn
      add(call.body, call.tree)
    }
    for check in module.checks.values { add(check.assertions) }
    for provider in module.providerConfigurations { add(provider.body, provider.tree) }
    for (name, variable) in module.variables {
      let rules = variable.validations.flatMap { [$0.condition, $0.message].compactMap { $0 } }
      for traversal in rules.flatMap({ Observation.references(in: $0) }) {
        guard case .success(let reference) = Reference.parse(traversal),
          reference.subject != .variable(name)
        else { continue }
        traversals.append(traversal)
      }
    }
    return traversals + expressions.flatMap { Observation.references(in: $0) }
  }
}
