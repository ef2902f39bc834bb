internal import SourceText

/// Which declarations of a configuration depend on which, to find those that depend on themselves
/// and those that cannot be looked at because something they need is wrong.
struct DependencyGraph {
  private var edges: [String: [String]] = [:]
  private var names: [String: String] = [:]
  /// What else must be sound before something is looked at, without being part of any cycle.
  private var waits: [String: [String]] = [:]

  init(_ root: Module) { add(root) }

  private mutating func add(_ module: Module) {
    for (name, local) in module.locals {
      link(module, "local.\(name)", "local.\(name) (expand)", [local.expression])
    }
    for (name, output) in module.outputs {
      let label = module.path.isEmpty ? "output.\(name)" : "output.\(name) (expand)"
      link(
        module, "output.\(name)", label,
        [output.value].compactMap { $0 } + output.preconditions.flatMap(Self.expressions),
        output.dependsOn)
    }
    for (address, resource) in module.resources {
      var expressions = [resource.count, resource.forEach].compactMap { $0 }
      expressions += resource.body.attributes.map { resource.tree.expression($0.expression) }
      expressions += (resource.preconditions + resource.postconditions).flatMap(Self.expressions)
      expressions += Self.nested(resource.body.blocks, resource.tree)
      link(module, address.description, address.description, expressions, resource.dependsOn)
      let provisioning = resource.provisioners.map(\.body) + [resource.connection].compactMap { $0 }
      let more = provisioning.flatMap { body in
        body.attributes.map { resource.tree.expression($0.expression) }
          + Self.nested(body.blocks, resource.tree)
      }
      wait(module, address.description, more + resource.replaceTriggeredBy)
      let provider = resource.provider?.name ?? String(resource.address.type.prefix { $0 != "_" })
      waits[module.address(address.description), default: []].append("provider." + provider)
    }
    for item in module.imports { addImport(item, module) }
    for (name, check) in module.checks {
      wait(module, "check.\(name)", check.assertions.flatMap(Self.expressions))
      if !module.path.isEmpty {
        waits[module.address("check.\(name)"), default: []].append(module.addressPrefix)
      }
    }
    for (name, call) in module.calls {
      let expressions = [call.count, call.forEach].compactMap { $0 }
      link(module, "module.\(name)", "module.\(name) (expand)", expressions, call.dependsOn)
      guard let child = module.children[name] else { continue }
      for argument in call.arguments {
        link(
          module, "module.\(name).var.\(argument.name)",
          "module.\(name).var.\(argument.name) (expand)",
          [call.tree.expression(argument.expression)])
        edges[child.address("var.\(argument.name)"), default: []].append(child.addressPrefix)
      }
      add(child)
      close(child, call)
    }
    for (name, variable) in module.variables {
      let references = variable.validations.flatMap(Self.expressions)
        .flatMap { Observation.references(in: $0) }
        .filter { !($0.root == "var" && $0.steps.first?.attribute == name) }
      let key = module.address("var.\(name) (validation)")
      wait(module, "var.\(name) (validation)", variable.validations.flatMap(Self.expressions))
      waits[key, default: []].append(module.address("var.\(name)"))
      guard !references.isEmpty else { continue }
      names[key] = key
      for traversal in references {
        guard case .success(let reference) = Reference.parse(traversal) else { continue }
        switch reference.subject {
        case .variable(let other):
          edges[key, default: []].append(module.address("var.\(other) (validation)"))
        case .local(let name): edges[key, default: []].append(module.address("local.\(name)"))
        default: break
        }
      }
    }
  }

  /// What is imported depends on what the import refers to.
  private mutating func addImport(_ item: Module.Import, _ module: Module) {
    guard let key = item.target?.whole.description else { return }
    names[key] = key
    let expressions = [item.id, item.forEach].compactMap { $0 }
    edges[key, default: []] += targets(of: expressions, [], module).filter { $0 != key }
  }

  /// The end of a module, which whoever needs all of it waits for.
  private mutating func close(_ module: Module, _ call: Module.Call) {
    let key = module.addressPrefix + " (close)"
    names[key] = key
    let members =
      call.arguments.map { module.address("var.\($0.name)") }
      + module.locals.keys.map { module.address("local.\($0)") }
      + module.outputs.keys.map { module.address("output.\($0)") }
      + module.resources.keys.map { module.address($0.description) }
      + module.children.values.map { $0.addressPrefix + " (close)" }
    edges[key] = [module.addressPrefix] + members.sorted()
  }

