extension FunctionTable {
  /// Functions over sets.
  static var setFunctions: [String: Function] {
    let set = Function.Parameter("other_sets", .set(.dynamic), dynamic: true)
    let first = Function.Parameter("first_set", .set(.dynamic), dynamic: true)
    func operation(_ body: @escaping @Sendable ([Value], Set<[UInt8]>) -> [Value]) -> Function {
      Function([first], rest: set, type: setType) { (arguments, type, _) throws(FunctionError) in
        guard arguments.allSatisfy(\.isWhollyKnown) else { return .unknown(type) }
        let element = type.element ?? .dynamic
        var current = elements(arguments[0], type)
        for other in arguments.dropFirst() {
          let others = elements(other, type)
          if others.isEmpty, current.isEmpty { continue }
          current = body(current + others, Set(others.map(SetOrder.key)))
        }
        return .set(element, current)
      }
    }
    return [
      "setunion": operation { all, _ in all },
      "setintersection": Function([first], rest: set, type: setType) { arguments, type, _ in
        guard arguments.allSatisfy(\.isWhollyKnown) else { return .unknown(type) }
        var current = elements(arguments[0], type)
        for other in arguments.dropFirst() {
          let keys = Set(elements(other, type).map(SetOrder.key))
          current = current.filter { keys.contains(SetOrder.key($0)) }
        }
        return .set(type.element ?? .dynamic, current)
      },
      "setsubtract": Function(
        [.init("a", .set(.dynamic), dynamic: true), .init("b", .set(.dynamic), dynamic: true)],
        type: setType
      ) { arguments, type, _ in
        guard arguments.allSatisfy(\.isWhollyKnown) else { return .unknown(type) }
        let keys = Set(elements(arguments[1], type).map(SetOrder.key))
        let rest = elements(arguments[0], type).filter { !keys.contains(SetOrder.key($0)) }
        return .set(type.element ?? .dynamic, rest)
      },
      "setproduct": product,
    ]
  }

  private static let setType: Function.TypeRule = { (arguments) throws(FunctionError) in
    // Empty sets of no particular type agree with any.
    let types = arguments.filter {
      !($0.type == .set(.dynamic) && ($0.elements?.isEmpty ?? false))
    }.compactMap(\.type.element)
    if types.isEmpty { return .set(.dynamic) }
    guard let common = Unification.common(types, unsafe: true) else {
      throw FunctionError("given sets must all have compatible element types")
    }
    return .set(common)
  }

  private static func elements(_ value: Value, _ type: ValueType) -> [Value] {
    ((try? value.converted(to: type)) ?? value).elements ?? []
  }

  private static var product: Function {
    let parameter = Function.Parameter("sets", marked: true)
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      guard arguments.count >= 2 else {
        throw FunctionError("at least two arguments are required")
      }
      var elements: [ValueType] = []
      // One set among the arguments leaves the product without an order.
      var isOrdered = true
      for (index, argument) in arguments.enumerated() {
        switch argument.type {
        case .set(let element):
          isOrdered = false
          elements.append(element)
        case .list(let element): elements.append(element)
        case .tuple(let types):
          if types.isEmpty {
            elements.append(.dynamic)
            continue
          }
          guard let common = Unification.common(types, unsafe: false) else {
            throw FunctionError(
              "all elements must be of the same type", argument: index)
          }
          elements.append(common)
        default: throw FunctionError("a set or a list is required", argument: index)
        }
      }
      return isOrdered ? .list(.tuple(elements)) : .set(.tuple(elements))
    }
    return Function([], rest: parameter, type: rule) { (arguments, type, _) throws(FunctionError) in
      let marks = arguments.reduce(Value.Marks()) { $0.union($1.marks) }
      guard arguments.allSatisfy({ $0.isKnown && (!$0.type.isSet || $0.isWhollyKnown) }),
        case .tuple(let types)? = type.element
      else {
        return Value.unknown(type).marked(marks)
      }
      var total = 1
      var lists: [[Value]] = []
      for (argument, wanted) in zip(arguments, types) {
        let list = (argument.elements ?? []).map { (try? $0.converted(to: wanted)) ?? $0 }
        lists.append(list)
        total = total.multipliedReportingOverflow(by: list.count).partialValue
        try EvaluationLimits.check(elements: total)
      }
      var rows: [[Value]] = [[]]
      for list in lists { rows = rows.flatMap { row in list.map { row + [$0] } } }
      let tuples = rows.map { Value.tuple($0) }
      let element = ValueType.tuple(types)
      return (type.isSet ? Value.set(element, tuples) : .list(element, tuples)).marked(marks)
    }
  }
}
