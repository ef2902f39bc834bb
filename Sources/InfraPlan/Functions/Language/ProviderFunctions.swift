internal import SourceText

extension FunctionTable {
  /// The functions of the built-in provider, without their prefix: values as configuration text.
  static let providerFunctions: [String: Function] = [
    "encode_expr": Function([.init("value")], returns: .string) { arguments, _, _ in
      arguments[0].isWhollyKnown
        ? .string(ConfigurationText.expression(arguments[0])) : .unknown(.string)
    },
    "encode_tfvars": Function([.init("value")], returns: .string) {
      (arguments, _, _) throws(FunctionError) in
      guard arguments[0].type.isObject || arguments[0].type.isMap else {
        throw FunctionError(
          "invalid value to encode: must be an object whose attribute names will become the encoded variable names"
        )
      }
      guard arguments[0].isWhollyKnown else { return .unknown(.string) }
      let values = arguments[0].attributes ?? [:]
      for name in values.keys.sorted() where !ModuleDecoder.isName(name) {
        throw FunctionError(
          "invalid variable name \(Quoting.goQuoted(name)): must be a valid identifier, per Terraform's rules for input variable declarations"
        )
      }
      return .string(ConfigurationText.definitions(values))
    },
    "decode_tfvars": Function([.init("src", .string)], neverNull: false, type: { _ in .dynamic }) {
      (arguments, _, _) throws(FunctionError) in
      try decodedDefinitions(arguments[0].stringValue ?? "")
    },
  ]

  private static func decodedDefinitions(_ text: String) throws(FunctionError) -> Value {
    let file = SourceFile(name: "<decode_tfvars argument>", text: text)
    func words(_ problem: Problem) -> String {
      let place =
        problem.subject.map { "\(file.name):\(PositionText.range($0, file.bytes)): " } ?? ""
      return "\(place)\(problem.summary); \(problem.detail)"
    }
    let (tree, problems) = SyntaxTree.parse(file, id: SourceFile.ID(rawValue: 0))
    if let first = problems.first(where: { $0.severity == .error }) {
      throw FunctionError("invalid tfvars syntax: \(words(first))")
    }
    if let block = tree.body.blocks.first {
      let problem = Problem(
        .error, "Unexpected \(Quoting.goQuoted(block.type)) block", "Blocks are not allowed here.",
        at: block.typeSpan)
      throw FunctionError("invalid tfvars content: \(words(problem))")
    }
    var values: [String: Value] = [:]
    for attribute in tree.body.attributes {
      var evaluator = Evaluator()
      let value = evaluator.evaluate(tree.expression(attribute.expression), in: Scope())
      if let first = evaluator.problems.first(where: { $0.severity == .error }) {
        throw FunctionError(
          "invalid expression for variable \(Quoting.goQuoted(attribute.name)): \(words(first))")
      }
      values[attribute.name] = value
    }
    return .object(values)
  }
}

/// Values as configuration text, in the canonical layout.
enum ConfigurationText {
  static func expression(_ value: Value) -> String {
    // Only whole definitions can be laid out; the name is taken off again.
    let name = "v = "
    return String(laidOut(name + raw(value)).dropFirst(name.count))
  }

  static func definitions(_ values: [String: Value]) -> String {
    laidOut(
      values.keys.sorted().compactMap { name in values[name].map { "\(name) = \(raw($0))\n" } }
        .joined())
  }

  private static func laidOut(_ text: String) -> String {
    let file = SourceFile(name: "", text: text)
    guard case .success(let bytes) = Formatter.format(file, id: SourceFile.ID(rawValue: 0)) else {
      return text
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func raw(_ value: Value) -> String {
    switch value.content {
    case .null, .unknown: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number): return number.text
    case .string(let text): return quoted(text)
    case .elements(let elements): return "[" + elements.map(raw).joined(separator: ", ") + "]"
    case .attributes(let values):
      if values.isEmpty { return "{}" }
      let lines = values.keys.sorted().compactMap { name in
        values[name].map { "\(ModuleDecoder.isName(name) ? name : quoted(name)) = \(raw($0))\n" }
      }
      return "{\n" + lines.joined() + "}"
    }
  }

  /// A quoted string in which nothing is a template.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "$", "%":
        result.unicodeScalars.append(scalar)
        if scalars.first == "{" { result.unicodeScalars.append(scalar) }
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        result += "\\u" + Quoting.hex(scalar.value, 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
