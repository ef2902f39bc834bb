/// Computes the text of a template for a value.
struct TemplateEvaluation {
  typealias Value = GoTemplate.Value

  /// How far a template may run: loops in loops over long lists would otherwise hang.
  private static let maximumSteps = 1_000_000

  let missingKeys: GoTemplate.MissingKeys
  let functions: GoTemplate.Functions
  private var variables: [(name: String, value: Value)]
  private var dot: Value
  private var output = ""
  private var steps = 0

  /// How a list of nodes ended.
  private enum Ending {
    case normal, brokeLoop, continuedLoop
  }

  init(
    of value: Value, missingKeys: GoTemplate.MissingKeys, functions: GoTemplate.Functions
  ) {
    self.missingKeys = missingKeys
    self.functions = functions
    variables = [("", value)]
    dot = value
  }

  mutating func run(_ nodes: [TemplateNode]) throws(TemplateError) -> String {
    _ = try execute(nodes)
    return output
  }

  private mutating func execute(_ nodes: [TemplateNode]) throws(TemplateError) -> Ending {
    for node in nodes {
      try step()
      var ending = Ending.normal
      switch node {
      case .text(let text): output += text
      case .output(let pipeline):
        let value = try evaluate(pipeline)
        if pipeline.variables.isEmpty { output += value.text } else { try bind(pipeline, [value]) }
      case .condition(let pipeline, let bindsDot, let then, let otherwise):
        let (outerDot, scope) = (dot, variables.count)
        let value = try evaluate(pipeline)
        try bind(pipeline, [value])
        if value.isTrue, bindsDot { dot = value }
        ending = try execute(value.isTrue ? then : otherwise)
        dot = outerDot
        variables.removeLast(variables.count - scope)
      case .loop(let pipeline, let body, let otherwise):
        ending = try loop(pipeline, body, otherwise)
      case .leave(let endsLoop): return endsLoop ? .brokeLoop : .continuedLoop
      }
      guard output.utf8.count <= TemplateLexer.maximumLength else {
        throw TemplateError("the result is too long")
      }
      guard ending == .normal else { return ending }
    }
    return .normal
  }

  private mutating func step() throws(TemplateError) {
    steps += 1
    guard steps <= Self.maximumSteps else { throw TemplateError("it takes too many steps") }
  }

  private mutating func loop(
    _ pipeline: TemplatePipeline, _ body: [TemplateNode], _ otherwise: [TemplateNode]
  ) throws(TemplateError) -> Ending {
    let (outerDot, scope) = (dot, variables.count)
    defer {
      dot = outerDot
      variables.removeLast(variables.count - scope)
    }
    let value = try evaluate(pipeline)
    let items = try Self.items(of: value)
    guard !items.isEmpty else { return try execute(otherwise) }
    for (key, item) in items {
      try step()
      dot = item
      try bind(pipeline, pipeline.variables.count == 2 ? [key, item] : [item])
      let ending = try execute(body)
      // What an item declares ends with it; variables outside keep what was assigned to them.
      variables.removeLast(variables.count - scope)
      if ending == .brokeLoop { break }
    }
    return .normal
  }

  private static func items(of value: Value) throws(TemplateError) -> [(Value, Value)] {
    switch value {
    case .list(let values): return values.enumerated().map { (.integer($0.offset), $0.element) }
    case .map(let entries): return entries.map { ($0.key, $0.value) }
    case .integer(let count):
      guard count <= maximumSteps else { throw TemplateError("it takes too many steps") }
      return (0..<max(0, count)).map { (.integer($0), .integer($0)) }
    case .nothing: return []
    case .string, .bool, .record:
      throw TemplateError("range can't iterate over '\(value.text)'")
    }
  }

  private mutating func bind(
    _ pipeline: TemplatePipeline, _ values: [Value]
  ) throws(TemplateError) {
    for (name, value) in zip(pipeline.variables, values) {
      if !pipeline.assigns {
        variables.append((name, value))
      } else if let place = variables.lastIndex(where: { $0.name == name }) {
        variables[place].value = value
      } else {
        throw TemplateError("undefined variable '$\(name)'")
      }
    }
  }

  private mutating func evaluate(_ pipeline: TemplatePipeline) throws(TemplateError) -> Value {
    var last: Value?
    for command in pipeline.commands {
      last = try evaluate(command, piped: last)
    }
    return last ?? .nothing
  }

  private mutating func evaluate(
    _ command: [TemplateOperand], piped: Value?
  ) throws(TemplateError) -> Value {
    guard case .function(let name) = command[0] else {
      guard command.count == 1, piped == nil else {
        throw TemplateError("can't give argument to non-function")
      }
      return try evaluate(command[0])
    }
    if name == "and" || name == "or" {
      // The first that decides ends it; what follows is not looked at.
      var value = Value.nothing
      for operand in command.dropFirst() {
        value = try evaluate(operand)
        if value.isTrue == (name == "or") { return value }
      }
      return piped ?? value
    }
    var arguments: [Value] = []
    for operand in command.dropFirst() { arguments.append(try evaluate(operand)) }
    if let piped { arguments.append(piped) }
    return try TemplateFunctions.call(name, arguments, functions)
  }

  private mutating func evaluate(_ operand: TemplateOperand) throws(TemplateError) -> Value {
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

  private func select(_ names: [String], from value: Value) throws(TemplateError) -> Value {
    var value = value
    for name in names {
      switch value {
      case .map:
        if let found = value.value(forKey: .string(name)) {
          value = found
        } else if missingKeys == .error {
          throw TemplateError("there is no '\(name)'")
        } else {
          value = .nothing
        }
      case .record(let fields, _):
        guard let field = fields.first(where: { $0.name == name }) else {
          let names = fields.map(\.name).joined(separator: ", ")
          throw TemplateError("there is no field '\(name)'; there are \(names)")
        }
        value = field.value
      default: throw TemplateError("can't evaluate field \(name) in '\(value.text)'")
      }
    }
    return value
  }
}
