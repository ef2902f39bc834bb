extension FunctionTable {
  /// `format` and `formatlist`.
  static var formatFunctions: [String: Function] {
    let string = Function.Parameter("format", .string, marked: false)
    let anything = Function.Parameter("args", null: true, unknown: true)
    return [
      "format": Function([string], rest: anything, returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        guard arguments.dropFirst().allSatisfy(\.isWhollyKnown) else {
          // What stands before the first verb is certain.
          let prefix = (arguments[0].stringValue ?? "").prefix { $0 != "%" }
          let refinement = Refinement(isNotNull: true, prefix: Value.safePrefix(String(prefix)))
          return .unknown(.string, refinement)
        }
        return .string(
          try FormatString.render(arguments[0].stringValue ?? "", Array(arguments.dropFirst())))
      },
      "formatlist": formatList,
    ]
  }

  private static var formatList: Function {
    let string = Function.Parameter("format", .string)
    let anything = Function.Parameter("args", null: true, unknown: true)
    return Function([string], rest: anything, returns: .list(.string)) {
      (arguments, _, _) throws(FunctionError) in
      let format = arguments[0].stringValue ?? ""
      let values = Array(arguments.dropFirst())
      if values.isEmpty {
        let text = try FormatString.render(format, [])
        return .list(.string, [.string(text)])
      }
      var count: Int?
      var source = 0
      for (index, value) in values.enumerated() {
        let type = value.type
        guard !value.isNull, type.isList || type.isSet || type.isTuple else {
          continue
        }
        guard let elements = value.elements else {
          if case .tuple(let types) = type {
            count = count ?? types.count
            continue
          }
          return .unknown(.list(.string))
        }
        if let known = count, known != elements.count {
          throw FunctionError(
            "argument \(index + 1) has length \(elements.count), which is inconsistent with argument \(source + 1) of length \(known)",
            argument: index + 1)
        }
        if count == nil {
          count = elements.count
          source = index
        }
      }
      var result: [Value] = []
      for row in 0..<(count ?? 1) {
        let cells = values.map { value in
          value.isNull || !(value.type.isList || value.type.isSet || value.type.isTuple)
            ? value : value.elements.map { $0[row] } ?? .unknown()
        }
        guard cells.allSatisfy(\.isWhollyKnown) else {
          result.append(.unknown(.string))
          continue
        }
        do throws(FunctionError) {
          result.append(.string(try FormatString.render(format, cells)))
        } catch {
          throw FunctionError("error on format iteration \(row): \(error.message)")
        }
      }
      return .list(.string, result)
    }
  }
}
