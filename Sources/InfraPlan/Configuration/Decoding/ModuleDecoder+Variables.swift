internal import SourceText

extension ModuleDecoder {
  private static let reserved = [
    "source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals",
  ]

  mutating func decodeVariable(_ block: Body.Block, _ tree: SyntaxTree) {
    let name = block.labels[0]
    let schema = BodySchema(
      attributes: [
        ("description", false), ("default", false), ("type", false), ("sensitive", false),
        ("ephemeral", false), ("nullable", false),
      ], blocks: [("validation", [])])
    let content = BodyContent(block.body, schema, &problems)
    checkName(name, block.labelSpans[0], "variable")
    if Self.reserved.contains(name) {
      report(
        "Invalid variable name",
        "The variable name \(Quoting.goQuoted(name)) is reserved due to its special meaning inside module blocks.",
        at: block.labelSpans[0])
    }
    // What cannot be kept is decoded all the same, for what is wrong in it.
    var isKept = true
    if isOverride, module.variables[name] == nil {
      isKept = false
      reportMissingBase(
        "variable declaration", "There is no variable named \(Quoting.goQuoted(name)).",
        "a variable that was already declared", at: block.headerSpan)
    }
    if let first = module.variables[name], !isOverride {
      report(
        "Duplicate variable declaration",
        "A variable named \(Quoting.goQuoted(name)) was already declared at \(place(first.span)). Variable names must be unique within a module.",
        at: block.headerSpan)
    }
    var variable =
      (isOverride ? module.variables[name] : nil)
      ?? Module.Variable(name: name, span: block.headerSpan)
    variable.description = text(content.attributes["description"], tree) ?? variable.description
    if let type = content.attributes["type"] {
      let mark = problems.count
      variable.constraint = constraint(tree.expression(type.expression))
      if problems[mark...].hasErrors { variable.constraint = .any }
    }
    variable.isSensitive = flag(content.attributes["sensitive"], tree) ?? variable.isSensitive
    variable.isEphemeral = flag(content.attributes["ephemeral"], tree) ?? variable.isEphemeral
    if let nullable = content.attributes["nullable"] {
      // What is no Boolean counts as false.
      variable.isNullable = flag(nullable, tree) ?? false
    }
    if let fallback = content.attributes["default"] {
      variable.defaultValue = defaultValue(tree.expression(fallback.expression), variable)
    }
    if isOverride, content.attributes["type"] != nil, content.attributes["default"] == nil,
      let fallback = variable.defaultValue
    {
      do throws(ConversionError) {
        variable.defaultValue = try fallback.converted(to: variable.constraint.type)
      } catch {
        report(
          "Invalid default value for variable",
          "Overriding this variable's type constraint has made its default value invalid: \(error.located).",
          at: block.headerSpan)
      }
    }
    for inner in content.blocks {
      let rule = decodeRule(inner, tree)
      if let condition = rule.condition {
        let names = Observation.references(in: condition)
        let refersToSelf = names.contains {
          $0.root == "var" && $0.steps.first?.attribute == name
        }
        if !refersToSelf {
          report(
            "Invalid variable validation condition",
            "The condition for variable \(Quoting.goQuoted(name)) must refer to var.\(name) in order to test incoming values.",
            at: condition.span)
        }
      }
      variable.validations.append(rule)
    }
    if isKept { module.variables[name] = variable }
  }

  private mutating func constraint(_ expression: Expression) -> TypeConstraint {
    if let text = expression.literalString {
      if case .jsonString = expression.node.kind {
        return jsonConstraint(expression)
      }
      return quotedConstraint(text, expression)
    }
    // The bare words `list` and `map` were once complete.
    if expression.keyword == "list" || expression.keyword == "map" {
      return expression.keyword == "list"
        ? TypeConstraint(type: .list(.dynamic)) : TypeConstraint(type: .map(.dynamic))
    }
    var reader = TypeConstraintReader()
    let result = reader.read(expression)
    problems += reader.problems
    return result
  }

  /// In JSON a type is native syntax in a string; what is wrong with the whole is told of the string.
  private mutating func jsonConstraint(_ expression: Expression) -> TypeConstraint {
    var reader = TypeConstraintReader()
    guard let (native, found) = expression.nativeReading, !found.hasErrors else {
      let result = reader.read(expression)
      problems += reader.problems
      return result
    }
    let result = reader.read(native)
    problems += reader.problems.map { problem in
      var copy = problem
      if copy.subject == native.span { copy.subject = expression.span }
      if copy.context == native.span { copy.context = expression.span }
      return copy
    }
    return result
  }

  private mutating func quotedConstraint(_ text: String, _ expression: Expression) -> TypeConstraint
  {
    let known: [String: (String, ValueType)] = [
      "string": ("", .string),
      "list": (
        " and write list(string) instead to explicitly indicate that the list elements are strings",
        .list(.dynamic)
      ),
      "map": (
        " and write map(string) instead to explicitly indicate that the map elements are strings",
        .map(.dynamic)
      ),
    ]
    guard let (advice, type) = known[text] else {
      report(
        "Invalid legacy variable type hint",
        "To provide a full type expression, remove the surrounding quotes and give the type expression directly.",
        at: expression.span)
      return .any
    }
    report(
      "Invalid quoted type constraints",
      "Terraform 0.11 and earlier required type constraints to be given in quotes, but that form is now deprecated and will be removed in a future version of Terraform. Remove the quotes around \(Quoting.goQuoted(text))\(advice).",
      at: expression.span)
    return TypeConstraint(type: type)
  }

  private mutating func defaultValue(_ expression: Expression, _ variable: Module.Variable) -> Value
  {
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, in: Scope())
    problems += evaluator.problems
    let type = variable.constraint.type
    do throws(ConversionError) {
      let complete = variable.constraint.defaults?.apply(to: value, type) ?? value
      let converted = try complete.converted(to: type)
      if converted.isNull, !variable.isNullable {
        report(
          "Invalid default value for variable",
          "A null default value is not valid when nullable=false.", at: expression.span)
      }
      return converted
    } catch {
      report(
        "Invalid default value for variable",
        "This default value is not compatible with the variable's type constraint: \(error.located).",
        at: expression.span)
      return .unknown(type.withoutOptionals)
    }
  }
}
