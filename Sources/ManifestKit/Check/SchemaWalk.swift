internal import SourceText

/// Compares a parsed value with its type, all the way down.
struct SchemaWalk {
  var isStrict: Bool
  /// Whether text matches a pattern, or `nil` where that is not known.
  let matches: (@Sendable (_ pattern: String, _ text: String) -> Bool?)?
  /// Whether to note patterns and rules that are not evaluated.
  let notesUnevaluated: Bool
  var violations: [SchemaViolation] = []
  var warnings: [Diagnostic] = []
  /// Aliases may make a small file a huge value; this many nodes are looked at.
  private var budget = 5_000_000

  init(
    isStrict: Bool, matches: (@Sendable (String, String) -> Bool?)?, notesUnevaluated: Bool
  ) {
    self.isStrict = isStrict
    self.matches = matches
    self.notesUnevaluated = notesUnevaluated
  }

  /// What a scalar means to Kubernetes' tools. `y` and `n` are text here, as most YAML readers have
  /// it; that `kubectl` takes them for booleans is worth a warning.
  static func value(of node: YAMLNode) -> ScalarValue? {
    if isLetter(node) { return .string }
    let tag = node.raw.hasProperties ? ScalarTag(node.tag) : .none
    return ScalarRules.kubernetes.value(
      of: node.textBytes, tag: tag, isPlain: !node.style.isQuoted)
  }

  private static func isLetter(_ node: YAMLNode) -> Bool {
    let raw = node.raw
    guard raw.style == .plain, raw.count == 1, !raw.hasProperties else { return false }
    return "yYnN".utf8.contains(node.textBytes.first ?? 0)
  }

  mutating func check(_ node: YAMLNode, _ type: SchemaType, path: [String]) {
    budget -= 1
    if budget == 0 {
      warnings.append(
        Diagnostic(
          "yaml-limit", .warning, "the object is too large to be checked to its end",
          span: node.span))
    }
    guard budget > 0, path.count < 1000 else { return }
    let node = node.resolved
    let row = type.target
    switch node.kind {
    case .mapping:
      guard row.kind == .object || row.kind == .any else { return mismatch(node, type, path) }
      checkFields(node, type, row, path)
      checkConstraints(node, type, path: path)
    case .sequence:
      guard row.kind == .array || row.kind == .any else { return mismatch(node, type, path) }
      checkConstraints(node, type, path: path)
      guard let items = type.items else { return }
      for (index, element) in node.elements.enumerated() {
        check(element, items, path: path + [String(index)])
      }
    case .scalar: checkScalar(node, type, row, path)
    case .alias: break
    }
  }

  private mutating func checkScalar(
    _ node: YAMLNode, _ type: SchemaType, _ row: SchemaRows.TypeRow, _ path: [String]
  ) {
    let value = Self.value(of: node)
    if value == .null {
      if !type.flags.contains(.nullable), row.kind != .any { mismatch(node, type, path) }
      return
    }
    let fits: Bool
    switch (row.kind, value) {
    case (.any, _), (.string, .string), (.string, .timestamp), (.boolean, .bool): fits = true
    case (.integerOrString, .string), (.numberOrString, .string): fits = true
    case (.integer, .integer), (.integer, .unsigned): fits = true
    case (.integerOrString, .integer), (.integerOrString, .unsigned): fits = true
    case (.number, .integer), (.number, .unsigned): fits = true
    case (.numberOrString, .integer), (.numberOrString, .unsigned): fits = true
    // JSON has no infinity and no "not a number".
    case (.number, .float(let number)), (.numberOrString, .float(let number)):
      fits = number.isFinite
    case (.integer, .float(let number)), (.integerOrString, .float(let number)):
      fits = number.isFinite && number == number.rounded()
    default: fits = false
    }
    guard fits else { return mismatch(node, type, path) }
    if row.kind == .string, Self.isLetter(node) {
      warnings.append(
        Diagnostic(
          "letter-read-as-boolean", .warning,
          "\(JSONPointer(path)) is '\(node.text)' without quotes, which kubectl reads as a boolean",
          detail: "Put it in quotes: \"\(node.text)\".", span: node.span))
    }
    checkLimits(node, type, row, value, path)
    checkConstraints(node, type, path: path)
  }

  private mutating func checkLimits(
    _ node: YAMLNode, _ type: SchemaType, _ row: SchemaRows.TypeRow, _ value: ScalarValue?,
    _ path: [String]
  ) {
    if row.choiceCount > 0, value == .string, !type.choices.contains(node.text) {
      let words = type.choices.map { "'\($0)'" }.joined(separator: ", ")
      report(
        .choice, node, path, expected: type.choices.count == 1 ? words : "one of \(words)",
        found: "'\(node.text)'")
    }
    let number: Double
    switch value {
    case .integer(let value): number = Double(value)
    case .unsigned(let value): number = Double(value)
    case .float(let value): number = value
    default: return
    }
    if let limit = limit(row.minimum, type), number < limit {
      let text = type.storage.rows.text(row.minimum)
      report(.minimum, node, path, expected: "at least \(text)", found: node.text)
    }
    if let limit = limit(row.maximum, type), number > limit {
      let text = type.storage.rows.text(row.maximum)
      report(.maximum, node, path, expected: "at most \(text)", found: node.text)
    }
  }

