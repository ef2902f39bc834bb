internal import ManifestKit
internal import SourceText

/// Reads the fields of one mapping, the way Go's JSON decoder fills a struct from YAML 1.1: names
/// in any case, the last of two equal ones, `null` as nothing; other types and unknown names are
/// errors with a place.
struct FieldReader {
  let what: String
  let span: SourceSpan
  private let fields: FieldTable
  private var known: [String] = []
  /// Whether booleans and numbers do where text is wanted, as in the configuration of plugins.
  var isLenient = false
  /// Whether names count only as they are written.
  var isCaseSensitive = false
  /// Whether messages keep the values to themselves.
  var hidesValues = false

  /// Wants a mapping; null is one without fields.
  init(_ node: YAMLNode, _ what: String) throws(DiagnosticError) {
    self.what = what
    span = node.span
    let node = node.resolved
    guard node.kind == .mapping || node.scalar == .null else {
      throw .located(
        "unexpected-type", "\(what) must be a mapping, not \(node.articleOfKind)", node.span)
    }
    fields = try FieldTable(node)
  }

  /// Where the name of a field stands.
  func keySpan(_ name: String) -> SourceSpan? { fields[name]?.key.span }

  /// The node of a field, `null` counting as absent.
  mutating func node(_ name: String) -> YAMLNode? {
    known.append(name)
    guard let entry = fields[name], !isCaseSensitive || entry.key.resolved.hasText(name) else {
      return nil
    }
    let value = entry.value.resolved
    return value.scalar == .null ? nil : value
  }

  mutating func string(_ name: String) throws(DiagnosticError) -> String? {
    guard let node = node(name) else { return nil }
    return try string(node, "'\(name)' of \(what)")
  }

  mutating func entry(_ name: String) throws(DiagnosticError) -> Kustomization.Entry? {
    guard let node = node(name) else { return nil }
    return Kustomization.Entry(
      text: try string(node, "'\(name)' of \(what)"), span: node.span)
  }

  mutating func bool(_ name: String) throws(DiagnosticError) -> Bool? {
    guard let node = node(name) else { return nil }
    guard case .bool(let value) = node.scalar else {
      throw .located(
        "unexpected-type", "'\(name)' of \(what) must be true or false, not \(node.article)",
        node.span)
    }
    return value
  }

  mutating func integer(_ name: String) throws(DiagnosticError) -> Int? {
    guard let node = node(name) else { return nil }
    switch node.scalar {
    case .integer(let value): return Int(value)
    case .float(let value) where Int(exactly: value) != nil: return Int(exactly: value)
    default:
      throw .located(
        "unexpected-type", "'\(name)' of \(what) must be a whole number, not \(node.article)",
        node.span)
    }
  }

  mutating func strings(_ name: String) throws(DiagnosticError) -> [Kustomization.Entry] {
    let reader = self
    return try list(name) { node throws(DiagnosticError) in
      Kustomization.Entry(
        text: try reader.string(node, "an entry of '\(name)'"), span: node.span)
    }
  }

  /// Key and value pairs, both text.
  mutating func pairs(_ name: String) throws(DiagnosticError) -> [(key: String, value: String)] {
    guard let node = node(name) else { return [] }
    guard node.kind == .mapping else {
      throw .located(
        "unexpected-type", "'\(name)' of \(what) must be a mapping, not \(node.articleOfKind)",
        node.span)
    }
    var pairs: [(key: String, value: String)] = []
    var keys: Set<ExactText> = []
    for entry in try node.mergedEntries() {
      let value = entry.value.resolved
      let key = try self.key(entry.key)
      let text =
        value.scalar == .null ? "" : try string(value, "the value of '\(key)' in '\(name)'")
      // Two keys may come out alike: `n` and `false`.
      if !keys.insert(ExactText(key)).inserted {
        pairs.removeAll { ExactText($0.key) == ExactText(key) }
      }
      pairs.append((key, text))
    }
    return pairs
  }

