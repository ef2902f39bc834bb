internal import SourceText

extension FunctionTable {
  static var templateFile: Function {
    Function(
      [.init("path", .string, marked: true), .init("vars")], neverNull: false,
      type: { _ in .dynamic }
    ) {
      (arguments, _, table) throws(FunctionError) in
      if table.functionsBlockedInTemplates {
        throw FunctionError(
          "cannot recursively call templatefile from inside another template function")
      }
      let path = arguments[0].stringValue ?? ""
      let text = try table.readText(arguments[0])
      let file = SourceFile(name: path, text: text)
      return try table.render(file, arguments[1]).marked(arguments[0].marks)
    }
  }

  static var templateString: Function {
    Function(
      [.init("template", null: true, dynamic: true), .init("vars")], neverNull: false,
      type: { _ in .dynamic }
    ) {
      (arguments, _, table) throws(FunctionError) in
      if table.functionsBlockedInTemplates {
        throw FunctionError(
          "cannot recursively call templatestring from inside another template function")
      }
      if let expression = table.templateArgument, let refusal = refusal(of: expression) {
        throw FunctionError("invalid template expression: " + refusal, argument: 0)
      }
      if let failure = table.templateFailure {
        throw FunctionError("invalid template expression: " + failure, argument: 0)
      }
      guard let text = arguments[0].stringValue else {
        throw FunctionError("invalid template value: a string is required", argument: 0)
      }
      let file = SourceFile(name: "<templatestring argument>", text: text)
      return try table.render(file, arguments[1])
    }
  }

  /// Only text that came from elsewhere may be a template: one that is written at the call would be
  /// better written as a template expression.
  private static func refusal(of expression: Expression) -> String? {
    let purpose =
      "templatestring is only for rendering templates retrieved dynamically from elsewhere"
    switch expression.node.kind {
    case .scopeTraversal, .index, .splat: return nil
    case .template where expression.literalString != nil:
      return
        "\(purpose), and so does not support providing a literal template; consider using a template string expression instead"
    case .template:
      return
        "\(purpose); to render an inline template, consider using a plain template string expression"
    case .templateWrap:
      return
        "\(purpose); to treat the inner expression as template syntax, write the reference expression directly without any template interpolation syntax"
    default:
      return
        "must be a direct reference to a single string from elsewhere, containing valid Terraform template syntax"
    }
  }

  private func render(
    _ file: SourceFile, _ variables: Value
  ) throws(FunctionError) -> Value {
    guard variables.type.isObject || variables.type.isMap else {
      throw FunctionError("invalid vars value: must be a map", argument: 1)
    }
    let id = SourceFile.ID(rawValue: 0)
    let (template, problems) = SyntaxTree.parseTemplate(file, id: id)
    if let first = problems.first { throw FunctionError(text(first, file)) }
    let values = variables.attributes ?? [:]
    for key in values.keys.sorted() where !Self.isName(key) {
      throw FunctionError(
        "invalid template variable name \(Quoting.goQuoted(key)): must start with a letter, followed by zero or more letters, digits, and underscores",
        argument: 1)
    }
    for reference in Observation.references(in: template) where values[reference.root] == nil {
      throw FunctionError(
        "vars map does not contain key \(Quoting.goQuoted(reference.root)), referenced at \(file.name):\(PositionText.range(reference.rootSpan, file.bytes))",
        argument: 1)
    }
    guard variables.isKnown else { return .unknown() }
    var inner = self
    inner.templateDepth += 1
    inner.functionsBlockedInTemplates = true
    var evaluator = Evaluator()
    let value = evaluator.evaluate(template, in: Scope(variables: values, functions: inner))
    if let first = evaluator.problems.first(where: { $0.severity == .error }) {
      throw FunctionError(text(first, file))
    }
    return value
  }

  private func text(_ problem: Problem, _ file: SourceFile) -> String {
    let named = problem.naming { _ in file }
    let place = problem.subject.map { "\(file.name):\(PositionText.range($0, file.bytes)): " } ?? ""
    return "\(place)\(named.summary); \(named.detail)"
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_"
    }
  }
}
