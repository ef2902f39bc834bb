/// Computes the text of a template for some fields.
struct TemplateEvaluation {
  let fields: [String: String]
  let missingKeys: GoTemplate.MissingKeys
  let functions: GoTemplate.Functions
  private var variables: [(name: String, value: TemplateValue)] = [("", .fields)]
  private var dot = TemplateValue.fields

  init(
    fields: [String: String], missingKeys: GoTemplate.MissingKeys,
    functions: GoTemplate.Functions
  ) {
    self.fields = fields
    self.missingKeys = missingKeys
    self.functions = functions
  }

  mutating func run(_ nodes: [TemplateNode]) throws(TemplateError) -> String {
    var output = ""
    for node in nodes {
      switch node {
      case .text(let text): output += text
      case .output(let pipeline):
        let value = try evaluate(pipeline)
        if pipeline.variable == nil { output += value.text }
      case .condition(let pipeline, let bindsDot, let then, let otherwise):
        let (outerDot, scope) = (dot, variables.count)
        let value = try evaluate(pipeline)
        if value.isTrue, bindsDot { dot = value }
        output += try run(value.isTrue ? then : otherwise)
        dot = outerDot
        variables.removeLast(variables.count - scope)
      }
      guard output.utf8.count <= TemplateLexer.maximumLength else {
        throw TemplateError("the result is too long")
      }
    }
    return output
  }

  private mutating func evaluate(
    _ pipeline: TemplatePipeline
  ) throws(TemplateError) -> TemplateValue {
    var last: TemplateValue?
    for command in pipeline.commands {
      last = try evaluate(command, piped: last)
    }
    let value = last ?? .nothing
    if let name = pipeline.variable { variables.append((name, value)) }
    return value
  }

  private mutating func evaluate(
    _ command: [TemplateOperand], piped: TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    guard case .function(let name) = command[0] else {
      guard command.count == 1, piped == nil else {
        throw TemplateError("can't give argument to non-function")
      }
      return try evaluate(command[0])
    }
    if name == "and" || name == "or" {
      // The first that decides ends it; what follows is not looked at.
      var value = TemplateValue.nothing
      for operand in command.dropFirst() {
        value = try evaluate(operand)
        if value.isTrue == (name == "or") { return value }
      }
      return piped ?? value
    }
    var arguments: [TemplateValue] = []
    for operand in command.dropFirst() { arguments.append(try evaluate(operand)) }
    if let piped { arguments.append(piped) }
    return try TemplateFunctions.call(name, arguments, functions)
  }

  private mutating func evaluate(
    _ operand: TemplateOperand
  ) throws(TemplateError) -> TemplateValue {
    switch operand {
    case .dot: return dot
    case .fields(let names): return try select(names, from: dot)
    case .variable(let name, let names):
      guard let variable = variables.last(where: { $0.name == name }) else {
        throw TemplateError("undefined variable '$\(name)'")
      }
      return try select(names, from: variable.value)
    case .string(let text): return .string(text)
    case .integer(let value): return .integer(value)
    case .bool(let value): return .bool(value)
    case .nothing: return .nothing
    case .function(let name): return try TemplateFunctions.call(name, [], functions)
    case .group(let pipeline, let names): return try select(names, from: evaluate(pipeline))
    }
  }

  private func select(
    _ names: [String], from value: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    var value = value
    for name in names {
      guard value == .fields else {
        throw TemplateError("can't evaluate field \(name) in '\(value.text)'")
      }
      if let text = fields[name] {
        value = .string(text)
      } else if missingKeys == .error {
        throw TemplateError("there is no '\(name)'")
      } else {
        value = .nothing
      }
    }
    return value
  }
}
