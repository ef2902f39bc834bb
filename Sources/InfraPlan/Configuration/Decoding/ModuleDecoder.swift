internal import SourceText

/// Turns the bodies of a module's files into its declarations.
struct ModuleDecoder {
  let module: Module
  var problems: [Problem] = []
  /// Whether declarations replace earlier ones, as in override files.
  var isOverride = false
  /// Where the imports of each instance stand.
  var importSpans: [String: [SourceSpan]] = [:]

  static let rootSchema = BodySchema(
    blocks: [
      ("terraform", []), ("required_providers", []), ("provider", ["name"]),
      ("variable", ["name"]), ("locals", []), ("output", ["name"]), ("module", ["name"]),
      ("resource", ["type", "name"]), ("data", ["type", "name"]),
      ("ephemeral", ["type", "name"]), ("moved", []), ("removed", []), ("import", []),
      ("check", ["name"]),
    ])

  init(module: Module) { self.module = module }

  mutating func report(
    _ summary: String, _ detail: String, at span: SourceSpan, in context: SourceSpan? = nil
  ) {
    problems.append(Problem(.error, summary, detail, at: span, in: context))
  }

  mutating func decode(_ tree: SyntaxTree) {
    let mark = problems.count
    let content = BodyContent(tree.body, Self.rootSchema, &problems)
    // The original reads the headers of `terraform` blocks three times, and complains each time.
    problems += problems[mark...].filter { $0.summary.hasSuffix("label for terraform") }
      .flatMap { [$0, $0] }
    for block in content.blocks {
      switch block.type {
      case "variable": decodeVariable(block, tree)
      case "locals": decodeLocals(block, tree)
      case "output": decodeOutput(block, tree)
      case "resource": decodeResource(block, tree, .managed)
      case "data": decodeResource(block, tree, .data)
      case "ephemeral": decodeResource(block, tree, .ephemeral)
      case "module": decodeCall(block, tree)
      case "check": decodeCheck(block, tree)
      case "terraform": decodeSettings(block, tree)
      case "provider": decodeProvider(block, tree)
      default: decodeChange(block, tree)
      }
    }
  }

  mutating func reading<Result>(_ body: (inout StaticExpressions) -> Result) -> Result {
    var reader = StaticExpressions()
    let result = body(&reader)
    problems += reader.problems
    return result
  }

  mutating func flag(_ attribute: Body.Attribute?, _ tree: SyntaxTree) -> Bool? {
    guard let attribute else { return nil }
    return reading {
      $0.constant(tree.expression(attribute.expression), as: .bool, allowsNull: false)
    }?.boolValue
  }

  mutating func text(_ attribute: Body.Attribute?, _ tree: SyntaxTree) -> String? {
    guard let attribute else { return nil }
    return reading {
      $0.constant(tree.expression(attribute.expression), as: .string, allowsNull: false)
    }?
    .stringValue
  }

  /// A version constraint; `nil` if it is wrong, which has been told then.
  mutating func versionConstraint(_ attribute: Body.Attribute, _ tree: SyntaxTree) -> String? {
    let expression = tree.expression(attribute.expression)
    var evaluator = Evaluator()
    let value = evaluator.evaluate(expression, in: Scope())
    problems += evaluator.problems
    guard !evaluator.problems.hasErrors, value.isKnown else { return nil }
    // As good as no constraint.
    if value.isNull { return nil }
    guard let text = (try? value.converted(to: .string))?.stringValue else {
      report(
        "Invalid version constraint", "A string value is required for \(attribute.name).",
        at: expression.span)
      return nil
    }
    guard VersionConstraint(text) != nil else {
      report(
        "Invalid version constraint",
        "This string does not use correct version constraint syntax.", at: expression.span)
      return nil
    }
    return text
  }

  static func isName(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, first == "_" || first.properties.isIDStart else {
      return false
    }
    return scalars.allSatisfy { $0 == "-" || $0 == "_" || $0.properties.isIDContinue }
  }

  static let badName =
    "A name must start with a letter or underscore and may contain only letters, digits, underscores, and dashes."

  mutating func checkName(_ name: String, _ span: SourceSpan, _ what: String) {
    if !Self.isName(name) { report("Invalid \(what) name", Self.badName, at: span) }
  }

  /// An override of something that the ordinary files do not have.
  mutating func reportMissingBase(
    _ what: String, _ fact: String, _ rule: String, at span: SourceSpan
  ) {
    let noun = what.hasSuffix("resource") || what == "module call" ? "" : "base "
    report(
      "Missing \(noun)\(what) to override",
      "\(fact) An override file can only override \(rule) in a primary configuration file.",
      at: span)
  }

  func place(_ span: SourceSpan) -> String { Problem.placeMarker(span) }

  mutating func decodeRule(_ block: Body.Block, _ tree: SyntaxTree) -> Module.CheckRule {
    let schema = BodySchema(attributes: [("condition", true), ("error_message", true)])
    let content = BodyContent(block.body, schema, &problems)
    var rule = Module.CheckRule(span: block.headerSpan)
    rule.condition = content.attributes["condition"].map { tree.expression($0.expression) }
    rule.message = content.attributes["error_message"].map { tree.expression($0.expression) }
    if let condition = rule.condition, Observation.references(in: condition).isEmpty {
      report(
        "Invalid \(block.type) expression",
        "The condition expression must refer to at least one object from elsewhere in the configuration, or else its result would not be checking anything.",
        at: condition.span)
    }
    return rule
  }

