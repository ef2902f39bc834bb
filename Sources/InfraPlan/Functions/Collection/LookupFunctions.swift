extension FunctionTable {
  /// Functions over maps and objects.
  static var lookupFunctions: [String: Function] {
    [
      "keys": keys, "values": values, "lookup": lookup, "merge": merge, "zipmap": zipmap,
      "matchkeys": matchKeys, "transpose": transpose,
      "list": removed(
        "list", in: "v0.12", instead: "tolist([ ... ]) syntax to write a literal list"),
      "map": removed("map", in: "v0.12", instead: "tomap({ ... }) syntax to write a literal map"),
    ]
  }

  /// A function that only says what to use in its place.
  private static func removed(
    _ name: String, in version: String, instead advice: String
  ) -> Function {
    let anything = Function.Parameter(
      "vals", null: true, unknown: true, dynamic: true, marked: true)
    let refusal: Function.TypeRule = { _ throws(FunctionError) in
      throw FunctionError(
        "the \(Quoting.goQuoted(name)) function was deprecated in Terraform \(version) and is no longer available; use \(advice)"
      )
    }
    return Function([], rest: anything, type: refusal) { _, _, _ in .unknown() }
  }

  private static var keys: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      switch arguments[0].type {
      case .map: return .list(.string)
      case .object(let object): return .tuple(object.names.map { _ in .string })
      case .dynamic: return .dynamic
      default: throw FunctionError("must have map or object type", argument: 0)
      }
    }
    let parameter = Function.Parameter("inputMap", unknown: true, dynamic: true, marked: true)
    return Function([parameter], type: rule) { arguments, type, _ in
      let value = arguments[0]
      if case .object(let object) = value.type {
        return Value.tuple(object.names.map { Value.string($0) }).marked(value.marks)
      }
      guard let values = value.attributes else {
        let bounds = value.lengthBounds
        let refinement = Refinement(
          isNotNull: true, minimumLength: bounds.lower, maximumLength: bounds.upper)
        return (type == .dynamic ? Value.unknown() : .unknown(type, refinement)).marked(value.marks)
      }
      return Value.list(.string, values.keys.sorted().map { Value(.string, .string($0)) })
        .marked(value.marks)
    }
  }

  private static var values: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      switch arguments[0].type {
      case .map(let element): return .list(element)
      case .object(let object): return .tuple(object.names.compactMap { object.attributes[$0] })
      default: throw FunctionError("values() requires a map as the first argument")
      }
    }
    return Function([.init("mapping", marked: true)], type: rule) { arguments, type, _ in
      let value = arguments[0]
      guard let attributes = value.attributes else {
        return Value.unknown(type).marked(value.marks)
      }
      let elements = attributes.keys.sorted().compactMap { attributes[$0] }
      let result: Value =
        type.isTuple ? .tuple(elements) : .list(type.element ?? .dynamic, elements)
      return result.marked(value.marks)
    }
  }

  private static var lookup: Function {
    let parameters: [Function.Parameter] = [
      .init("inputMap", marked: true), .init("key", .string, marked: true),
    ]
    let rest = Function.Parameter("default", null: true, unknown: true, dynamic: true, marked: true)
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      guard arguments.count <= 3 else {
        throw FunctionError("lookup() takes two or three arguments, got \(arguments.count)")
      }
      switch arguments[0].type {
      case .object(let object):
        guard let key = arguments[1].stringValue else { return .dynamic }
        if let type = object.attributes[key] { return type }
        if arguments.count == 3 { return arguments[2].type }
        throw FunctionError(
          arguments[0].marks.isEmpty && arguments[1].marks.isEmpty
            ? "the given object has no attribute \(Quoting.goQuoted(key))"
            : "the given object does not have the requested attribute", argument: 0)
      case .map(let element):
        if arguments.count == 3 {
          guard (try? arguments[2].converted(to: element)) != nil else {
            throw FunctionError(
              "the default value must have the same type as the map elements", argument: 2)
          }
        }
        return element
      default: throw FunctionError("lookup() requires a map as the first argument", argument: 0)
      }
    }
    return Function(parameters, rest: rest, neverNull: false, type: rule) {
      (arguments, type, _) throws(FunctionError) in
      let marks = arguments.reduce(Value.Marks()) { $0.union($1.marks) }
      guard arguments[0].isKnown, let key = arguments[1].stringValue else {
        return Value.unknown(type).marked(marks)
      }
      if let found = arguments[0].attributes?[key] {
        return found.marked(arguments[0].marks.union(arguments[1].marks))
      }
      guard arguments.count == 3 else {
        throw FunctionError(
          marks.isEmpty
            ? "lookup failed to find key \(Quoting.goQuoted(key))"
            : "lookup failed to find key (sensitive value)")
      }
      return ((try? arguments[2].converted(to: type)) ?? arguments[2]).marked(marks)
    }
  }

  private static var merge: Function {
    let parameter = Function.Parameter("maps", null: true, dynamic: true, marked: true)
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      if arguments.isEmpty { return .object([:]) }
      var attributes: [String: ValueType] = [:]
      var maps: [ValueType] = []
      for argument in arguments {
        switch argument.type {
        case .map: maps.append(argument.type)
        case .object(let object) where !argument.isNull:
          attributes.merge(object.attributes) { _, second in second }
        case .object: break
        // What it is, is not known yet: neither is the type of the result, nor are the others checked.
        case .dynamic: return .dynamic
        default:
          throw FunctionError(
            "arguments must be maps or objects, got \(Quoting.goQuoted(argument.type.friendlyName))"
          )
        }
      }
      guard let first = maps.first else { return .object(attributes) }
      if arguments.allSatisfy({ $0.type == first }) { return first }
      // Mixed arguments give an object of whatever the maps hold.
      for argument in arguments {
        if case .map(let element) = argument.type {
          guard let values = argument.attributes else {
            if argument.isNull { continue }
            return .dynamic
          }
          for name in values.keys { attributes[name] = element }
        } else if case .object(let object) = argument.type, !argument.isNull {
          attributes.merge(object.attributes) { _, second in second }
        }
      }
      return .object(attributes)
    }
    return Function([], rest: parameter, type: rule) { (arguments, type, _) throws(FunctionError) in
      var result: [String: Value] = [:]
      var marks: Value.Marks = []
      for argument in arguments where !argument.isNull {
        marks.formUnion(argument.marks)
        if let attributes = argument.attributes {
          for (name, value) in attributes { result[name] = value }
        } else if let elements = argument.elements {
          if !elements.isEmpty { throw FunctionError.panic("not a string") }
        } else if argument.isKnown {
          throw FunctionError.panic("attempt to iterate on non-collection, non-tuple type")
        }
      }
      if case .map(let element) = type { return Value.map(element, result).marked(marks) }
      return Value.object(result).marked(marks)
    }
  }

  private static var zipmap: Function {
    let parameters: [Function.Parameter] = [
      .init("keys", .list(.string), marked: true), .init("values", marked: true),
    ]
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      switch arguments[1].type {
      case .list(let element): return .map(element)
      case .tuple(let types):
        guard arguments[0].isWhollyKnown, let keys = arguments[0].elements else { return .dynamic }
        guard keys.count == types.count else {
          throw FunctionError(
            "number of keys (\(keys.count)) does not match number of values (\(types.count))")
        }
        var attributes: [String: ValueType] = [:]
        for (key, type) in zip(try names(keys), types) { attributes[key] = type }
        return .object(attributes)
      default: throw FunctionError("values argument must be a list or tuple value")
      }
    }
    return Function(parameters, type: rule) { (arguments, type, _) throws(FunctionError) in
      let marks = arguments[0].deepMarks.union(arguments[1].marks)
      guard arguments[0].isWhollyKnown, let keys = arguments[0].elements,
        let values = arguments[1].elements
      else { return Value.unknown(type).marked(marks) }
      guard keys.count == values.count else {
        throw FunctionError(
          "number of keys (\(keys.count)) does not match number of values (\(values.count))")
      }
      var result: [String: Value] = [:]
      for (key, value) in zip(try names(keys), values) { result[key] = value }
      if case .map(let element) = type { return Value.map(element, result).marked(marks) }
      return Value.object(result).marked(marks)
    }
  }

  private static func names(_ keys: [Value]) throws(FunctionError) -> [String] {
    var names: [String] = []
    for (index, key) in keys.enumerated() {
      guard let name = key.stringValue else {
        throw FunctionError("keys list has null value at index \(index)")
      }
      names.append(name)
    }
    return names
  }

  private static var matchKeys: Function {
    let list = ValueType.list(.dynamic)
    let parameters: [Function.Parameter] = [
      .init("values", list), .init("keys", list), .init("searchset", list),
    ]
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      let common = Unification.common([arguments[1].type, arguments[2].type], unsafe: true)
      if common == nil { throw FunctionError("keys and searchset must be of the same type") }
      return arguments[0].type
    }
    return Function(parameters, type: rule) { (arguments, type, _) throws(FunctionError) in
      guard arguments[0].isKnown, arguments[1].isWhollyKnown, arguments[2].isWhollyKnown else {
        return .unknown(type)
      }
      let values = arguments[0].elements ?? []
      let common = Unification.common([arguments[1].type, arguments[2].type], unsafe: true) ?? list
      let keys = (try? arguments[1].converted(to: common))?.elements ?? []
      let search = (try? arguments[2].converted(to: common))?.elements ?? []
      guard values.count == keys.count else {
        throw FunctionError("length of keys and values should be equal")
      }
      let wanted = Set(search.map(SetOrder.key))
      let found = zip(values, keys).filter { wanted.contains(SetOrder.key($0.1)) }.map(\.0)
      return .list(type.element ?? .dynamic, found)
    }
  }

  private static var transpose: Function {
    let type = ValueType.map(.list(.string))
    return Function([.init("values", type, marked: true)], returns: type) {
      (arguments, _, _) throws(FunctionError) in
      let (value, marks) = arguments[0].unmarkedDeep
      guard value.isWhollyKnown else { return Value.unknown(type).marked(marks) }
      var result: [String: [Value]] = [:]
      for (key, list) in value.pairs {
        guard let elements = list.elements else {
          throw FunctionError("input must not contain null list")
        }
        for element in elements {
          guard let text = element.stringValue else {
            throw FunctionError("input list must not contain null string")
          }
          result[text, default: []].append(key)
        }
      }
      return Value.map(.list(.string), result.mapValues { .list(.string, $0) }).marked(marks)
    }
  }
}
