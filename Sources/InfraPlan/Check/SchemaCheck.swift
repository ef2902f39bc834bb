internal import SourceText

/// Checks bodies against what a provider accepts.
struct SchemaCheck {
  private(set) var problems: [Problem] = []
  /// What only the provider itself refuses, once everything else is right.
  private(set) var refusals: [Problem] = []
  /// The value of an argument; what is wrong with it is told elsewhere.
  let evaluate: (Expression) -> Value?

  /// Checks a body and the blocks in it.
  mutating func visit(
    _ body: Body, _ schema: BlockSchema, _ tree: SyntaxTree, isDynamic: Bool = false
  ) {
    // A dynamic block stands for blocks of the type it is labelled with.
    var dynamic: [(type: String, content: Body.Block)] = []
    var ordinary: [Body.Block] = []
    for block in body.blocks {
      if block.type == "dynamic", let type = block.labels.first {
        guard schema.blocks[type] != nil else {
          problems.append(
            BodyContent.unsupported(
              Body.Block(
                type: type, typeSpan: block.labelSpans[0], labels: [], labelSpans: [],
                body: block.body, openSpan: block.openSpan, closeSpan: block.closeSpan),
              names(of: schema)))
          continue
        }
        for content in block.body.blocks where content.type == "content" {
          dynamic.append((type, content))
        }
      } else {
        ordinary.append(block)
      }
    }
    let plain = body.with(attributes: body.attributes, blocks: ordinary)
    let content = BodyContent(plain, names(of: schema), &problems)
    for attribute in body.attributes {
      guard let wanted = schema.attributes[attribute.name] else { continue }
      check(attribute, wanted, tree, isDynamic: isDynamic)
    }
    for (type, nested) in schema.blocks.sorted(by: { $0.key < $1.key }) {
      let found = content.blocks.filter { $0.type == type }
      checkCount(found, type, nested, isOpen: dynamic.contains { $0.type == type }, in: body)
      let inner = BlockSchema(json: nested.schema)
      for block in found { visit(block.body, inner, tree, isDynamic: isDynamic) }
      for block in dynamic where block.type == type {
        visit(block.content.body, inner, tree, isDynamic: true)
      }
    }
  }

  private func names(of schema: BlockSchema) -> BodySchema {
    BodySchema(
      attributes: schema.attributes.keys.sorted().map {
        ($0, schema.attributes[$0]?.isRequired ?? false)
      },
      blocks: schema.blocks.keys.sorted().map {
        ($0, schema.blocks[$0]?.isLabelled == true ? ["key"] : [])
      })
  }

  private mutating func check(
    _ attribute: Body.Attribute, _ wanted: BlockSchema.Attribute, _ tree: SyntaxTree,
    isDynamic: Bool
  ) {
    let expression = tree.expression(attribute.expression)
    if !wanted.isRequired, !wanted.isOptional {
      refusals.append(
        Problem(
          .error, "Value for unconfigurable attribute",
          "Can't configure a value for \(Quoting.goQuoted(attribute.name)): its value will be decided automatically based on the result of applying this configuration.",
          at: expression.span))
      return
    }
    if wanted.isDeprecated {
      problems.append(
        Problem(
          .warning, "Argument is deprecated",
          "The provider plans to remove the argument \(Quoting.goQuoted(attribute.name)).",
          at: attribute.nameSpan))
    }
    // The iterator of a dynamic block has no value here.
    guard !isDynamic, let value = evaluate(expression) else { return }
    do throws(ConversionError) { _ = try value.converted(to: wanted.type) } catch {
      problems.append(
        Problem(
          .error, "Incorrect attribute value type",
          "Inappropriate value for attribute \(Quoting.goQuoted(attribute.name)): \(error.located).",
          at: expression.span))
    }
  }

  private mutating func checkCount(
    _ blocks: [Body.Block], _ type: String, _ nested: BlockSchema.Nested, isOpen: Bool,
    in body: Body
  ) {
    if blocks.count < nested.minimum, !isOpen {
      problems.append(
        Problem(
          .error, "Insufficient \(type) blocks",
          "At least \(nested.minimum) \(Quoting.goQuoted(type)) blocks are required.",
          at: body.span.startPoint))
    } else if nested.maximum > 0, blocks.count > nested.maximum {
      problems.append(
        Problem(
          .error, "Too many \(type) blocks",
          "No more than \(nested.maximum) \(Quoting.goQuoted(type)) blocks are allowed",
          at: blocks[nested.maximum].openSpan))
    }
  }
}
