internal import SourceText

/// One instance of a module during planning: computes what its names mean when they are asked for.
final class ModuleInstance: ReferenceResolver {
  let module: Module
  /// The address with instance keys: `module.a[0]`; empty for the root.
  let address: String
  let functions: FunctionTable
  let inputs: [String: Value]
  unowned let planner: Planner
  private var locals: [String: Value] = [:]
  private var outputs: [String: Value] = [:]
  private var resources: [ResourceAddress: Value] = [:]
  private var calls: [String: [(key: Plan.InstanceKey?, instance: ModuleInstance)]] = [:]
  private var callShape: [String: Repetition] = [:]

  init(
    _ module: Module, address: String, inputs: [String: Value], functions: FunctionTable,
    planner: Planner
  ) {
    self.module = module
    self.address = address
    self.inputs = inputs
    self.functions = functions
    self.planner = planner
  }

  func qualified(_ inner: String) -> String { address.isEmpty ? inner : address + "." + inner }

  func check(_ reference: Reference, in context: EvaluationContext) -> [Problem] {
    ModuleResolver.check(reference, in: context, module)
  }

  func value(
    of reference: Reference, in context: EvaluationContext
  ) -> Result<Value, ProblemError> {
    switch reference.subject {
    case .variable(let name):
      guard let variable = module.variables[name] else {
        return .failure(
          ProblemError(
            ReferenceMessages.undeclaredVariable(
              name, module.variables.keys, at: reference.span)))
      }
      return .success(inputs[name] ?? .unknown(variable.constraint.type.withoutOptionals))
    case .local(let name):
      guard module.locals[name] != nil else {
        return .failure(
          ProblemError(
            ReferenceMessages.undeclaredLocal(name, module.locals.keys, at: reference.span)))
      }
      return .success(local(name))
    case .module(let name): return .success(call(name))
    case .resource(let address): return .success(resource(address))
    case .this: return .success(context.thisValue ?? .unknown())
    default:
      return ReferenceMessages.builtIn(
        reference, context, workspace: "default", root: ".",
        module: module.folder, folder: functions.baseFolder) ?? .success(.unknown())
    }
  }

  private func local(_ name: String) -> Value {
    if let known = locals[name] { return known }
    guard let declaration = module.locals[name] else { return .unknown() }
    locals[name] = .unknown()
    let value = planner.evaluate(declaration.expression, self, EvaluationContext()) ?? .unknown()
    locals[name] = value
    return value
  }

  /// The value of an output, its preconditions checked.
  func output(_ name: String) -> Value {
    if let known = outputs[name] { return known }
    guard let declaration = module.outputs[name], let expression = declaration.value else {
      return .unknown()
    }
    outputs[name] = .unknown()
    let isSound = planner.check(
      declaration.preconditions, self, EvaluationContext(),
      summary: "Module output value precondition failed")
    var value = Value.unknown()
    if isSound { value = planner.evaluate(expression, self, EvaluationContext()) ?? .unknown() }
    outputs[name] = value
    return value
  }

  /// The instances of a module call; empty where their number is not known.
  func instances(_ name: String) -> [(key: Plan.InstanceKey?, instance: ModuleInstance)] {
    if let known = calls[name] { return known }
    guard let call = module.calls[name], let child = module.children[name] else { return [] }
    calls[name] = []
    let expansion = planner.expansion(call.count, call.forEach, self)
    callShape[name] = expansion.repetition
    var result: [(key: Plan.InstanceKey?, instance: ModuleInstance)] = []
    for (key, context) in expansion.instances {
      let inner = qualified("module.\(name)" + (key?.text ?? ""))
      let values = planner.arguments(call, child, self, context, address: inner)
      let instance = ModuleInstance(
        child, address: inner, inputs: values, functions: functions, planner: planner)
      result.append((key, instance))
    }
    calls[name] = result
    return result
  }

  private func call(_ name: String) -> Value {
    let all = instances(name)
    func object(_ instance: ModuleInstance) -> Value {
      .object(
        Dictionary(
          uniqueKeysWithValues: instance.module.outputs.keys.map { ($0, instance.output($0)) }))
    }
    switch callShape[name] ?? .unknown {
    case .single: return all.first.map { object($0.instance) } ?? .unknown()
    case .count: return .tuple(all.map { object($0.instance) })
    case .keys: return Self.keyed(all.map { ($0.key, object($0.instance)) })
    case .unknown: return .unknown()
    }
  }

  static func keyed(_ values: [(Plan.InstanceKey?, Value)]) -> Value {
    var attributes: [String: Value] = [:]
    for (key, value) in values {
      if case .name(let name)? = key { attributes[name] = value }
    }
    return .object(attributes)
  }

  /// The value of a resource as expressions see it: one object, a tuple, or an object by key.
  func resource(_ address: ResourceAddress) -> Value {
    if let known = resources[address] { return known }
    guard let declaration = module.resources[address] else { return .unknown() }
    resources[address] = .unknown()
    let value = planner.plan(declaration, self)
    resources[address] = value
    return value
  }
}
