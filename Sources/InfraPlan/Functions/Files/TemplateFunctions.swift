internal import SourceText

extension FunctionTable {
  static var templateFile: Function {
    Function([.init("path", .string), .init("vars")], neverNull: false, type: { _ in .dynamic }) {
      (arguments, _, table) throws(FunctionError) in
      if table.functionsBlockedInTemplates {
        throw FunctionError(
          "cannot recursively call templatefile from inside another template function")
      }
      let path = arguments[0].stringValue ?? ""
      let text = try table.readText(path)
      let file = SourceFile(name: path, text: text)
      return try table.render(file, arguments[1], name: "templatefile")
    }
  }

  static var templateString: Function {
    Function(
      [.init("template", .string), .init("vars")], neverNull: false, type: { _ in .dynamic }
    ) {
      (arguments, _, table) throws(FunctionError) in
      if table.functionsBlockedInTemplates {
        throw FunctionError(
          "cannot recursively call templatestring from inside another template function")
      }
      // Only text that came from elsewhere: a literal would be better written as a template.
      if let expression = table.templateArgument {
        switch expression.node.kind {
        case .scopeTraversal, .relativeTraversal, .index: break
        default:
          throw FunctionError(
            "invalid template expression: templatestring is only for rendering templates retrieved dynamically from elsewhere, and so does not support providing a literal template; consider using a template string expression instead",
            argument: 0)
        }
      }
      let file = SourceFile(name: "<templatestring argument>", text: arguments[0].stringValue ?? "")
      return try table.render(file, arguments[1], name: "templatestring")
    }
  }

  private func render(
    _ file: SourceFile, _ variables: Value, name: String
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
