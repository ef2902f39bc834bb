internal import SourceText

/// What the names of a module mean while its expressions are evaluated.
protocol ReferenceResolver: AnyObject {
  /// What is wrong with a reference before its value is asked for.
  func check(_ reference: Reference, in context: EvaluationContext) -> [Problem]
  /// The value of what a reference names, keys included where instances have keys.
  func value(of reference: Reference, in context: EvaluationContext) -> Result<Value, ProblemError>
  var functions: FunctionTable { get }
}

/// Where in a configuration an expression stands.
struct EvaluationContext {
  /// `count.index`, where the enclosing block has `count`.
  var countIndex: Value?
  /// `each.key` and `each.value`, where the enclosing block has `for_each`.
  var eachKey: Value?
  var eachValue: Value?
  /// What `self` means, where it means something.
  var this: ResourceAddress?
  var thisValue: Value?
  /// The check block that the expression belongs to.
  var check: String?
}

extension Evaluator {
  /// Evaluates an expression of a configuration: references are checked first, then resolved.
  mutating func evaluate(
    _ expression: Expression, _ resolver: some ReferenceResolver, _ context: EvaluationContext
  ) -> Value {
    guard let scope = scope(for: [expression], resolver, context) else { return .unknown() }
    return evaluate(expression, in: scope)
  }

  /// The names that some expressions refer to; `nil` if one of them is wrong, which is reported.
  mutating func scope(
    for expressions: [Expression], _ resolver: some ReferenceResolver,
    _ context: EvaluationContext
  ) -> Scope? {
    let mark = problems.count
    let scope = partialScope(for: expressions, resolver, context)
    return problems[mark...].hasErrors ? nil : scope
  }

  /// The names that some expressions refer to, as far as they mean something. Where one means
  /// nothing at all, there are none; where only a value is missing, it is unknown.
  mutating func partialScope(
    for expressions: [Expression], _ resolver: some ReferenceResolver,
    _ context: EvaluationContext
  ) -> Scope {
    var references: [Reference] = []
    for traversal in expressions.flatMap({ Observation.references(in: $0) }) {
      switch Reference.parse(traversal) {
      case .success(let reference): references.append(reference)
      case .failure(let error):
        problems.append(error.problem)
        if let nameless = Reference.nameless(traversal) { references.append(nameless) }
      }
    }
    let mark = problems.count
    for reference in references { problems += resolver.check(reference, in: context) }
    var names = NameTree()
    if !references.isEmpty, !problems[mark...].hasErrors {
      names.addObjects()
      for reference in references {
        switch resolver.value(of: reference, in: context) {
        case .success(let value): names.add(reference.subject, value)
        case .failure(let error):
          var problem = error.problem
          if reference.isNameless {
            problem.subject = nil
            problem.isOutsideFiles = true
          }
          problems.append(problem)
          names.add(reference.subject, .unknown())
        }
      }
    }
    return Scope(variables: names.variables, functions: resolver.functions, takesVariables: true)
  }
}

/// Collects resolved references into the objects that expressions see.
private struct NameTree {
  private var roots: [String: [String: Value]] = [:]
  private var resources: [String: [String: [String: Value]]] = [:]
  private var this: Value?

  /// Makes the objects known that are there even if nothing refers to them.
  mutating func addObjects() {
    for name in ["var", "local", "module", "count", "each", "path", "terraform"] {
      roots[name] = [:]
    }
    for mode in [ResourceAddress.Mode.managed, .data, .ephemeral] { resources[mode.rawValue] = [:] }
  }

  mutating func add(_ subject: Reference.Subject, _ value: Value) {
    switch subject {
    case .variable(let name): roots["var", default: [:]][name] = value
    case .local(let name): roots["local", default: [:]][name] = value
    case .module(let name): roots["module", default: [:]][name] = value
    case .count(let name): roots["count", default: [:]][name] = value
    case .each(let name): roots["each", default: [:]][name] = value
    case .path(let name): roots["path", default: [:]][name] = value
    case .terraform(let name): roots["terraform", default: [:]][name] = value
    case .this: this = value
    case .resource(let address):
      resources[address.mode.rawValue, default: [:]][address.type, default: [:]][address.name] =
        value
    }
  }

  var variables: [String: Value] {
    var result = roots.mapValues { Value.object($0) }
    func types(_ mode: ResourceAddress.Mode) -> [String: Value] {
      (resources[mode.rawValue] ?? [:]).mapValues { Value.object($0) }
    }
    let managed = types(.managed)
    for (type, value) in managed { result[type] = value }
    if resources["managed"] != nil { result["resource"] = .object(managed) }
    if resources["data"] != nil { result["data"] = .object(types(.data)) }
    if resources["ephemeral"] != nil { result["ephemeral"] = .object(types(.ephemeral)) }
    if let this { result["self"] = this }
    return result
  }
}
