extension FunctionTable {
  /// Functions over numbers.
  static var numericFunctions: [String: Function] {
    [
      "abs": Function([.init("num", .number)], returns: .number) { arguments, _, _ in
        .number((arguments[0].numberValue ?? Number(0)).absolute)
      },
      "ceil": Function([.init("num", .number)], returns: .number) { arguments, _, _ in
        .number((arguments[0].numberValue ?? Number(0)).rounded(up: true))
      },
      "floor": Function([.init("num", .number)], returns: .number) { arguments, _, _ in
        .number((arguments[0].numberValue ?? Number(0)).rounded(up: false))
      },
      "signum": Function([.init("num", .number)], returns: .number) {
        (arguments, _, _) throws(FunctionError) in
        let number = Number(try whole(arguments[0], nil))
        return .count(number.isZero ? 0 : number.isNegative ? -1 : 1)
      },
      "max": extreme { $0 < $1 }, "min": extreme { $1 < $0 },
      "log": Function([.init("num", .number), .init("base", .number)], returns: .number) {
        (arguments, _, _) throws(FunctionError) in
        let value = ElementaryFunctions.logarithm(arguments[0].numberValue?.double ?? 0)
        let base = ElementaryFunctions.logarithm(arguments[1].numberValue?.double ?? 0)
        return try floating(value / base)
      },
      "pow": Function([.init("num", .number), .init("power", .number)], returns: .number) {
        (arguments, _, _) throws(FunctionError) in
        try floating(
          ElementaryFunctions.power(
            arguments[0].numberValue?.double ?? 0, arguments[1].numberValue?.double ?? 0))
      },
      "parseint": parseInt,
    ]
  }

  private static func floating(_ value: Double) throws(FunctionError) -> Value {
    guard !value.isNaN else {
      throw FunctionError.panic("Float.SetFloat64(NaN)")
    }
    return .number(Number(value))
  }

  private static func extreme(
    _ replaces: @escaping @Sendable (Number, Number) -> Bool
  ) -> Function {
    let parameter = Function.Parameter("numbers", .number, dynamic: true)
    return Function([], rest: parameter, returns: .number) {
      (arguments, _, _) throws(FunctionError) in
      guard var best = arguments.first?.numberValue else {
        throw FunctionError("must pass at least one number")
      }
      for argument in arguments.dropFirst() {
        if let number = argument.numberValue, replaces(best, number) { best = number }
      }
      return .number(best)
    }
  }

  private static var parseInt: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      guard arguments[0].type == .string else {
        throw FunctionError(
          "first argument must be a string, not \(arguments[0].type.friendlyName)", argument: 0)
      }
      return .number
    }
    return Function([.init("number"), .init("base", .number)], type: rule) {
      (arguments, _, _) throws(FunctionError) in
      guard let text = arguments[0].stringValue, let base = arguments[1].numberValue?.int else {
        throw FunctionError(
          "value must be a whole number, between -9223372036854775808 and 9223372036854775807",
          argument: 1)
      }
      guard base >= 2, base <= 62 else {
        throw FunctionError(
          "base must be a whole number between 2 and 62 inclusive", argument: 1)
      }
      guard let value = integer(text, base) else {
        throw FunctionError(
          "cannot parse \(Quoting.goQuoted(text)) as a base \(base) integer", argument: 0)
      }
      return .number(Number(value))
    }
  }

  /// Letters of either case are the digits from ten up; above base 36 capitals follow the others.
  private static func integer(_ text: String, _ base: Int) -> WholeNumber? {
    var bytes = Array(text.utf8)[...]
    var isNegative = false
    if let sign = bytes.first, sign == Byte.minus || sign == UInt8(ascii: "+") {
      isNegative = sign == Byte.minus
      bytes = bytes.dropFirst()
    }
    guard bytes.count <= 100_000 else { return nil }
    let magnitude = Natural(digits: bytes, radix: base) { byte in
      switch byte {
      case 0x30...0x39: Int(byte) - 0x30
      case 0x61...0x7A: Int(byte) - 0x61 + 10
      case 0x41...0x5A: Int(byte) - 0x41 + (base > 36 ? 36 : 10)
      default: nil
      }
    }
    return magnitude.map { WholeNumber(isNegative: isNegative, magnitude: $0) }
  }
}
