extension FunctionTable {
  /// Functions about marks: what may be shown and what may be stored.
  static var structureFunctions: [String: Function] {
    let anything = Function.Parameter(
      "value", null: true, unknown: true, dynamic: true, marked: true)
    let same: Function.TypeRule = { (arguments) throws(FunctionError) in arguments[0].type }
    return [
      "sensitive": Function([anything], neverNull: false, type: same) { arguments, _, _ in
        arguments[0].marked(.sensitive)
      },
      "nonsensitive": Function([anything], neverNull: false, type: same) { arguments, _, _ in
        var value = arguments[0]
        value.marks.subtract(.sensitive)
        return value
      },
      "issensitive": Function([anything], returns: .bool) { arguments, _, _ in
        let value = arguments[0]
        if value.marks.contains(.sensitive) { return .bool(true) }
        return value.isKnown ? .bool(false) : .unknown(.bool)
      },
      "ephemeralasnull": Function([anything], neverNull: false, type: same) { arguments, _, _ in
        Self.withoutEphemeral(arguments[0])
      },
      // Their arguments are expressions; the evaluator sees to them.
      "try": Function([], rest: .init("expressions"), returns: .dynamic) { _, _, _ in .unknown() },
      "can": Function([.init("expression")], returns: .bool) { _, _, _ in .unknown(.bool) },
    ]
  }

  private static func withoutEphemeral(_ value: Value) -> Value {
    if value.marks.contains(.ephemeral) {
      return Value.null(value.type).marked(value.marks.subtracting(.ephemeral))
    }
    switch value.content {
    case .elements(let elements):
      return Value(value.type, .elements(elements.map(withoutEphemeral)), marks: value.marks)
    case .attributes(let values):
      return Value(
        value.type, .attributes(values.mapValues(withoutEphemeral)), marks: value.marks)
    default: return value
    }
  }
}
