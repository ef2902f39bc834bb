internal import SourceText

/// A variable's type: what values convert to, with the defaults of optional attributes.
struct TypeConstraint: Sendable {
  var type: ValueType
  var defaults: Defaults?

  /// Defaults of optional attributes, by the place in the type where they apply.
  final class Defaults: Sendable {
    let values: [String: Value]
    /// For objects by attribute, for collections under the empty name, for tuples by position.
    let children: [String: Defaults]

    init(values: [String: Value], children: [String: Defaults]) {
      self.values = values
      self.children = children
    }
  }

  static let any = TypeConstraint(type: .dynamic, defaults: nil)
}

extension TypeConstraint.Defaults {
  /// A value with null or missing optional attributes replaced by their defaults.
  func apply(to value: Value, _ type: ValueType) -> Value {
    guard value.isKnown, !value.isNull else { return value }
    let marks = value.marks
    switch (value.content, type) {
    case (.attributes(let given), .object(let object)):
      var result = given
      for (name, fallback) in values where object.attributes[name] != nil {
        if result[name].map({ $0.isNull && $0.isKnown }) ?? true { result[name] = fallback }
      }
      for (name, child) in children {
        if let inner = result[name], let wanted = object.attributes[name] {
          result[name] = child.apply(to: inner, wanted)
        }
      }
      return Value.object(result).marked(marks)
    case (.elements(let elements), .list(let element)),
      (.elements(let elements), .set(let element)):
      guard let child = children[""] else { return value }
      return Value.tuple(elements.map { child.apply(to: $0, element) }).marked(marks)
    case (.elements(let elements), .tuple(let types)):
      var result = elements
      for index in result.indices where types.indices.contains(index) {
        if let child = children[String(index)] {
          result[index] = child.apply(to: result[index], types[index])
        }
      }
      return Value.tuple(result).marked(marks)
    case (.attributes(let given), .map(let element)):
      guard let child = children[""] else { return value }
      return Value.object(given.mapValues { child.apply(to: $0, element) }).marked(marks)
    default: return value
    }
  }
}

/// Reads type expressions: `list(string)`, `object({ a = optional(number, 1) })`.
struct TypeConstraintReader {
  var problems: [Problem] = []
  /// Whether `any` is refused, as in the types of outputs of functions.
  private static let summary = "Invalid type specification"

  private mutating func report(_ detail: String, _ span: SourceSpan, in context: SourceSpan? = nil)
  {
    problems.append(Problem(.error, Self.summary, detail, at: span, in: context))
  }

  mutating func read(_ expression: Expression) -> TypeConstraint {
    if let keyword = Self.keyword(expression) { return self.keyword(keyword, expression) }
    guard case .call(let call) = Self.unwrapped(expression).node.kind else {
      report(
        "A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, like list(string).",
        expression.span)
      return .any
    }
    return constructor(call, Self.unwrapped(expression))
  }

  private static func unwrapped(_ expression: Expression) -> Expression {
    if case .jsonString(_, let template) = expression.node.kind {
      return expression.child(template)
    }
    return expression
  }

  private static func keyword(_ expression: Expression) -> String? {
    unwrapped(expression).keyword
  }

  private mutating func keyword(_ name: String, _ expression: Expression) -> TypeConstraint {
    switch name {
    case "bool": return TypeConstraint(type: .bool)
    case "string": return TypeConstraint(type: .string)
    case "number": return TypeConstraint(type: .number)
    case "any": return .any
    case "list", "set", "map":
      report(
        "The \(name) type constructor requires one argument specifying the element type.",
        expression.span)
    case "object":
      report(
        "The object type constructor requires one argument specifying the attribute types and values as a map.",
        expression.span)
    case "tuple":
      report(
        "The tuple type constructor requires one argument specifying the element types as a list.",
        expression.span)
    default:
      report(
        "The keyword \(Quoting.goQuoted(name)) is not a valid type specification.", expression.span)
    }
    return .any
  }