  /// A limit of a number, which a table keeps as text.
  func limit(_ name: UInt32, _ type: SchemaType) -> Double? {
    name == SchemaRows.none ? nil : Double(type.storage.rows.text(name))
  }

  private mutating func checkFields(
    _ node: YAMLNode, _ type: SchemaType, _ row: SchemaRows.TypeRow, _ path: [String]
  ) {
    let entries = effectiveEntries(of: node, path)
    let isClosed =
      isStrict && row.propertyCount > 0 && row.additional == SchemaRows.none
      && !type.flags.contains(.preservesUnknown)
    for entry in entries {
      let key = entry.key
      if let field = type.property(key.textBytes) ?? type.additionalProperties {
        check(entry.value, field, path: path + [key.text])
      } else if isClosed {
        let name = key.text
        violations.append(
          SchemaViolation(
            path: JSONPointer(path), keyword: .additionalProperties, property: name,
            expected: "", found: name,
            suggestion: Spelling.nearest(to: name, among: type.propertyNames),
            start: node.range.lowerBound, span: key.span))
      }
    }
    for name in type.required where !entries.contains(where: { $0.key.hasText(name) }) {
      let bytes = node.storage.source.bytes
      let start = node.range.lowerBound
      let end =
        bytes[start..<node.range.upperBound].firstIndex(of: 0x0A) ?? node.range.upperBound
      violations.append(
        SchemaViolation(
          path: JSONPointer(path), keyword: .required, property: name, expected: name, found: "",
          suggestion: nil, start: start,
          span: SourceSpan(file: node.storage.file, bytes: start..<end)))
    }
  }

  /// The entries with keys resolved, those that merge keys bring in, and repeated ones reported.
  private mutating func effectiveEntries(of node: YAMLNode, _ path: [String]) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var positions: [ArraySlice<UInt8>: Int] = [:]
    for entry in node.entries {
      let key = entry.key.resolved
      if entry.isMerge { continue }
      guard positions[key.textBytes] == nil else {
        if isStrict {
          violations.append(
            SchemaViolation(
              path: JSONPointer(path), keyword: .duplicateKey, property: key.text, expected: "",
              found: "", suggestion: nil, start: node.range.lowerBound, span: key.span))
        }
        // The last one counts.
        if let position = positions[key.textBytes] {
          entries[position] = YAMLEntry(key: key, value: entry.value)
        }
        continue
      }
      positions[key.textBytes] = entries.count
      entries.append(YAMLEntry(key: key, value: entry.value))
    }
    for entry in node.mergedEntries where positions[entry.key.textBytes] == nil {
      positions[entry.key.textBytes] = entries.count
      entries.append(entry)
    }
    return entries
  }

  private mutating func mismatch(_ node: YAMLNode, _ type: SchemaType, _ path: [String]) {
    let isChoice = type.kind == .integerOrString || type.kind == .numberOrString
    let found = description(of: node)
    var advice: String?
    if type.kind == .string, node.kind == .scalar, Self.value(of: node) != .null {
      advice = "Put it in quotes: \"\(node.text)\"."
    } else if node.style.isQuoted, type.kind == .integer || type.kind == .boolean {
      advice = "Remove the quotes."
    }
    violations.append(
      SchemaViolation(
        path: JSONPointer(path), keyword: isChoice ? .oneOf : .type, property: nil,
        expected: type.kind.words, found: found, suggestion: advice,
        start: node.range.lowerBound, span: shownSpan(of: node)))
  }

  func shownSpan(of node: YAMLNode) -> SourceSpan {
    let bytes = node.storage.source.bytes
    let range = node.range
    let end = bytes[range].firstIndex(of: 0x0A) ?? range.upperBound
    return SourceSpan(file: node.storage.file, bytes: range.lowerBound..<end)
  }

  mutating func report(
    _ keyword: SchemaViolation.Keyword, _ node: YAMLNode, _ path: [String], expected: String,
    found: String
  ) {
    violations.append(
      SchemaViolation(
        path: JSONPointer(path), keyword: keyword, property: nil, expected: expected, found: found,
        suggestion: nil, start: node.range.lowerBound, span: node.span))
  }

  private func description(of node: YAMLNode) -> String {
    switch node.kind {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .alias: return "an alias"
    case .scalar: break
    }
    switch Self.value(of: node) {
    case .null: return "null"
    case .bool: return "the boolean \(node.text)"
    case .integer, .unsigned, .float: return "the number \(node.text)"
    case .string, .timestamp, nil: return "text"
    }
  }
}

extension SchemaTable.Kind {
  /// The type as a message names it.
  var words: String {
    switch self {
    case .any: "anything"
    case .object: "a mapping"
    case .array: "a list"
    case .string: "text"
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .integerOrString: "text or a whole number"
    case .numberOrString: "text or a number"
    }
  }
}