  /// Where only attributes may stand, the first block is told.
  mutating func reportBlocks(in body: Body) {
    guard let first = body.blocks.first else { return }
    report(
      "Unexpected \(Quoting.goQuoted(first.type)) block", "Blocks are not allowed here.",
      at: first.typeSpan)
  }

  private mutating func decodeLocals(_ block: Body.Block, _ tree: SyntaxTree) {
    reportBlocks(in: block.body)
    for attribute in block.body.attributes {
      checkName(attribute.name, attribute.nameSpan, "local value")
      if isOverride, module.locals[attribute.name] == nil {
        reportMissingBase(
          "local value definition",
          "There is no local value named \(Quoting.goQuoted(attribute.name)).",
          "a local value that was already defined", at: attribute.span)
        continue
      }
      if let first = module.locals[attribute.name], !isOverride {
        report(
          "Duplicate local value definition",
          "A local value named \(Quoting.goQuoted(attribute.name)) was already defined at \(place(first.span)). Local value names must be unique within a module.",
          at: attribute.span)
      }
      // Of several, the last counts, and is what the next is told to repeat.
      module.locals[attribute.name] = Module.Local(
        name: attribute.name, expression: tree.expression(attribute.expression),
        span: attribute.span)
    }
  }

  private mutating func decodeOutput(_ block: Body.Block, _ tree: SyntaxTree) {
    let name = block.labels[0]
    let schema = BodySchema(
      attributes: [
        ("description", false), ("value", !isOverride), ("depends_on", false), ("sensitive", false),
        ("ephemeral", false),
      ], blocks: [("precondition", []), ("postcondition", [])])
    let content = BodyContent(block.body, schema, &problems)
    checkName(name, block.labelSpans[0], "output")
    // What cannot be kept is decoded all the same, for what is wrong in it.
    var isKept = true
    if isOverride, module.outputs[name] == nil {
      isKept = false
      reportMissingBase(
        "output definition", "There is no output named \(Quoting.goQuoted(name)).",
        "an output that was already defined", at: block.headerSpan)
    }
    if let first = module.outputs[name], !isOverride {
      report(
        "Duplicate output definition",
        "An output named \(Quoting.goQuoted(name)) was already defined at \(place(first.span)). Output names must be unique within a module.",
        at: block.headerSpan)
    }
    var output =
      (isOverride ? module.outputs[name] : nil) ?? Module.Output(name: name, span: block.headerSpan)
    if let value = content.attributes["value"] { output.value = tree.expression(value.expression) }
    output.description = text(content.attributes["description"], tree) ?? output.description
    output.isSensitive = flag(content.attributes["sensitive"], tree) ?? output.isSensitive
    output.isEphemeral = flag(content.attributes["ephemeral"], tree) ?? output.isEphemeral
    if let list = content.attributes["depends_on"] {
      output.dependsOn = reading { $0.traversals(tree.expression(list.expression)) }
    }
    for inner in content.blocks {
      if inner.type == "precondition" {
        output.preconditions.append(decodeRule(inner, tree))
      } else {
        report(
          "Postconditions are not allowed",
          "Output values can only have preconditions, not postconditions.", at: inner.typeSpan)
      }
    }
    if isKept { module.outputs[name] = output }
  }

  private mutating func decodeCheck(_ block: Body.Block, _ tree: SyntaxTree) {
    let name = block.labels[0]
    let schema = BodySchema(blocks: [("data", ["type", "name"]), ("assert", [])])
    let content = BodyContent(block.body, schema, &problems)
    if isOverride {
      return report(
        "Can't override check blocks", "Override files cannot override check blocks.",
        at: block.headerSpan)
    }
    checkName(name, block.labelSpans[0], "check block")
    var check = Module.Check(name: name, span: block.headerSpan)
    var scoped: SourceSpan?
    for inner in content.blocks {
      if inner.type == "data" {
        if let first = scoped {
          report(
            "Multiple data resource blocks",
            "This check block already has a data resource defined at \(place(first)).",
            at: inner.headerSpan)
          continue
        }
        scoped = inner.headerSpan
        decodeResource(inner, tree, .data, check: name)
      } else {
        let mark = problems.count
        let rule = decodeRule(inner, tree)
        if problems.count == mark { check.assertions.append(rule) }
      }
    }
    if check.assertions.isEmpty {
      report(
        "Zero assert blocks", "Check blocks must have at least one assert block.",
        at: block.headerSpan)
    }
    if let first = module.checks[name] {
      report(
        "Duplicate check \(Quoting.goQuoted(name)) configuration",
        "A check block named \(Quoting.goQuoted(name)) was already declared at \(place(first.span)). Check blocks must be unique within each module.",
        at: block.headerSpan)
      return
    }
    module.checks[name] = check
  }
}
