extension FunctionTable {
  /// Functions over collections as a whole: counting, testing, joining together.
  static var collectionFunctions: [String: Function] {
    [
      "length": length,
      "alltrue": Function([.init("list", .list(.bool))], returns: .bool) { arguments, _, _ in
        Self.quantified(arguments[0], stopsAt: false)
      },
      "anytrue": Function([.init("list", .list(.bool))], returns: .bool) { arguments, _, _ in
        Self.quantified(arguments[0], stopsAt: true)
      },
      "sum": Function([.init("list")], returns: .number) {
        (arguments, _, _) throws(FunctionError) in try Self.sum(arguments[0])
      },
      "one": one,
      "coalesce": coalesce,
      "coalescelist": coalesceList,
      "compact": Function([.init("list", .list(.string))], returns: .list(.string)) {
        arguments, _, _ in
        guard arguments[0].isWhollyKnown, let elements = arguments[0].elements else {
          return .unknown(.list(.string))
        }
        return .list(.string, elements.filter { !$0.isNull && $0.stringValue != "" })
      },
      "contains": contains,
    ]
  }

  private static var length: Function {
    let parameter = Function.Parameter("value", unknown: true, dynamic: true, marked: true)
    return Function([parameter], returns: .number) { (arguments, _, _) throws(FunctionError) in
      let value = arguments[0]
      switch value.type {
      case .dynamic: return Value.unknown(.number).marked(value.marks)
      case .string:
        guard let text = value.stringValue else {
          var refinement = Refinement.notNull
          let known = value.refinement?.prefix.count ?? 0
          refinement.lower = .init(number: Number(known), isInclusive: true)
          return Value.unknown(.number, refinement).marked(value.marks)
        }
        return Value.count(text.count).marked(value.marks)
      case .number, .bool:
        throw FunctionError("argument must be a string, a collection type, or a structural type")
      default:
        let bounds = value.lengthBounds
        if bounds.lower == bounds.upper { return Value.count(bounds.lower).marked(value.marks) }
        var refinement = Refinement.notNull
        refinement.lower = .init(number: Number(bounds.lower), isInclusive: true)
        refinement.upper = bounds.upper.map { .init(number: Number($0), isInclusive: true) }
        return Value.unknown(.number, refinement).marked(value.marks)
      }
    }
  }

  private static func quantified(_ list: Value, stopsAt stop: Bool) -> Value {
    var isUncertain = false
    for element in list.elements ?? [] {
      if element.isNull {
        if !stop { return .bool(false) }
        continue
      }
      guard let flag = element.boolValue else {
        // One unknown leaves a universal statement open at once.
        if !stop { return .unknown(.bool) }
        isUncertain = true
        continue
      }
      if flag == stop { return .bool(stop) }
    }
    return isUncertain ? .unknown(.bool) : .bool(!stop)
  }

  private static func sum(_ list: Value) throws(FunctionError) -> Value {
    guard list.type.isIterable else { throw FunctionError("cannot sum noniterable", argument: 0) }
    if list.lengthBounds.upper == 0 {
      throw FunctionError("cannot sum an empty list", argument: 0)
    }
    guard list.type.isList || list.type.isSet || list.type.isTuple else {
      throw FunctionError(
        "argument must be list, set, or tuple. Received \(list.type.friendlyName)", argument: 0)
    }
    let elements = list.elements ?? []
    if !list.isWhollyKnown { return .unknown(.number) }
    var total = Number(0)
    for element in elements {
      guard !element.isNull else {
        throw FunctionError("argument must be list, set, or tuple of number values", argument: 0)
      }
      guard let number = (try? element.converted(to: .number))?.numberValue else {
        throw FunctionError("argument must be list, set, or tuple of number values", argument: 0)
      }
      guard let next = Number.sum(total, number) else {
        throw FunctionError("can't compute sum of opposing infinities")
      }
      total = next
    }
    return .number(total)
  }

  private static var one: Function {
    let wrong = "must be a list, set, or tuple value with either zero or one elements"
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      switch arguments[0].type {
      case .list(let element), .set(let element): return element
      case .tuple(let types) where types.count <= 1: return types.first ?? .dynamic
      default: throw FunctionError(wrong, argument: 0)
      }
    }
    return Function([.init("list")], neverNull: false, type: rule) {
      (arguments, type, _) throws(FunctionError) in
      guard let elements = arguments[0].elements else { return .unknown(type) }
      if elements.isEmpty { return .null(type) }
      guard elements.count == 1 else {
        if arguments[0].type.isSet, !arguments[0].isWhollyKnown { return .unknown(type) }
        throw FunctionError(wrong, argument: 0)
      }
      return elements[0]
    }
  }

  private static var coalesce: Function {
    let parameter = Function.Parameter(
      "vals", null: true, unknown: true, dynamic: true, marked: true)
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      guard !arguments.isEmpty,
        let type = Unification.common(arguments.map(\.type), unsafe: true)
      else {
        throw FunctionError("all arguments must have the same type")
      }
      return type
    }
    return Function([], rest: parameter, type: rule) { (arguments, type, _) throws(FunctionError) in
      for argument in arguments {
        guard let value = try? argument.converted(to: type) else { continue }
        if !value.isKnown { return .unknown(type) }
        if value.isNull || value.stringValue == "" { continue }
        return value
      }
      throw FunctionError("no non-null, non-empty-string arguments")
    }
  }

  private static var coalesceList: Function {
    let parameter = Function.Parameter("vals", null: true, unknown: true, dynamic: true)
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      if arguments.isEmpty { throw FunctionError("at least one argument is required") }
      for argument in arguments {
        if !argument.isKnown { return .dynamic }
        guard argument.type.isList || argument.type.isTuple else {
          throw FunctionError("coalescelist arguments must be lists or tuples")
        }
      }
      let first = arguments[0].type
      return arguments.allSatisfy { $0.type == first } ? first : .dynamic
    }
    return Function([], rest: parameter, type: rule) { (arguments, type, _) throws(FunctionError) in
      for argument in arguments {
        if argument.isNull { continue }
        guard let elements = argument.elements else { return .unknown(type) }
        if !elements.isEmpty { return argument }
      }
      throw FunctionError("no non-null arguments")
    }
  }

  private static var contains: Function {
    let parameters: [Function.Parameter] = [.init("list"), .init("value")]
    return Function(parameters, returns: .bool) { (arguments, _, _) throws(FunctionError) in
      let list = arguments[0]
      guard list.type.isList || list.type.isTuple || list.type.isSet else {
        throw FunctionError("argument must be list, tuple, or set")
      }
      var isUncertain = false
      for element in list.elements ?? [] {
        switch Value.equal(element, arguments[1]) {
        case true?: return .bool(true)
        case nil: isUncertain = true
        case false?: break
        }
      }
      return isUncertain ? .unknown(.bool) : .bool(false)
    }
  }
}
