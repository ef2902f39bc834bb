internal import SourceText

/// Which declarations of a configuration depend on which, to find those that depend on themselves.
struct DependencyGraph {
  private var edges: [String: [String]] = [:]
  private var names: [String: String] = [:]

  init(_ root: Module) { add(root) }

  private mutating func add(_ module: Module) {
    for (name, local) in module.locals {
      link(module, "local.\(name)", "local.\(name) (expand)", [local.expression])
    }
    for (name, output) in module.outputs {
      let label = module.path.isEmpty ? "output.\(name)" : "output.\(name) (expand)"
      link(
        module, "output.\(name)", label,
        [output.value].compactMap { $0 } + output.preconditions.flatMap(Self.expressions))
    }
    for (address, resource) in module.resources {
      var expressions = [resource.count, resource.forEach].compactMap { $0 }
      expressions += resource.body.attributes.map { resource.tree.expression($0.expression) }
      expressions += (resource.preconditions + resource.postconditions).flatMap(Self.expressions)
      link(module, address.description, address.description, expressions, resource.dependsOn)
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
      }
      add(child)
    }
    for (name, variable) in module.variables {
      let references = variable.validations.flatMap(Self.expressions)
        .flatMap { Observation.references(in: $0) }
        .filter { !($0.root == "var" && $0.steps.first?.attribute == name) }
      guard !references.isEmpty else { continue }
      let key = module.address("var.\(name) (validation)")
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

  private static func expressions(_ rule: Module.CheckRule) -> [Expression] {
    [rule.condition, rule.message].compactMap { $0 }
  }

  private mutating func link(
    _ module: Module, _ key: String, _ label: String, _ expressions: [Expression],
    _ dependsOn: [Traversal] = []
  ) {
    let from = module.address(key)
    names[from] = module.address(label)
    for traversal in expressions.flatMap({ Observation.references(in: $0) }) + dependsOn {
      guard case .success(let reference) = Reference.parse(traversal) else { continue }
      switch reference.subject {
      case .local(let name): edges[from, default: []].append(module.address("local.\(name)"))
      case .variable(let name):
        // Whoever needs a variable waits for its rules.
        edges[from, default: []] += [
          module.address("var.\(name)"), module.address("var.\(name) (validation)"),
        ]
      case .resource(let address):
        edges[from, default: []].append(module.address(address.description))
      case .module(let name):
        if let output = reference.remaining.first?.attribute {
          edges[from, default: []].append(module.address("module.\(name).output.\(output)"))
        } else {
          edges[from, default: []].append(module.address("module.\(name)"))
        }
      default: break
      }
    }
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
