internal import SourceText

/// What a body may contain.
struct BodySchema {
  var attributes: [(name: String, isRequired: Bool)] = []
  var blocks: [(type: String, labels: [String])] = []
  /// Whether other arguments are left to someone else.
  var isPartial = false
}

/// The part of a body that a schema names.
struct BodyContent {
  var attributes: [String: Body.Attribute] = [:]
  var blocks: [Body.Block] = []
  /// Arguments that a partial schema does not name.
  var rest: [Body.Attribute] = []
  var restBlocks: [Body.Block] = []

  init(_ body: Body, _ schema: BodySchema, _ problems: inout [Problem]) {
    for attribute in body.attributes {
      if schema.attributes.contains(where: { $0.name == attribute.name }) {
        attributes[attribute.name] = attribute
      } else if schema.isPartial {
        rest.append(attribute)
      } else {
        problems.append(Self.unsupported(attribute, schema, in: body))
      }
    }
    for block in body.blocks {
      guard let wanted = schema.blocks.first(where: { $0.type == block.type }) else {
        if schema.isPartial {
          restBlocks.append(block)
        } else {
          problems.append(Self.unsupported(block, schema))
        }
        continue
      }
      if let problem = Self.labelProblem(block, wanted.labels) {
        problems.append(problem)
        continue
      }
      blocks.append(block)
    }
    for attribute in schema.attributes where attribute.isRequired {
      if attributes[attribute.name] == nil {
        problems.append(
          Problem(
            .error, "Missing required argument",
            "The argument \(Quoting.goQuoted(attribute.name)) is required, but no definition was found.",
            at: body.missingItemSpan))
      }
    }
  }

  /// Takes the contents of an escaping `_` block as if they stood in the block itself.
  mutating func unwrapEscapes() {
    for block in blocks where block.type == "_" {
      rest += block.body.attributes
      restBlocks += block.body.blocks
    }
    blocks.removeAll { $0.type == "_" }
  }

  static func unsupported(
    _ attribute: Body.Attribute, _ schema: BodySchema, in body: Body
  ) -> Problem {
    if body.isJSON {
      let names = schema.attributes.map(\.name) + schema.blocks.map(\.type)
      return Problem(
        .error, "Extraneous JSON object property",
        "No argument or block type is named \(Quoting.goQuoted(attribute.name))."
          + ReferenceMessages.hint(attribute.name, names), at: attribute.nameSpan)
    }
    // What is there already is not what was meant.
    let given = Set(body.attributes.map(\.name))
    var hint = ReferenceMessages.hint(
      attribute.name, schema.attributes.map(\.name).filter { !given.contains($0) })
    if hint.isEmpty, schema.blocks.contains(where: { $0.type == attribute.name }) {
      hint = " Did you mean to define a block of type \(Quoting.goQuoted(attribute.name))?"
    }
    return Problem(
      .error, "Unsupported argument",
      "An argument named \(Quoting.goQuoted(attribute.name)) is not expected here." + hint,
      at: attribute.nameSpan)
  }

  static func unsupported(_ block: Body.Block, _ schema: BodySchema) -> Problem {
    // The first that is near, in the order of the schema.
    var hint =
      NameSuggestion.nearest(to: block.type, among: schema.blocks.map(\.type))
      .map { " Did you mean \(Quoting.goQuoted($0))?" } ?? ""
    if hint.isEmpty, schema.attributes.contains(where: { $0.name == block.type }) {
      hint =
        " Did you mean to define argument \(Quoting.goQuoted(block.type))? If so, use the equals sign to assign it a value."
    }
    return Problem(
      .error, "Unsupported block type",
      "Blocks of type \(Quoting.goQuoted(block.type)) are not expected here." + hint,
      at: block.typeSpan)
  }

  private static func labelProblem(_ block: Body.Block, _ names: [String]) -> Problem? {
    let context = SourceSpan.between(block.typeSpan, block.openSpan)
    if block.labels.count > names.count {
      let detail =
        names.isEmpty
        ? "No labels are expected for \(block.type) blocks."
        : "Only \(names.count) labels (\(names.joined(separator: ", "))) are expected for \(block.type) blocks."
      return Problem(
        .error, "Extraneous label for \(block.type)", detail, at: block.labelSpans[names.count],
        in: context)
    }
    guard block.labels.count < names.count else { return nil }
    return Problem(
      .error, "Missing \(names[block.labels.count]) for \(block.type)",
      "All \(block.type) blocks must have \(names.count) labels (\(names.joined(separator: ", "))).",
      at: block.openSpan, in: context)
  }
}