  private mutating func constructor(
    _ call: Expression.Call, _ expression: Expression
  ) -> TypeConstraint {
    switch call.name {
    case "bool", "string", "number", "any":
      let noun = call.name == "any" ? "Type constraint" : "Primitive type"
      report(
        "\(noun) keyword \(Quoting.goQuoted(call.name)) does not expect arguments.",
        .between(call.openParen, call.closeParen))
      return .any
    case "optional":
      report(
        "Keyword \"optional\" is valid only as a modifier for object type attributes.",
        call.nameSpan)
      return .any
    case "list", "set", "map", "object", "tuple": break
    default:
      report(
        "Keyword \(Quoting.goQuoted(call.name)) is not a valid type constructor.", expression.span)
      return .any
    }
    guard call.arguments.count == 1 else {
      let all = SourceSpan.between(call.openParen, call.closeParen)
      let extra: SourceSpan
      if call.arguments.isEmpty {
        extra = all
      } else {
        extra = .between(
          expression.child(call.arguments[1]).span,
          expression.child(call.arguments[call.arguments.count - 1]).span)
      }
      let what: String
      switch call.name {
      case "object": what = "specifying the attribute types and values as a map"
      case "tuple": what = "specifying the element types as a list"
      default: what = "specifying the element type"
      }
      report(
        "The \(call.name) type constructor requires one argument \(what).", extra,
        in: expression.span)
      return .any
    }
    let argument = expression.child(call.arguments[0])
    switch call.name {
    case "object": return object(argument, expression)
    case "tuple": return tuple(argument, expression)
    default:
      let element = read(argument)
      let type: ValueType =
        call.name == "list"
        ? .list(element.type) : call.name == "set" ? .set(element.type) : .map(element.type)
      return TypeConstraint(
        type: type, defaults: element.defaults.map { .init(values: [:], children: ["": $0]) })
    }
  }

  private mutating func tuple(_ argument: Expression, _ whole: Expression) -> TypeConstraint {
    guard case .tuple(let elements, _) = argument.node.kind else {
      report(
        "Tuple type constructor requires a list of element types.", argument.span, in: whole.span)
      return .any
    }
    var types: [ValueType] = []
    var children: [String: TypeConstraint.Defaults] = [:]
    for (index, element) in elements.enumerated() {
      let inner = read(argument.child(element))
      types.append(inner.type)
      children[String(index)] = inner.defaults
    }
    return TypeConstraint(
      type: .tuple(types), defaults: children.isEmpty ? nil : .init(values: [:], children: children)
    )
  }

  private mutating func object(_ argument: Expression, _ whole: Expression) -> TypeConstraint {
    guard case .object(let items, _) = argument.node.kind else {
      report(
        "Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.",
        argument.span, in: whole.span)
      return .any
    }
    var type = ValueType.ObjectType([:])
    var values: [String: Value] = [:]
    var children: [String: TypeConstraint.Defaults] = [:]
    for item in items {
      let key = argument.child(item.key)
      guard let name = key.keyword else {
        report("Object constructor map keys must be attribute names.", key.span, in: whole.span)
        continue
      }
      guard type.attributes[name] == nil else {
        report("Object constructor map keys must be unique.", key.span, in: whole.span)
        continue
      }
      let value = argument.child(item.value)
      guard case .call(let call) = value.node.kind, call.name == "optional" else {
        let inner = read(value)
        type.attributes[name] = inner.type
        children[name] = inner.defaults
        continue
      }
      readOptional(name, call, value, &type, &values, &children)
    }
    let hasDefaults = !values.isEmpty || !children.isEmpty
    return TypeConstraint(
      type: .object(type), defaults: hasDefaults ? .init(values: values, children: children) : nil)
  }

  private mutating func readOptional(
    _ name: String, _ call: Expression.Call, _ expression: Expression,
    _ type: inout ValueType.ObjectType, _ values: inout [String: Value],
    _ children: inout [String: TypeConstraint.Defaults]
  ) {
    guard let first = call.arguments.first else {
      report(
        "Optional attribute modifier requires the attribute type as its argument.",
        .between(call.openParen, call.closeParen), in: expression.span)
      type.attributes[name] = .dynamic
      return
    }
    if call.arguments.count > 2 {
      report(
        "Optional attribute modifier expects at most two arguments: the attribute type, and a default value.",
        .between(call.openParen, call.closeParen), in: expression.span)
    }
    let inner = read(expression.child(first))
    type.attributes[name] = inner.type
    type.optional.insert(name)
    children[name] = inner.defaults
    guard call.arguments.count == 2 else { return }
    let fallback = expression.child(call.arguments[1])
    var evaluator = Evaluator()
    let value = evaluator.evaluate(fallback, in: Scope())
    problems += evaluator.problems
    guard evaluator.problems.isEmpty else { return }
    do throws(ConversionError) {
      let complete = inner.defaults?.apply(to: value, inner.type) ?? value
      values[name] = try complete.converted(to: inner.type)
    } catch {
      problems.append(
        Problem(
          .error, "Invalid default value for optional attribute",
          "This default value is not compatible with the attribute's type constraint: \(error.message).",
          at: fallback.span))
      type.attributes[name] = .dynamic
    }
  }
}