  /// A key as it comes out of the way through JSON: `n` is "false", `0x10` is "16".
  private func key(_ node: YAMLNode) throws(DiagnosticError) -> String {
    switch node.resolved.scalar {
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .unsigned(let value): return String(value)
    case .string, .timestamp, .float: return node.resolved.text
    case .null, nil:
      throw .located(
        "unexpected-type", "a key must be text, not \(node.resolved.article)", node.span)
    }
  }

  mutating func list<Element>(
    _ name: String, _ read: (YAMLNode) throws(DiagnosticError) -> Element
  ) throws(DiagnosticError) -> [Element] {
    guard let node = node(name) else { return [] }
    guard node.kind == .sequence else {
      throw .located(
        "unexpected-type", "'\(name)' of \(what) must be a list, not \(node.articleOfKind)",
        node.span)
    }
    var elements: [Element] = []
    for element in node.elements { elements.append(try read(element.resolved)) }
    return elements
  }

  /// Whether a field is there with a value that is more than nothing.
  func isSet(_ name: String) -> Bool {
    guard let value = fields[name]?.value.resolved else { return false }
    return value.kind != .scalar || value.scalar != .null && !value.text.isEmpty
  }

  /// Reports the first field that nobody asked for.
  func refuseUnknownFields() throws(DiagnosticError) {
    for entry in fields.entries where !known.contains(where: { FieldTable.spells(entry.key, $0) }) {
      let name = entry.key.resolved.text
      let suggestion = Spelling.nearest(to: name, among: known)
      var diagnostic = Diagnostic(
        "unknown-field", .error, "unknown field '\(name)' in \(what)", span: entry.key.span)
      if let suggestion {
        diagnostic.detail = "Did you mean '\(suggestion)'?"
        diagnostic.fix = Diagnostic.Fix(
          message: "replace '\(name)' by '\(suggestion)'",
          edits: [TextEdit(range: entry.key.range, replacement: suggestion)])
      } else if known.count <= 12 {
        let names = known.sorted().map { "'\($0)'" }.joined(separator: ", ")
        diagnostic.detail = "The fields are \(names)."
      }
      throw DiagnosticError(diagnostic)
    }
  }

  /// The text of any scalar, as the original reads it in a resource: `yes` is text, 1.50 is 1.5.
  private static func lenientText(_ node: YAMLNode) -> String? {
    guard node.kind == .scalar else { return nil }
    let value = ScalarRules.kustomize.value(
      of: node.textBytes, tag: ScalarTag(node.tag), isPlain: !node.style.isQuoted)
    switch value {
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .unsigned(let value): return String(value)
    case .float(let value):
      guard case .number(let spelling) = JSONValue.number(value).kind else { return node.text }
      return spelling
    case .string, .timestamp: return node.text
    case .null, nil: return nil
    }
  }

  private func string(_ node: YAMLNode, _ what: String) throws(DiagnosticError) -> String {
    if isLenient, let text = Self.lenientText(node) { return text }
    switch node.scalar {
    case .string, .timestamp: return node.text
    default:
      throw .located(
        "unexpected-type",
        "\(what) must be text\(hidesValues ? "" : ", not \(node.article)")", node.span,
        detail: node.kind != .scalar
          ? nil : hidesValues ? "Put it in quotes." : "Put it in quotes: \"\(node.text)\".")
    }
  }
}

extension YAMLNode {
  /// What a scalar means to the programs that read kustomization files; `nil` for collections.
  var scalar: ScalarValue? {
    guard kind == .scalar else { return nil }
    return ScalarRules.kubernetes.value(
      of: textBytes, tag: ScalarTag(tag), isPlain: !style.isQuoted)
  }

  /// The node's type with its article, for messages; numbers and booleans are named.
  var article: String {
    switch scalar {
    case .bool: "the boolean '\(text)'"
    case .integer, .unsigned, .float: "the number \(text)"
    default: articleOfKind
    }
  }

  /// The node's type with its article.
  var articleOfKind: String {
    switch kind {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    case .scalar:
      switch scalar {
      case .null: "null"
      case .bool: "a boolean"
      case .integer, .unsigned, .float: "a number"
      default: "text"
      }
    }
  }
}
