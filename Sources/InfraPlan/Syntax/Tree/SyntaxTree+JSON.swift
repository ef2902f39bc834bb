public import SourceText

extension SyntaxTree {
  /// The tree as JSON: bodies, expressions by kind, ranges as
  /// `[line, column, byte, line, column, byte]`, columns in grapheme clusters.
  ///
  /// Linear in the tree, except that each range costs the length of its line.
  public func json(lines: LineIndex) -> JSONValue {
    var writer = TreeWriter(tree: self, lines: lines)
    return writer.body(body)
  }
}

extension Problem {
  /// The problem as JSON: summary, detail and the ranges.
  public func json(lines: LineIndex) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("summary", .string(summary)), ("detail", .string(detail)),
      ("subject", subject.map(lines.json) ?? .null),
    ]
    if let context { members.append(("context", lines.json(context))) }
    return .object(members)
  }
}

extension LineIndex {
  /// `[line, column, byte, line, column, byte]`.
  fileprivate func json(_ span: SourceSpan) -> JSONValue {
    let start = position(of: Int(span.start))
    let end = position(of: Int(span.end))
    return .array(
      [start.line, start.column, start.byte, end.line, end.column, end.byte].map {
        .integer($0)
      })
  }
}

/// Writes the tree of one file.
private struct TreeWriter {
  let tree: SyntaxTree
  let lines: LineIndex

  mutating func body(_ body: Body) -> JSONValue {
    .object([
      ("attributes", .array(body.attributes.map { attribute($0) })),
      ("blocks", .array(body.blocks.map { block($0) })),
      ("r", range(body.span)),
    ])
  }

  private mutating func attribute(_ attribute: Body.Attribute) -> JSONValue {
    .object([
      ("expr", expression(attribute.expression)), ("name", .string(attribute.name)),
      ("name_r", range(attribute.nameSpan)), ("r", range(attribute.span)),
    ])
  }

  private mutating func block(_ block: Body.Block) -> JSONValue {
    .object([
      ("body", body(block.body)), ("close_r", range(block.closeSpan)),
      ("label_r", .array(block.labelSpans.map(range))),
      ("labels", .array(block.labels.map { .string($0) })), ("open_r", range(block.openSpan)),
      ("type", .string(block.type)), ("type_r", range(block.typeSpan)),
    ])
  }

  private mutating func expression(_ id: Expression.Node.ID) -> JSONValue {
    let node = tree.nodes[Int(id)]
    var members: [(String, JSONValue)] = [
      ("k", .string(Self.name(node.kind))), ("r", range(node.span)),
    ]
    switch node.kind {
    case .literal(let literal): members.append(("value", Self.literal(literal)))
    case .template(let parts): members.append(("parts", list(parts)))
    case .templateWrap(let wrapped): members.append(("wrapped", expression(wrapped)))
    case .templateJoin(let tuple): members.append(("tuple", expression(tuple)))
    case .scopeTraversal(let traversal):
      let root = JSONValue.object([("root", .string(traversal.root))])
      members.append(("traversal", .array([root] + traversal.steps.map(Self.step))))
    case .relativeTraversal(let source, let steps):
      members.append(("source", expression(source)))
      members.append(("traversal", .array(steps.map(Self.step))))
    case .call(let call):
      members += [
        ("name", .string(call.name)), ("args", list(call.arguments)),
        ("expand", .bool(call.expandsFinal)),
      ]
    case .conditional(let condition, let yes, let no):
      members += [
        ("cond", expression(condition)), ("true", expression(yes)), ("false", expression(no)),
      ]
    case .index(let collection, let key, _):
      members += [("collection", expression(collection)), ("key", expression(key))]
    case .tuple(let elements, _): members.append(("elems", list(elements)))
    case .object(let items, _):
      members.append(
        (
          "items",
          .array(
            items.map { item in
              .object([("key", expression(item.key)), ("value", expression(item.value))])
            })
        ))
    case .objectKey(let wrapped, let force):
      members += [("force_non_literal", .bool(force)), ("wrapped", expression(wrapped))]
    case .forEach(let loop): members += forMembers(loop)
    case .splat(let source, let each, _, _):
      members += [("source", expression(source)), ("each", expression(each))]
    case .binary(let operation, let left, let right):
      members += [
        ("op", .string(operation.rawValue)), ("lhs", expression(left)), ("rhs", expression(right)),
      ]
    case .unary(let operation, let operand, _):
      members += [("op", .string(operation.rawValue)), ("val", expression(operand))]
    case .parentheses(let inner): members.append(("expr", expression(inner)))
    case .jsonArray, .jsonObject, .jsonString, .anonymousSymbol, .malformed: break
    }
    return .object(members)
  }

  private mutating func forMembers(_ loop: Expression.For) -> [(String, JSONValue)] {
    [
      ("coll", expression(loop.collection)),
      ("cond", loop.condition.map { expression($0) } ?? .null), ("group", .bool(loop.isGrouped)),
      ("key", loop.key.map { expression($0) } ?? .null), ("key_var", .string(loop.keyName)),
      ("val", expression(loop.value)), ("val_var", .string(loop.valueName)),
    ]
  }

  private mutating func list(_ ids: [Expression.Node.ID]) -> JSONValue {
    .array(ids.map { expression($0) })
  }

  private static func step(_ step: Traversal.Step) -> JSONValue {
    switch step.kind {
    case .attribute(let name): .object([("attr", .string(name))])
    case .index(let key): .object([("index", literal(key))])
    case .splat: .object([("splat", .bool(true))])
    }
  }

  private static func literal(_ literal: Expression.Literal) -> JSONValue {
    switch literal {
    case .null: .object([("null", .bool(true))])
    case .bool(let value): .object([("bool", .bool(value))])
    case .number(let value): .object([("number", .string(value.text))])
    case .string(let value): .object([("string", .string(value))])
    case .unknown: .object([("unknown", .bool(true))])
    }
  }

  private static func name(_ kind: Expression.Node.Kind) -> String {
    switch kind {
    case .literal: "literal"
    case .template: "template"
    case .templateWrap: "template-wrap"
    case .templateJoin: "template-join"
    case .scopeTraversal: "scope-traversal"
    case .relativeTraversal: "relative-traversal"
    case .call: "call"
    case .conditional: "conditional"
    case .index: "index"
    case .tuple: "tuple"
    case .object: "object"
    case .objectKey: "object-key"
    case .forEach: "for"
    case .splat: "splat"
    case .anonymousSymbol: "anon-symbol"
    case .binary: "binary"
    case .unary: "unary"
    case .parentheses: "parens"
    case .malformed: "error"
    case .jsonArray: "json-array"
    case .jsonObject: "json-object"
    case .jsonString: "json-string"
    }
  }

  private func range(_ span: SourceSpan) -> JSONValue { lines.json(span) }
}
