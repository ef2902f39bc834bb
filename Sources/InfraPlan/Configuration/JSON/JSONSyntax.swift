internal import SourceText

/// The JSON form of the language, read into the same tree as native syntax.
///
/// Which object members are blocks is known from the language's own block types; everything else is
/// an argument, and strings in arguments are templates.
struct JSONSyntax {
  private var nodes: [Expression.Node] = []
  private let file: SourceFile
  private let id: SourceFile.ID
  private var problems: [Problem] = []
  /// What is wrong with templates, told where they are evaluated.
  private var templateProblems: [Expression.Node.ID: [Problem]] = [:]

  /// Block types and how many labels each has, by the type of the block around them.
  private static let blocks: [String: [String: Int]] = [
    "": [
      "terraform": 0, "provider": 1, "variable": 1, "locals": 0, "output": 1, "module": 1,
      "resource": 2, "data": 2, "ephemeral": 2, "moved": 0, "removed": 0, "import": 0, "check": 1,
    ],
    "terraform": ["required_providers": 0, "backend": 1, "cloud": 0],
    "variable": ["validation": 0], "output": ["precondition": 0],
    "resource": ["lifecycle": 0, "connection": 0, "provisioner": 1],
    "data": ["lifecycle": 0], "lifecycle": ["precondition": 0, "postcondition": 0],
    "check": ["data": 2, "assert": 0],
  ]

  static func parse(_ file: SourceFile, id: SourceFile.ID) -> (SyntaxTree, [Problem]) {
    var syntax = JSONSyntax(file: file, id: id)
    var body = Body(attributes: [], blocks: [], span: SourceSpan(file: id, bytes: 0..<0))
    let document: JSONValue
    if let sound = try? JSONValue(parsing: file.bytes, maximumDepth: 200) {
      document = sound
    } else {
      (document, syntax.problems) = JSONReader.read(file.bytes, file: id)
    }
    if (document.elements ?? [document]).allSatisfy({ $0.members != nil }) {
      body = syntax.body([document], type: "")
    } else {
      syntax.problems.append(
        Problem(
          .error, "Root value must be object",
          "The root value in a JSON-based configuration must be either a JSON object or a JSON array of objects.",
          at: syntax.span(document.range)))
    }
    let tree = SyntaxTree(
      file: id, nodes: syntax.nodes, body: body, templateProblems: syntax.templateProblems)
    return (tree, syntax.problems)
  }

  private mutating func add(_ kind: Expression.Node.Kind, _ span: SourceSpan)
    -> Expression.Node.ID
  {
    nodes.append(Expression.Node(kind: kind, span: span))
    return Expression.Node.ID(nodes.count - 1)
  }

