internal import SourceText

/// Writes block collections and scalars with the layout rules of go-yaml's emitter.
struct CanonicalEmitter {
  /// What a node is the child of.
  enum Context {
    case root
    case element
    case value
    case key
  }

  let tree: ValueTree
  var output: [UInt8]
  var column = 0
  /// Whether the last character written was white space (or nothing was written in this line).
  var isAfterWhitespace = true
  /// Whether only indentation has been written in this line.
  var isAfterIndent = true
  var indent = -1
  /// Whether a Secret is written, whose values no failure must name.
  private var isSecret = false
  private let refoldsText: Bool
  let width = 80

  init(tree: ValueTree, output: [UInt8], refoldsText: Bool) {
    self.tree = tree
    self.output = output
    self.refoldsText = refoldsText
  }

  mutating func writeDocument(_ node: ValueTree.NodeID) throws(CanonicalYAML.Failure) {
    isSecret = tree.value("kind", in: node).map { tree.hasText("Secret", $0) } ?? false
    try write(node, .root, inFlow: false)
    writeIndent()
  }

  /// Writes a node. `inFlow` says whether it was read inside brackets, where Kustomize's own round
  /// trip turns empty and colon-bearing plain scalars into strings.
  private mutating func write(
    _ id: ValueTree.NodeID, _ context: Context, inFlow: Bool
  ) throws(CanonicalYAML.Failure) {
    let node = tree[id]
    switch node.kind {
    case .scalar: try writeScalar(id, node, context, inFlow: inFlow)
    case .sequence where node.count == 0: writeIndicator("[]", needsSpace: true)
    case .mapping where node.count == 0: writeIndicator("{}", needsSpace: true)
    case .sequence: try writeSequence(node, context, inFlow: inFlow || node.style == .flow)
    case .mapping: try writeMapping(id, node, context, inFlow: inFlow || node.style == .flow)
    }
  }

  private mutating func writeSequence(
    _ node: ValueTree.Node, _ context: Context, inFlow: Bool
  ) throws(CanonicalYAML.Failure) {
    let outer = indent
    let keepsIndent = context == .value && !isAfterIndent
    if indent < 0 { indent = 0 } else if !keepsIndent { indent += 2 }
    defer { indent = outer }
    var child = node.first
    while child != ValueTree.none {
      writeIndent()
      writeIndicator("-", needsSpace: true, keepsIndentation: true)
      try write(ValueTree.NodeID(child), .element, inFlow: inFlow)
      child = tree.nodes[Int(child)].next
    }
  }

  private mutating func writeMapping(
    _ id: ValueTree.NodeID, _ node: ValueTree.Node, _ context: Context, inFlow: Bool
  ) throws(CanonicalYAML.Failure) {
    let outer = indent
    indent = indent < 0 ? 0 : indent + 2
    defer { indent = outer }
    for entry in try sortedEntries(id, isRoot: context == .root) {
      writeIndent()
      let key = tree.textBytes(of: entry.key)
      let analysis = ScalarAnalysis(key)
      if key.count <= 128, !analysis.isMultiline {
        writeString(key, analysis, .key)
        writeIndicator(":", needsSpace: false)
      } else {
        writeIndicator("?", needsSpace: true, keepsIndentation: true)
        writeString(key, analysis, .value)
        writeIndent()
        writeIndicator(":", needsSpace: true, keepsIndentation: true)
      }
      try write(entry.value, .value, inFlow: inFlow)
    }
  }

  /// The entries in natural order of their keys; most mappings are in order already.
  private func sortedEntries(
    _ id: ValueTree.NodeID, isRoot: Bool
  ) throws(CanonicalYAML.Failure) -> [ValueTree.Entry] {
    var entries = tree.entries(of: id)
    var isSorted = true
    for (index, entry) in entries.enumerated() {
      guard tree[entry.key].kind == .scalar, isRoot || tree.isString(entry.key) else {
        throw failure(entry.key, .keyIsNotString)
      }
      if index > 0, isSorted {
        isSorted = NaturalOrder.precedes(
          tree.textBytes(of: entries[index - 1].key), tree.textBytes(of: entry.key))
      }
    }
    guard !isSorted else { return entries }
    entries.sort { left, right in
      NaturalOrder.precedes(tree.textBytes(of: left.key), tree.textBytes(of: right.key))
    }
    for (entry, next) in zip(entries, entries.dropFirst())
    where tree.textBytes(of: entry.key) == tree.textBytes(of: next.key) {
      throw failure(next.key, .duplicateKey)
    }
    return entries
  }

  private func failure(
    _ id: ValueTree.NodeID, _ reason: CanonicalYAML.Failure.Reason
  ) -> CanonicalYAML.Failure {
    let isKey = reason == .keyIsNotString || reason == .duplicateKey
    let text = isSecret && !isKey ? "a value of the Secret" : tree.text(of: id)
    return CanonicalYAML.Failure(node: id, reason: reason, text: text)
  }

  private mutating func writeScalar(
    _ id: ValueTree.NodeID, _ node: ValueTree.Node, _ context: Context, inFlow: Bool
  ) throws(CanonicalYAML.Failure) {
    let text = tree.textBytes(of: id)
    if inFlow, node.style == .plain, node.tag == .none, !ScalarAnalysis(text).allowsFlowPlain {
      return writeString(text, ScalarAnalysis(text), context)
    }
    switch tree.value(of: id) {
    case .null: writePlain(Array("null".utf8)[...], context)
    case .bool(let value): writePlain(Array((value ? "true" : "false").utf8)[...], context)
    case .integer(let value): writePlain(Array(String(value).utf8)[...], context)
    case .unsigned(let value): writePlain(Array(String(value).utf8)[...], context)
    case .float(let value):
      guard value.isFinite else { throw failure(id, .notFinite) }
      writePlain(Array(Self.spelling(value).utf8)[...], context)
    case .timestamp(let time):
      let time = Array(time.utf8)[...]
      writeString(time, ScalarAnalysis(time), context)
    case .string:
      if node.tag == .binary {
        guard let bytes = Base64.decode(text) else { throw failure(id, .badBase64) }
        let decoded = Array(String(decoding: bytes, as: UTF8.self).utf8)[...]
        writeString(decoded, ScalarAnalysis(decoded), context)
      } else {
        guard refoldsText, node.style == .folded, let refolded = RefoldedText.text(text) else {
          return writeString(text, ScalarAnalysis(text), context)
        }
        writeString(refolded[...], ScalarAnalysis(refolded[...]), context)
      }
    case nil: throw failure(id, .tagMismatch)
    }
  }

  /// A number as it looks after its way through JSON: whole ones lose point and exponent.
  private static func spelling(_ value: Double) -> String {
    let json = NumberText.json(value)
    switch NumberText.goInteger(Array(json.utf8)[...]) {
    case .integer(let whole): return String(whole)
    case .unsigned(let whole): return String(whole)
    default: return NumberText.general(value)
    }
  }
}