  private static func expressions(_ rule: Module.CheckRule) -> [Expression] {
    [rule.condition, rule.message].compactMap { $0 }
  }

  /// The expressions of blocks within blocks.
  private static func nested(_ blocks: [Body.Block], _ tree: SyntaxTree) -> [Expression] {
    blocks.flatMap { block in
      block.body.attributes.map { tree.expression($0.expression) }
        + nested(block.body.blocks, tree)
    }
  }

  private mutating func link(
    _ module: Module, _ key: String, _ label: String, _ expressions: [Expression],
    _ dependsOn: [Traversal] = []
  ) {
    let from = module.address(key)
    names[from] = module.address(label)
    edges[from, default: []] += targets(of: expressions, dependsOn, module)
    // All of a module comes after its call.
    if !module.path.isEmpty { edges[from, default: []].append(module.addressPrefix) }
  }

  private mutating func wait(_ module: Module, _ key: String, _ expressions: [Expression]) {
    let from = module.address(key)
    waits[from, default: []] += targets(of: expressions, [], module).filter { $0 != from }
  }

  private func targets(
    of expressions: [Expression], _ dependsOn: [Traversal], _ module: Module
  ) -> [String] {
    var found: [String] = []
    for traversal in expressions.flatMap({ Observation.references(in: $0) }) + dependsOn {
      guard case .success(let reference) = Reference.parse(traversal) else { continue }
      switch reference.subject {
      case .local(let name): found.append(module.address("local.\(name)"))
      case .variable(let name):
        // Whoever needs a variable waits for its rules.
        found += [module.address("var.\(name)"), module.address("var.\(name) (validation)")]
      case .resource(let address): found.append(module.address(address.description))
      case .module(let name):
        if let output = reference.remaining.first?.attribute,
          module.children[name]?.outputs[output] != nil
        {
          found.append(module.address("module.\(name).output.\(output)"))
        } else {
          found.append(module.address("module.\(name) (close)"))
        }
      default: break
      }
    }
    return found
  }

  /// Everything that needs, directly or not, something that is wrong.
  func blocked(by failed: Set<String>) -> Set<String> {
    if failed.isEmpty { return [] }
    var dependents: [String: [String]] = [:]
    for (from, targets) in edges.map({ $0 }) + waits.map({ $0 }) {
      for target in targets where target != from { dependents[target, default: []].append(from) }
    }
    var blocked: Set<String> = []
    var work = Array(failed)
    while let key = work.popLast() {
      for dependent in dependents[key] ?? [] where blocked.insert(dependent).inserted {
        work.append(dependent)
      }
    }
    return blocked
  }

  /// The groups of declarations that depend on themselves, each sorted as messages list them.
  func cycles() -> [[String]] {
    var index: [String: Int] = [:]
    var low: [String: Int] = [:]
    var stack: [String] = []
    var onStack: Set<String> = []
    var found: [[String]] = []
    // Tarjan's algorithm with an explicit stack: chains of locals may be thousands long.
    for start in edges.keys.sorted() where index[start] == nil {
      var work: [(node: String, next: Int)] = [(start, 0)]
      while let (node, next) = work.last {
        if next == 0 {
          index[node] = index.count
          low[node] = index[node]
          stack.append(node)
          onStack.insert(node)
        }
        let targets = edges[node] ?? []
        if next < targets.count {
          work[work.count - 1].next += 1
          let target = targets[next]
          if index[target] == nil {
            work.append((target, 0))
          } else if onStack.contains(target) {
            low[node] = min(low[node] ?? 0, index[target] ?? 0)
          }
          continue
        }
        work.removeLast()
        if let parent = work.last?.node { low[parent] = min(low[parent] ?? 0, low[node] ?? 0) }
        guard low[node] == index[node] else { continue }
        var group: [String] = []
        while let member = stack.popLast() {
          onStack.remove(member)
          group.append(member)
          if member == node { break }
        }
        if group.count > 1 { found.append(group.compactMap { names[$0] }) }
      }
    }
    return found
  }
}