  private func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file: id, bytes: range) }

  private mutating func body(_ values: [JSONValue], type: String) -> Body {
    var attributes: [Body.Attribute] = []
    var blocks: [Body.Block] = []
    let known = Self.blocks[type] ?? [:]
    for value in values {
      for member in objects(value).flatMap({ $0.members ?? [] }) {
        let nameSpan = span(member.nameRange)
        if member.name == "//" { continue }
        if let labels = known[member.name] {
          collect(member.value, member.name, nameSpan, labels, [], [], &blocks)
        } else {
          if let first = attributes.first(where: { $0.name == member.name }) {
            problems.append(
              Problem(
                .error, type == "locals" ? "Duplicate attribute definition" : "Duplicate argument",
                "The argument \(Quoting.goQuoted(member.name)) was already set at \(Problem.placeMarker(first.span)).",
                at: nameSpan))
            continue
          }
          attributes.append(
            Body.Attribute(
              name: member.name, nameSpan: nameSpan,
              span: .between(nameSpan, span(member.value.range)),
              expression: expression(
                member.value, isTemplate: !(type == "variable" && member.name != "validation")),
              equalsSpan: nameSpan))
        }
      }
    }
    let whole = values.first.map { span($0.range) } ?? span(0..<0)
    var body = Body(attributes: attributes, blocks: blocks, span: whole)
    body.isJSON = true
    return body
  }

  private func objects(_ value: JSONValue) -> [JSONValue] { value.elements ?? [value] }

  private mutating func collect(
    _ value: JSONValue, _ type: String, _ typeSpan: SourceSpan, _ remaining: Int,
    _ labels: [String], _ labelSpans: [SourceSpan], _ blocks: inout [Body.Block]
  ) {
    guard remaining > 0 else {
      for object in objects(value) where !object.isNull {
        guard object.members != nil else {
          problems.append(
            Problem(
              .error, "Incorrect JSON value type",
              "Either a JSON object or a JSON array is required, representing the contents of one or more \(Quoting.goQuoted(type)) blocks.",
              at: span(object.range.lowerBound..<object.range.lowerBound + 1)))
          continue
        }
        appendBlock(
          object, in: value, type, typeSpan, labels, labelSpans, &blocks)
      }
      return
    }
    let noun = Self.labelNames[type]?.suffix(remaining).first ?? "name"
    var isLabelled = value.isNull
    for object in objects(value) where !object.isNull {
      guard let members = object.members else {
        let wanted =
          value.elements == nil
          ? "Either a JSON object or JSON array of objects is required here"
          : "A JSON object is required here"
        problems.append(
          Problem(
            .error, "Incorrect JSON value type",
            "\(wanted), to specify \(noun) labels for this block.", at: span(object.range)))
        continue
      }
      for member in members where member.name != "//" {
        isLabelled = true
        collect(
          member.value, type, typeSpan, remaining - 1, labels + [member.name],
          labelSpans + [span(member.nameRange)], &blocks)
      }
    }
    if !isLabelled {
      let place =
        value.elements == nil && value.members == nil
        ? value.range : value.range.lowerBound..<value.range.lowerBound + 1
      problems.append(
        Problem(
          .error, "Missing block label",
          "At least one object property is required, whose name represents the \(type) block's \(noun).",
          at: span(place)))
    }
  }

  /// What the labels of blocks are called, where there is more than a name.
  private static let labelNames = [
    "resource": ["type", "name"], "data": ["type", "name"], "ephemeral": ["type", "name"],
    "backend": ["type"], "provisioner": ["type"],
  ]

  private mutating func appendBlock(
    _ object: JSONValue, in value: JSONValue, _ type: String, _ typeSpan: SourceSpan,
    _ labels: [String],
    _ labelSpans: [SourceSpan], _ blocks: inout [Body.Block]
  ) {
    let whole = span(object.range)
    // Blocks of an array all begin where it does.
    let open = span(value.range.lowerBound..<value.range.lowerBound + 1)
    var close = whole
    close.start = close.end - 1
    blocks.append(
      Body.Block(
        type: type, typeSpan: typeSpan, labels: labels, labelSpans: labelSpans,
        body: body([object], type: type), openSpan: open, closeSpan: close))
  }

  private mutating func expression(_ value: JSONValue, isTemplate: Bool = true)
    -> Expression.Node.ID
  {
    let place = span(value.range)
    switch value.kind {
    case .null: return add(.literal(.null), place)
    case .bool(let flag): return add(.literal(.bool(flag)), place)
    case .number(let text):
      return add(.literal(Number(text).map { .number($0) } ?? .unknown), place)
    case .string(let text):
      let template =
        isTemplate ? self.template(text, place) : add(.literal(.string(text)), place)
      return add(.jsonString(text, template: template), place)
    case .array(let elements):
      let ids = elements.map { expression($0, isTemplate: isTemplate) }
      return add(.jsonArray(ids), place)
    case .object(let members):
      var items: [Expression.JSONItem] = []
      for member in members {
        let nameSpan = span(member.nameRange)
        let key =
          isTemplate
          ? template(member.name, nameSpan) : add(.literal(.string(member.name)), nameSpan)
        items.append(
          Expression.JSONItem(
            name: member.name, nameSpan: nameSpan, key: key,
            value: expression(member.value, isTemplate: isTemplate)))
      }
      return add(.jsonObject(items), place)
    }
  }

  /// Parses a string's text as a template; places count from the opening quote.
  private mutating func template(_ text: String, _ place: SourceSpan) -> Expression.Node.ID {
    guard text.contains("${") || text.contains("%{") else {
      return add(.literal(.string(Normalization.composed(text))), place)
    }
    let offset = place.start + 1
    // The nodes are lent to the parser and not copied: a file may have many templates.
    let (root, found) = Parser.run(over: Array(text.utf8), id, goal: .template) { parser in
      let first = nodes.count
      swap(&parser.nodes, &nodes)
      let root = parser.parseTemplate(until: .endOfFile, isFlush: false)
      swap(&parser.nodes, &nodes)
      for index in first..<nodes.count { nodes[index].shift(by: offset) }
      return root
    }
    guard found.hasErrors else { return root }
    let malformed = add(.malformed, place)
    templateProblems[malformed] = found.map { $0.shifted(by: offset) }
    return malformed
  }
}

extension Expression.Node {
  /// Moves the places of a node that was parsed from a part of its file.
  mutating func shift(by offset: UInt32) {
    func moved(_ span: SourceSpan) -> SourceSpan {
      var copy = span
      copy.start += offset
      copy.end += offset
      return copy
    }
    span = moved(span)
    switch kind {
    case .scopeTraversal(var traversal):
      traversal.rootSpan = moved(traversal.rootSpan)
      for index in traversal.steps.indices {
        traversal.steps[index].span = moved(traversal.steps[index].span)
      }
      kind = .scopeTraversal(traversal)
    case .relativeTraversal(let source, var steps):
      for index in steps.indices { steps[index].span = moved(steps[index].span) }
      kind = .relativeTraversal(source, steps)
    case .call(var call):
      call.nameSpan = moved(call.nameSpan)
      call.openParen = moved(call.openParen)
      call.closeParen = moved(call.closeParen)
      kind = .call(call)
    case .index(let collection, let key, let bracket):
      kind = .index(collection: collection, key: key, bracket: moved(bracket))
    case .tuple(let elements, let open): kind = .tuple(elements, open: moved(open))
    case .object(let items, let open): kind = .object(items, open: moved(open))
    case .forEach(var loop):
      loop.open = moved(loop.open)
      loop.close = moved(loop.close)
      kind = .forEach(loop)
    case .splat(let source, let each, let item, let marker):
      kind = .splat(source: source, each: each, item: item, marker: moved(marker))
    case .unary(let operation, let operand, let symbol):
      kind = .unary(operation, operand, symbol: moved(symbol))
    default: break
    }
  }
}
