internal import SourceText

/// The values that take part in an expression, told to the reader of a problem.
enum Observation {
  static func values(
    _ expression: Expression, _ scope: Scope, mentionsMarks: Bool = false
  ) -> [Problem.ObservedValue] {
    var seen: Set<String> = []
    var result: [Problem.ObservedValue] = []
    for traversal in references(in: expression) {
      // Each step on the way is named as far as it has a value.
      for count in stride(from: traversal.steps.count, through: 1, by: -1) {
        let part = Traversal(
          root: traversal.root, rootSpan: traversal.rootSpan,
          steps: Array(traversal.steps.prefix(count)))
        guard let value = value(of: part, scope) else { continue }
        let text = part.text
        guard seen.insert(text).inserted else { break }
        if let statement = statement(value, mentionsMarks) {
          result.append(Problem.ObservedValue(traversal: text, statement: statement))
        }
        break
      }
    }
    return result.sorted { $0.traversal < $1.traversal }
  }

  static func value(of traversal: Traversal, _ scope: Scope) -> Value? {
    guard var value = scope.value(of: traversal.root) else { return nil }
    for step in traversal.steps {
      let next: Result<Value, Access.Failure>
      switch step.kind {
      case .attribute(let name): next = Access.attribute(value, name)
      case .index(let key): next = Access.index(value, Evaluator.value(key))
      case .splat: return nil
      }
      guard case .success(let found) = next else { return nil }
      value = found
    }
    return value
  }

  private static func statement(_ value: Value, _ mentionsMarks: Bool) -> String? {
    // A sensitive value is mentioned only where it is the reason, and never shown.
    if value.marks.contains(.sensitive) {
      return mentionsMarks ? "has a sensitive value" : nil
    }
    if mentionsMarks, value.marks.contains(.ephemeral) { return "has an ephemeral value" }
    guard value.isKnown else {
      return value.type == .dynamic ? nil : "is a " + value.type.friendlyName
    }
    return "is " + compact(value)
  }

  private static func compact(_ value: Value) -> String {
    func counted(_ name: String, _ count: Int) -> String {
      count == 0 ? "empty " + name : name + " with \(count) element\(count == 1 ? "" : "s")"
    }
    switch value.content {
    case .null, .unknown: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number): return NumberText.general(number, precision: 10, upper: false)
    case .string(let text): return Quoting.goQuoted(text)
    case .elements(let elements): return counted(value.type.friendlyName, elements.count)
    case .attributes(let values):
      guard value.type.isObject else { return counted(value.type.friendlyName, values.count) }
      switch values.count {
      case 0: return "object with no attributes"
      case 1: return "object with 1 attribute " + Quoting.goQuoted(values.keys.first ?? "")
      default: return "object with \(values.count) attributes"
      }
    }
  }

  /// The references of an expression to names outside it, in source order.
  static func references(in expression: Expression) -> [Traversal] {
    var result: [Traversal] = []
    ReferenceWalk.visit(expression) { traversal, local in
      if !local.contains(traversal.root) { result.append(traversal) }
    }
    return result
  }
}

/// Visits every reference of an expression, with the names that `for` expressions around it declare.
enum ReferenceWalk {
  static func visit(
    _ expression: Expression, local: Set<String> = [],
    _ visit: (Traversal, Set<String>) -> Void
  ) {
    func go(_ id: Expression.Node.ID, _ names: Set<String>? = nil) {
      Self.visit(expression.child(id), local: names ?? local, visit)
    }
    switch expression.node.kind {
    case .scopeTraversal(let traversal): visit(traversal, local)
    case .template(let parts), .tuple(let parts, _), .jsonArray(let parts):
      for part in parts { go(part) }
    case .templateWrap(let inner), .templateJoin(let inner), .parentheses(let inner),
      .relativeTraversal(let inner, _), .unary(_, let inner, _), .jsonString(_, let inner):
      go(inner)
    case .call(let call): for argument in call.arguments { go(argument) }
    case .conditional(let condition, let yes, let no): [condition, yes, no].forEach { go($0) }
    case .index(let collection, let key, _): [collection, key].forEach { go($0) }
    case .object(let items, _):
      for item in items {
        go(item.key)
        go(item.value)
      }
    case .jsonObject(let items):
      for item in items {
        go(item.key)
        go(item.value)
      }
    case .objectKey(let wrapped, let force):
      if force || expression.child(wrapped).keyword == nil { go(wrapped) }
    case .forEach(let loop):
      go(loop.collection)
      var names = local
      names.insert(loop.valueName)
      if !loop.keyName.isEmpty { names.insert(loop.keyName) }
      if let key = loop.key { go(key, names) }
      go(loop.value, names)
      if let condition = loop.condition { go(condition, names) }
    case .splat(let source, let each, _, _): [source, each].forEach { go($0) }
    case .binary:
      var operands: [Expression.Node.ID] = []
      var next = expression.id
      while case .binary(_, let left, let right) = expression.child(next).node.kind {
        operands.append(right)
        next = left
      }
      go(next)
      for operand in operands.reversed() { go(operand) }
    case .literal, .anonymousSymbol, .malformed: break
    }
  }
}
