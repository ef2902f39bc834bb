internal import SourceText

extension SchemaWalk {
  /// Checks what the schema of a custom resource demands beyond types.
  mutating func checkConstraints(_ node: YAMLNode, _ type: SchemaType, path: [String]) {
    guard let constraints = type.constraints else { return }
    switch node.kind {
    case .scalar: checkScalar(node, type, constraints, path)
    case .sequence:
      checkCount(
        node.count, constraints.minItems, constraints.maxItems, "items",
        (.minItems, .maxItems), node, path)
      checkUniqueness(node, constraints.uniqueness, path)
    case .mapping:
      checkCount(
        node.count, constraints.minProperties, constraints.maxProperties, "fields",
        (.minProperties, .maxProperties), node, path)
    case .alias: break
    }
    checkAlternatives(node, type, constraints, path)
    guard notesUnevaluated else { return }
    for rule in constraints.rules {
      warnings.append(
        Diagnostic(
          "rule-not-evaluated", .note, "\(JSONPointer(path)) has a rule that is not evaluated here",
          detail: rule, span: shownSpan(of: node)))
    }
  }

  private mutating func checkScalar(
    _ node: YAMLNode, _ type: SchemaType, _ constraints: SchemaConstraints, _ path: [String]
  ) {
    let value = Self.value(of: node)
    if !constraints.choices.isEmpty, value != .null,
      !constraints.choices.contains(json(of: node))
    {
      report(
        .choice, node, path, expected: "one of " + constraints.choices.joined(separator: ", "),
        found: node.text)
    }
    if let number = value?.number {
      checkNumber(number, node, type, constraints, path)
    }
    guard value == .string || type.kind == .string && value != .null else { return }
    let text = node.text
    checkCount(
      text.unicodeScalars.count, constraints.minLength, constraints.maxLength, "characters",
      (.minLength, .maxLength), node, path)
    guard let pattern = constraints.pattern else { return }
    switch matches?(pattern, text) {
    case true?: break
    case false?:
      report(.pattern, node, path, expected: "text that matches '\(pattern)'", found: "'\(text)'")
    case nil:
      guard notesUnevaluated else { return }
      warnings.append(
        Diagnostic(
          "pattern-not-evaluated", .note,
          "\(JSONPointer(path)) has a pattern that is not evaluated here", detail: pattern,
          span: node.span))
    }
  }

  private mutating func checkNumber(
    _ number: Double, _ node: YAMLNode, _ type: SchemaType, _ constraints: SchemaConstraints,
    _ path: [String]
  ) {
    if constraints.excludesMinimum, number == limit(type.target.minimum, type) {
      report(.minimum, node, path, expected: "more than \(node.text)", found: node.text)
    }
    if constraints.excludesMaximum, number == limit(type.target.maximum, type) {
      report(.maximum, node, path, expected: "less than \(node.text)", found: node.text)
    }
    guard let factor = constraints.multipleOf, factor != 0 else { return }
    let quotient = number / factor
    if (quotient - quotient.rounded()).magnitude > 1e-9 {
      report(.multipleOf, node, path, expected: "a multiple of \(factor)", found: node.text)
    }
  }

  private mutating func checkCount(
    _ count: Int, _ least: Int?, _ most: Int?, _ what: String,
    _ keywords: (least: SchemaViolation.Keyword, most: SchemaViolation.Keyword), _ node: YAMLNode,
    _ path: [String]
  ) {
    if let least, count < least {
      report(
        keywords.least, node, path, expected: "at least \(least) \(what) long", found: "\(count)")
    }
    if let most, count > most {
      report(
        keywords.most, node, path, expected: "at most \(most) \(what) long", found: "\(count)")
    }
  }

  /// Reports every item that is another's double. O(items).
  private mutating func checkUniqueness(
    _ node: YAMLNode, _ uniqueness: SchemaConstraints.Uniqueness, _ path: [String]
  ) {
    guard uniqueness != .none else { return }
    var seen: Set<String> = []
    for (index, element) in node.elements.enumerated() {
      let element = element.resolved
      let identity: String
      var name = "the item"
      switch uniqueness {
      case .none: return
      case .items: identity = json(of: element)
      case .keys(let keys):
        let parts = keys.map { key in element[key].map { json(of: $0) } ?? "" }
        identity = parts.joined(separator: "\u{0}")
        name = zip(keys, parts).map { "\($0)=\($1)" }.joined(separator: ", ")
      }
      guard !seen.insert(identity).inserted else { continue }
      report(
        .uniqueItems, element, path + [String(index)],
        expected: "an item unlike those before it", found: name)
    }
  }

  private mutating func checkAlternatives(
    _ node: YAMLNode, _ type: SchemaType, _ constraints: SchemaConstraints, _ path: [String]
  ) {
    func fits(_ number: UInt32) -> Bool {
      var walk = SchemaWalk(isStrict: false, matches: matches, notesUnevaluated: false)
      walk.check(node, SchemaType(storage: type.storage, index: number), path: path)
      return walk.violations.isEmpty
    }
    // A part of several need not name every field.
    let wasStrict = isStrict
    isStrict = false
    for number in constraints.allOf {
      check(node, SchemaType(storage: type.storage, index: number), path: path)
    }
    isStrict = wasStrict
    if !constraints.anyOf.isEmpty, !constraints.anyOf.contains(where: fits) {
      report(
        .anyOf, node, path, expected: "what one of \(constraints.anyOf.count) alternatives allows",
        found: "what none does")
    }
    if !constraints.oneOf.isEmpty {
      let count = constraints.oneOf.count(where: fits)
      if count != 1 {
        report(
          .oneOf, node, path,
          expected: "what exactly one of \(constraints.oneOf.count) alternatives allows",
          found: count == 0 ? "what none does" : "what \(count) do")
      }
    }
    if let number = constraints.not, fits(number) {
      report(.not, node, path, expected: "something else", found: "what the schema rules out")
    }
  }

  /// A value as JSON, for comparison; of equal values it is equal.
  private func json(of node: YAMLNode) -> String {
    var tree = ValueTree()
    guard let value = try? tree.add(node) else { return "" }
    if tree.kind(of: value) == .scalar { return tree.json(of: value).text() }
    // Keys sorted.
    return (try? CanonicalYAML.text(of: value, in: tree)) ?? tree.json(of: value).text()
  }
}
