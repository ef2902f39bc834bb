internal import SourceText

/// Names of one module as validation sees them: inputs and resources unknown, locals computed.
final class ModuleResolver: ReferenceResolver {
  let module: Module
  let functions: FunctionTable
  private var locals: [String: Value] = [:]
  private var computing: Set<String> = []
  private(set) var localProblems: [String: [Problem]] = [:]

  /// Inputs whose values are certain even before anything is planned.
  private let known: [String: Value]

  init(_ module: Module, _ functions: FunctionTable, known: [String: Value] = [:]) {
    self.module = module
    self.known = known
    var table = functions
    table.providerNames = Set(module.requiredProviders.keys)
    self.functions = table
  }

  func check(_ reference: Reference, in context: EvaluationContext) -> [Problem] {
    Self.check(reference, in: context, module)
  }

  static func check(
    _ reference: Reference, in context: EvaluationContext, _ module: Module
  ) -> [Problem] {
    switch reference.subject {
    case .this where context.this == nil:
      return [
        Problem(
          .error, "Invalid \"self\" reference",
          "The \"self\" object is not available in this context. This object can be used only in resource provisioner, connection, and postcondition blocks.",
          at: reference.span)
      ]
    case .this: return checkThis(reference, context)
    case .module(let name) where module.calls[name] == nil:
      return [
        ReferenceMessages.undeclaredModule(
          name, module.calls.keys, module: module.displayName, at: reference.span)
      ]
    case .resource(let address): return checkResource(address, reference, context, module)
    default: return []
    }
  }

  /// Attributes that the resource of a provisioner or a condition does not have.
  private static func checkThis(
    _ reference: Reference, _ context: EvaluationContext
  ) -> [Problem] {
    guard let address = context.this, let attributes = BuiltInProvider.attributes(of: address)
    else { return [] }
    return StaticSteps.problems(reference.remaining, attributes)
  }

  private static func checkResource(
    _ address: ResourceAddress, _ reference: Reference, _ context: EvaluationContext,
    _ module: Module
  ) -> [Problem] {
    guard let resource = module.resources[address] else {
      var data = address
      data.mode = .data
      return [
        ReferenceMessages.undeclaredResource(
          address, module: module.displayName, hasData: module.resources[data] != nil,
          at: reference.span)
      ]
    }
    var problems: [Problem] = []
    if !reference.hasKey, !reference.remaining.isEmpty, isAttribute(reference.remaining[0]) {
      let (word, key) = resource.count != nil ? ("count", "count.index") : ("for_each", "each.key")
      if resource.count != nil || resource.forEach != nil {
        problems.append(
          Problem(
            .error, "Missing resource instance key",
            "Because \(address) has \"\(word)\" set, its attributes must be accessed on specific instances.\n\nFor example, to correlate with indices of a referring resource, use:\n    \(address)[\(key)]",
            at: reference.span))
      }
    } else if reference.hasKey, resource.count == nil, resource.forEach == nil {
      problems.append(
        Problem(
          .error, "Unexpected resource instance key",
          "Because \(address) does not have \"count\" or \"for_each\" set, references to it must not include an index key. Remove the bracketed index to refer to the single instance of this resource.",
          at: reference.span))
    }
    if let check = resource.check, context.check != check {
      problems.append(
        Problem(
          .error, "Reference to scoped resource",
          "The referenced \(address.mode == .data ? "data" : "managed") resource \(Quoting.goQuoted(address.type)) \(Quoting.goQuoted(address.name)) is not available from this context.",
          at: reference.span))
    }
    if let attributes = BuiltInProvider.attributes(of: address) {
      if reference.remaining.first?.attribute == "count" {
        problems.append(
          Problem(
            .error, "Invalid resource count attribute",
            "The special \"count\" attribute is no longer supported after Terraform v0.12. Instead, use length(\(address)) to count resource instances.",
            at: reference.span))
      } else {
        problems += StaticSteps.problems(reference.remaining, attributes)
      }
    }
    return problems
  }

  private static func isAttribute(_ step: Traversal.Step) -> Bool { step.attribute != nil }

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
      var value = known[name] ?? Value.unknown(variable.constraint.type.withoutOptionals)
      if variable.isSensitive { value = value.marked(.sensitive) }
      if variable.isEphemeral { value = value.marked(.ephemeral) }
      return .success(value)
    case .local(let name):
      guard module.locals[name] != nil else {
        return .failure(
          ProblemError(
            ReferenceMessages.undeclaredLocal(name, module.locals.keys, at: reference.span)))
      }
      return .success(local(name))
    case .module(let name): return moduleValue(name, reference)
    case .resource(let address):
      guard let resource = module.resources[address], resource.count == nil, resource.forEach == nil
      else { return .success(.unknown()) }
      if address.mode == .ephemeral { return .success(Value.unknown().marked(.ephemeral)) }
      // Only the steps from it are held against its type, which is done before.
      return .success(.unknown())
    case .this: return .success(.unknown())
    default:
      return ReferenceMessages.builtIn(
        reference, context, workspace: "default", root: ".",
        module: module.folder, folder: functions.baseFolder) ?? .success(.unknown())
    }
  }

  private func moduleValue(_ name: String, _ reference: Reference) -> Result<Value, ProblemError> {
    guard let call = module.calls[name], let child = module.children[name] else {
      return .success(.unknown())
    }
    if reference.hasKey, call.count == nil, call.forEach == nil { return .success(.unknown()) }
    let object = ValueType.object(child.outputs.mapValues { _ in .dynamic })
    if call.count != nil { return .success(.unknown(.list(object))) }
    if call.forEach != nil { return .success(.unknown(.map(object))) }
    return .success(.unknown(object))
  }

  /// The value of a local, computed on first use. A local that depends on itself is unknown.
  func local(_ name: String) -> Value {
    if let known = locals[name] { return known }
    guard let declaration = module.locals[name], computing.insert(name).inserted else {
      return .unknown()
    }
    defer { computing.remove(name) }
    var evaluator = Evaluator()
    let value = evaluator.evaluate(declaration.expression, self, EvaluationContext())
    localProblems[name] = evaluator.problems
    let result = evaluator.problems.hasErrors ? .unknown() : value
    locals[name] = result
    return result
  }
}
