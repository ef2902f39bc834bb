extension FunctionTable {
  /// Functions over elements in order.
  static var sequenceFunctions: [String: Function] {
    [
      "element": element, "index": index, "slice": slice, "reverse": reverse, "sort": sort,
      "distinct": distinct, "chunklist": chunkList, "concat": concat, "flatten": flatten,
      "range": range,
    ]
  }

  private static var element: Function {
    let parameters: [Function.Parameter] = [
      .init("list", marked: true), .init("index", .number),
    ]
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      switch arguments[0].type {
      case .list(let element): return element
      case .tuple(let types):
        guard arguments[1].isKnown else { return .dynamic }
        let index = try position(arguments[1])
        if types.isEmpty {
          throw FunctionError("cannot use element function with an empty list")
        }
        guard index % types.count >= 0 else {
          throw FunctionError.panic("runtime error: index out of range [\(index % types.count)]")
        }
        return types[index % types.count]
      default:
        throw FunctionError("cannot read elements from \(arguments[0].type.friendlyName)")
      }
    }
    return Function(parameters, neverNull: false, type: rule) {
      (arguments, type, _) throws(FunctionError) in
      let index = try position(arguments[1])
      let marks = arguments[0].marks
      guard let elements = arguments[0].elements else { return Value.unknown(type).marked(marks) }
      if elements.isEmpty {
        throw FunctionError("cannot use element function with an empty list")
      }
      let wrapped = index % elements.count
      return elements[wrapped < 0 ? wrapped + elements.count : wrapped].marked(marks)
    }
  }

  private static func position(_ index: Value) throws(FunctionError) -> Int {
    guard let position = index.numberValue?.int else {
      throw FunctionError(
        "invalid index: value must be a whole number, between -9223372036854775808 and 9223372036854775807"
      )
    }
    return position
  }

  private static var index: Function {
    Function([.init("list"), .init("value")], returns: .number) {
      (arguments, _, _) throws(FunctionError) in
      guard arguments[0].type.isList || arguments[0].type.isTuple else {
        throw FunctionError("argument must be a list or tuple")
      }
      guard let elements = arguments[0].elements else { return .unknown(.number) }
      if elements.isEmpty { throw FunctionError("cannot search an empty list") }
      for (offset, element) in elements.enumerated() {
        switch Value.equal(element, arguments[1]) {
        case true?: return .count(offset)
        case nil: return .unknown(.number)
        case false?: break
        }
      }
      throw FunctionError("item not found")
    }
  }

  private static var slice: Function {
    let parameters: [Function.Parameter] = [
      .init("list", marked: true), .init("start_index", .number), .init("end_index", .number),
    ]
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      let type = arguments[0].type
      guard type.isList || type.isTuple else {
        let what =
          type.isSet
          ? "cannot slice a set, because its elements do not have indices; explicitly convert to a list if the ordering of the result is not important"
          : "must be a list or tuple value"
        throw FunctionError(what, argument: 0)
      }
      guard case .tuple(let types) = type else { return type }
      guard let bounds = try sliceBounds(arguments, types.count) else { return .dynamic }
      return .tuple(Array(types[bounds]))
    }
    return Function(parameters, type: rule) { (arguments, type, _) throws(FunctionError) in
      guard let elements = arguments[0].elements,
        let bounds = try sliceBounds(arguments, elements.count)
      else { return .unknown(type) }
      let part = Array(elements[bounds])
      let value: Value = type.isTuple ? .tuple(part) : .list(type.element ?? .dynamic, part)
      return value.marked(arguments[0].marks)
    }
  }

  /// The bounds as far as they are known: a bound at fault is one whatever the other will be.
  private static func sliceBounds(
    _ arguments: [Value], _ count: Int
  ) throws(FunctionError) -> Range<Int>? {
    func bound(_ index: Int, _ name: String) throws(FunctionError) -> Int? {
      guard arguments[index].isKnown else { return nil }
      guard let bound = arguments[index].numberValue?.int else {
        throw FunctionError(
          "invalid \(name) index: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
          argument: index)
      }
      if bound < 0 {
        throw FunctionError("\(name) index must not be less than zero", argument: index)
      }
      if bound > count {
        throw FunctionError(
          "\(name) index must not be greater than the length of the list", argument: index)
      }
      return bound
    }
    let start = try bound(1, "start")
    let end = try bound(2, "end")
    guard let start, let end else { return nil }
    guard start <= end else {
      throw FunctionError("start index must not be greater than end index", argument: 1)
    }
    return start..<end
  }

  private static var reverse: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      switch arguments[0].type {
      case .tuple(let types): return .tuple(types.reversed())
      case .list(let element), .set(let element): return .list(element)
      default:
        throw FunctionError(
          "can only reverse list or tuple values, not \(arguments[0].type.friendlyName)",
          argument: 0)
      }
    }
    return Function([.init("list", marked: true)], type: rule) { arguments, type, _ in
      guard let elements = arguments[0].elements else {
        return Value.unknown(type).marked(arguments[0].marks)
      }
      let reversed = Array(elements.reversed())
      let value: Value = type.isTuple ? .tuple(reversed) : .list(type.element ?? .dynamic, reversed)
      return value.marked(arguments[0].marks)
    }
  }

  private static var sort: Function {
    Function([.init("list", .list(.string))], returns: .list(.string)) {
      (arguments, type, _) throws(FunctionError) in
      guard arguments[0].isWhollyKnown, let elements = arguments[0].elements else {
        let bounds = arguments[0].lengthBounds
        return .unknown(
          type,
          Refinement(isNotNull: true, minimumLength: bounds.lower, maximumLength: bounds.upper))
      }
      for (index, element) in elements.enumerated() where element.isNull {
        throw FunctionError(
          "given list element \(index) is null; a null string cannot be sorted")
      }
      let sorted = elements.compactMap(\.stringValue).sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
      return .list(.string, sorted.map { Value(.string, .string($0)) })
    }
  }

  private static var distinct: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in arguments[0].type }
    return Function([.init("list", .list(.dynamic))], type: rule) { arguments, type, _ in
      guard arguments[0].isWhollyKnown, let elements = arguments[0].elements else {
        return .unknown(type)
      }
      var seen: Set<[UInt8]> = []
      return .list(
        type.element ?? .dynamic, elements.filter { seen.insert(SetOrder.key($0)).inserted })
    }
  }

  private static var chunkList: Function {
    let parameters: [Function.Parameter] = [
      .init("list", .list(.dynamic), marked: true), .init("size", .number, marked: true),
    ]
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in .list(arguments[0].type) }
    return Function(parameters, type: rule) { (arguments, type, _) throws(FunctionError) in
      let marks = arguments[1].marks.union(arguments[0].marks)
      guard let elements = arguments[0].elements else { return Value.unknown(type).marked(marks) }
      guard let size = arguments[1].numberValue?.int else {
        throw FunctionError(
          "invalid size: value must be a whole number, between -9223372036854775808 and 9223372036854775807"
        )
      }
      if size < 0 { throw FunctionError("the size argument must be positive") }
      let inner = arguments[0].type.element ?? .dynamic
      if elements.isEmpty { return Value.list(.list(inner), []).marked(marks) }
      if size == 0 { return Value.list(.list(inner), [.list(inner, elements)]).marked(marks) }
      let chunks = stride(from: 0, to: elements.count, by: size).map { start in
        Value.list(inner, Array(elements[start..<min(elements.count, start + size)]))
      }
      return Value.list(.list(inner), chunks).marked(marks)
    }
  }

  private static var concat: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      if arguments.isEmpty { throw FunctionError("at least one argument is required") }
      try EvaluationLimits.check(
        elements: arguments.reduce(0) { $0 + ($1.elements?.count ?? 0) })
      if case .list = arguments[0].type,
        arguments.allSatisfy({ $0.type.isList }),
        let common = Unification.common(arguments.map(\.type), unsafe: false)
      {
        return common
      }
      var types: [ValueType] = []
      for (index, argument) in arguments.enumerated() {
        switch argument.type {
        case .tuple(let elements): types += elements
        case .list(let element):
          guard let elements = argument.elements else { return .dynamic }
          types += elements.map { _ in element }
        default:
          throw FunctionError(
            "all arguments must be lists or tuples; got \(argument.type.friendlyName)",
            argument: index)
        }
      }
      return .tuple(types)
    }
    return Function([], rest: .init("seqs", marked: true), type: rule) { arguments, type, _ in
      let marks = arguments.reduce(Value.Marks()) { $0.union($1.marks) }
      var elements: [Value] = []
      for argument in arguments {
        let value = type.isList ? (try? argument.converted(to: type)) ?? argument : argument
        elements += value.elements ?? []
      }
      let result: Value = type.isList ? .list(type.element ?? .dynamic, elements) : .tuple(elements)
      return result.marked(marks)
    }
  }

  private static var flatten: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      let type = arguments[0].type
      guard type.isList || type.isSet || type.isTuple else {
        if !arguments[0].isWhollyKnown { return .dynamic }
        throw FunctionError("can only flatten lists, sets and tuples")
      }
      var marks: Value.Marks = []
      guard let elements = flattened(arguments[0], &marks) else { return .dynamic }
      try EvaluationLimits.check(elements: elements.count)
      return .tuple(elements.map(\.type))
    }
    return Function([.init("list", unknown: true, dynamic: true, marked: true)], type: rule) {
      arguments, _, _ in
      var marks: Value.Marks = []
      guard let elements = flattened(arguments[0], &marks) else {
        return Value.unknown().marked(marks)
      }
      return Value.tuple(elements).marked(marks)
    }
  }

  private static func flattened(_ value: Value, _ marks: inout Value.Marks) -> [Value]? {
    marks.formUnion(value.marks)
    guard let elements = value.elements else { return nil }
    var result: [Value] = []
    for element in elements {
      let type = element.type
      if type == .dynamic, !element.isKnown { return nil }
      guard !element.isNull, type.isList || type.isSet || type.isTuple else {
        result.append(element)
        continue
      }
      guard let inner = flattened(element, &marks) else { return nil }
      result += inner
      // More than any caller accepts: it will refuse.
      if result.count > EvaluationLimits.elements { return result }
    }
    return result
  }

  private static var range: Function {
    Function([], rest: .init("params", .number), returns: .list(.number)) {
      (arguments, _, _) throws(FunctionError) in
      let numbers = arguments.compactMap(\.numberValue)
      var start = Number(0)
      var step = Number(1)
      let end: Number
      switch numbers.count {
      case 1:
        end = numbers[0]
        if end.isNegative { step = Number(-1) }
      case 2, 3:
        start = numbers[0]
        end = numbers[1]
        if numbers.count == 3 { step = numbers[2] } else if end < start { step = Number(-1) }
      default: throw FunctionError("must have one, two, or three arguments")
      }
      let isDown = step.isNegative
      if isDown, end > start {
        throw FunctionError("end must be less than start when step is negative", argument: 1)
      }
      if !isDown, end < start {
        throw FunctionError("end must be greater than start when step is positive", argument: 1)
      }
      var values: [Value] = []
      var current = start
      while isDown ? current > end : current < end {
        if values.count >= 1024 {
          throw FunctionError(
            "more than 1024 values were generated; either decrease the difference between start and end or use a smaller step"
          )
        }
        values.append(.number(current))
        guard let next = Number.sum(current, step) else { break }
        current = next
      }
      return .list(.number, values)
    }
  }
}
