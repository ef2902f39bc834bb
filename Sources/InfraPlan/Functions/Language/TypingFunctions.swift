extension FunctionTable {
  /// Explicit conversions.
  static var typingFunctions: [String: Function] {
    [
      "tostring": conversion(.string), "tonumber": conversion(.number), "tobool": conversion(.bool),
      "tolist": conversion(.list(.dynamic)), "toset": conversion(.set(.dynamic)),
      "tomap": conversion(.map(.dynamic)),
    ]
  }

  private static func conversion(_ wanted: ValueType) -> Function {
    let parameter = Function.Parameter("v", null: true, unknown: true, dynamic: true, marked: true)
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      let given = arguments[0].type
      if given == wanted { return wanted }
      guard Conversion.isPossible(from: given, to: wanted, unsafe: true) else {
        throw FunctionError(refusal(given, wanted), argument: 0)
      }
      return Conversion.resolved(given, wanted)
    }
    return Function([parameter], neverNull: false, type: rule) {
      (arguments, _, _) throws(FunctionError) in
      do throws(ConversionError) {
        return try arguments[0].converted(to: wanted)
      } catch {
        throw FunctionError(refusal(arguments[0], wanted, error), argument: 0)
      }
    }
  }

  private static func refusal(_ given: ValueType, _ wanted: ValueType) -> String {
    switch (given, wanted) {
    case (.tuple, .list(.dynamic)), (.tuple, .set(.dynamic)):
      if case .tuple(let types) = given, Unification.common(types, unsafe: true) == nil {
        return "cannot convert tuple to \(wanted.constraintName)"
      }
    default: break
    }
    return "cannot convert \(given.friendlyName) to \(wanted.constraintName)"
  }

  private static func refusal(
    _ value: Value, _ wanted: ValueType, _ error: ConversionError
  ) -> String {
    if value.deepMarks.contains(.sensitive) {
      return "cannot convert this sensitive \(value.type.friendlyName) to \(wanted.constraintName)"
    }
    if let text = value.stringValue, wanted == .bool {
      return
        "cannot convert \(Quoting.goQuoted(text)) to bool; only the strings \"true\" or \"false\" are allowed"
    }
    if let text = value.stringValue, wanted == .number {
      return
        "cannot convert \(Quoting.goQuoted(text)) to number; given string must be a decimal representation of a number"
    }
    return "cannot convert \(value.type.friendlyName) to \(wanted.constraintName): \(error.message)"
  }
}
