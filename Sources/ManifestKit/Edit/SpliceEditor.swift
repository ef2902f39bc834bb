internal import SourceText

/// Computes the byte edits of one change in one document.
struct SpliceEditor {
  typealias Failure = EditPlan.Failure
  typealias Step = EditPath.Step

  let document: YAMLDocument
  let bytes: [UInt8]
  let spelling: ScalarSpelling
  private let quotesShortBooleans: Bool

  init(_ document: YAMLDocument, quotesShortBooleans: Bool = false) {
    self.document = document
    self.quotesShortBooleans = quotesShortBooleans
    bytes = document.storage.source.bytes
    spelling = ScalarSpelling(quotesStrings: Self.isJSON(document))
  }

  /// Whether the document is JSON: brackets around everything, all keys in double quotes.
  private static func isJSON(_ document: YAMLDocument) -> Bool {
    let root = document.root
    guard root.style == .flow, root.count > 0 else { return false }
    if let entry = root.entries.first(where: { _ in true }) {
      return entry.key.style == .doubleQuoted
    }
    return (try? JSONValue(parsing: Array(root.storage.source.bytes[root.range]))) != nil
  }

  /// Where a path leads: how far it goes, and what is there.
  struct Place {
    /// The last node that exists.
    var node: YAMLNode
    /// The collection that holds it.
    var parent: YAMLNode?
    /// Its position in the parent.
    var position = 0
    /// The step that led to it.
    var isInFlow = false
    /// The steps that lead nowhere.
    var missing: ArraySlice<Step>
  }

  func find(_ steps: [Step]) throws(Failure) -> Place {
    var place = Place(node: document.root, missing: steps[...])
    while let step = place.missing.first {
      let node = place.node
      guard node.kind != .alias else {
        throw failure("edit-through-alias", "the path leads through an alias", node)
      }
      guard let (position, child) = try child(step, of: node) else { return place }
      place.isInFlow = place.isInFlow || node.style == .flow
      place.parent = node
      place.position = position
      place.node = child
      place.missing = place.missing.dropFirst()
    }
    return place
  }

  private func child(
    _ step: Step, of node: YAMLNode
  ) throws(Failure) -> (Int, YAMLNode)? {
    switch (node.kind, step) {
    case (.mapping, .key(let key)): return entry(key, of: node)
    case (.mapping, .index(let index)): return entry(String(index), of: node)
    case (.mapping, .selector):
      throw failure("not-a-sequence", "a selector needs a list", node)
    case (.sequence, .index(let index)): return element(index, of: node)
    case (.sequence, .key(let key)):
      guard let index = JSONPointer.index(key) else {
        throw failure("not-a-mapping", "'\(key)' cannot be a key of a list", node)
      }
      return element(index, of: node)
    case (.sequence, .selector(let key, let value)):
      return node.elements.enumerated().first { $0.element.resolved[key]?.hasText(value) == true }
        .map { ($0.offset, $0.element) }
    case (.scalar, _), (.alias, _): return nil
    }
  }

  private func entry(_ key: String, of node: YAMLNode) -> (Int, YAMLNode)? {
    var found: (Int, YAMLNode)?
    for (index, entry) in node.entries.enumerated() where entry.key.resolved.hasText(key) {
      found = (index, entry.value)
    }
    return found
  }

  private func element(_ index: Int, of node: YAMLNode) -> (Int, YAMLNode)? {
    guard index >= 0 else { return nil }
    return node.elements.dropFirst(index).first { _ in true }.map { (index, $0) }
  }

  func failure(_ id: Diagnostic.ID, _ message: String, _ node: YAMLNode) -> Failure {
    let diagnostic = Diagnostic(id, .error, message, span: node.span)
    return Failure(SecretText.concealed([diagnostic], in: bytes))
  }

  func set(_ steps: [Step], to value: JSONValue) throws(Failure) -> [TextEdit] {
    let place = try find(steps)
    guard let step = place.missing.first else { return try replace(place, with: value) }
    guard case .key(let key) = step else {
      throw failure("no-such-element", "there is no element \(EditPath([step]))", place.node)
    }
    var value = value
    for step in place.missing.dropFirst().reversed() {
      guard case .key(let key) = step else {
        throw failure("no-such-element", "there is no element \(EditPath([step]))", place.node)
      }
      value = .object([(key, value)])
    }
    switch place.node.kind {
    case .mapping: return addEntry(key, value, to: place)
    case .scalar where isNull(place.node):
      return try replace(place, with: .object([(key, value)]))
    case .sequence: throw failure("no-such-element", "there is no element \(key)", place.node)
    case .scalar, .alias:
      throw failure("not-a-mapping", "a scalar has no key '\(key)'", place.node)
    }
  }

  func append(_ value: JSONValue, to steps: [Step]) throws(Failure) -> [TextEdit] {
    let place = try find(steps)
    guard place.missing.isEmpty else {
      return try set(steps, to: .array([value]))
    }
    if isNull(place.node) { return try replace(place, with: .array([value])) }
    guard place.node.kind == .sequence else {
      throw failure("not-a-sequence", "only a list can be appended to", place.node)
    }
    return addElement(value, to: place)
  }

  func insert(
    _ value: JSONValue, at index: Int, of steps: [Step]
  ) throws(Failure) -> [TextEdit] {
    let place = try find(steps)
    guard place.missing.isEmpty, place.node.kind == .sequence else {
      throw failure("not-a-sequence", "only a list can be inserted into", place.node)
    }
    let count = place.node.count
    guard index >= 0, index <= count else {
      throw failure("no-such-element", "the list has \(count) elements", place.node)
    }
    guard index < count else { return addElement(value, to: place) }
    let elements = Array(place.node.elements)
    if place.node.style == .flow {
      let text = flowSpelling(place.node).text(value) + ", "
      let start = elements[index].rangeWithProperties.lowerBound
      return [TextEdit(range: start..<start, replacement: text)]
    }
    let dash = dashes(of: place.node)[index]
    let column = column(dash)
    let text = "- " + entrySpelling.block(value, indent: column + 2, newline: newline(at: dash))
    let margin = newline(at: dash) + String(repeating: " ", count: column)
    return [TextEdit(range: dash..<dash, replacement: text + margin)]
  }

  func isNull(_ node: YAMLNode) -> Bool {
    node.kind == .scalar && node.style == .plain
      && ScalarRules.kubernetes.value(
        of: node.textBytes, tag: ScalarTag(node.tag), isPlain: true) == .null
  }

  /// How new entries are spelled.
  var entrySpelling: ScalarSpelling {
    var result = spelling
    result.isNewEntry = !quotesShortBooleans
    return result
  }

  func flowSpelling(_ node: YAMLNode) -> ScalarSpelling {
    var result = entrySpelling
    result.isInFlow = true
    return result
  }

  /// The offset of the first byte of the line that holds an offset.
  func lineStart(_ offset: Int) -> Int {
    var position = offset
    while position > 0, bytes[position - 1] != 0x0A { position -= 1 }
    return position == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) && offset >= 3 ? 3 : position
  }

  /// The offset just past the newline that ends the line of an offset, or the end of the file.
  func lineEnd(_ offset: Int) -> Int {
    var position = offset
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    return min(position + 1, bytes.count)
  }

  /// Where the line of an offset ends, its newline not included.
  func lineContentEnd(_ offset: Int) -> Int {
    let end = lineEnd(offset)
    guard end > offset, bytes[end - 1] == 0x0A else { return end }
    return end - 1 > offset && bytes[end - 2] == 0x0D ? end - 2 : end - 1
  }

  /// Where anchor and tag of a node end; its own start where it has neither.
  func propertiesEnd(of node: YAMLNode) -> Int {
    guard node.raw.hasProperties, let properties = node.storage.properties[node.index] else {
      return node.range.lowerBound
    }
    return Int(properties.end)
  }

  /// The number of columns before an offset, in characters.
  func column(_ offset: Int) -> Int {
    bytes[lineStart(offset)..<offset].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  /// The line end used around an offset.
  func newline(at offset: Int) -> String {
    let end = lineEnd(offset)
    if end > 1, bytes[end - 1] == 0x0A { return bytes[end - 2] == 0x0D ? "\r\n" : "\n" }
    let start = lineStart(offset)
    return start > 1 && bytes[start - 1] == 0x0A && bytes[start - 2] == 0x0D ? "\r\n" : "\n"
  }

  /// Whether only white space stands before an offset in its line.
  func isFirstInLine(_ offset: Int) -> Bool {
    bytes[lineStart(offset)..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Where the lines of a node end: past its end-of-line comment and newline, before blank lines
  /// and comments that follow.
  func linesEnd(of node: YAMLNode) -> Int {
    let last = lastDescendant(of: node)
    var end = last.range.upperBound
    guard last.style == .literal || last.style == .folded else { return lineEnd(end) }
    // A block scalar ends at the start of a line; blank lines are its own only if it keeps them.
    let header = bytes[last.range.lowerBound..<lineEnd(last.range.lowerBound)]
    guard !header.prefix(3).contains(UInt8(ascii: "+")) else { return end }
    let indent = contentIndent(of: last, from: lineEnd(last.range.lowerBound))
    while end > last.range.lowerBound + 1, bytes[end - 1] == 0x0A {
      let start = lineStart(end - 1)
      let spaces = bytes[start..<end].prefix { $0 == 0x20 }.count
      guard start > last.range.lowerBound, spaces <= indent,
        bytes[start + spaces] == 0x0A || bytes[start + spaces] == 0x0D
      else { break }
      end = start
    }
    return end
  }

  /// The last node below a collection laid out by indentation, or the node itself.
  func lastDescendant(of node: YAMLNode) -> YAMLNode {
    var last = node
    while last.raw.kind == .mapping || last.raw.kind == .sequence, last.style == .block {
      guard let child = lastChild(of: last) else { break }
      last = child
    }
    return last
  }

  func lastChild(of node: YAMLNode) -> YAMLNode? {
    switch node.kind {
    case .mapping: Array(node.entries).last?.value
    case .sequence: Array(node.elements).last
    case .scalar, .alias: nil
    }
  }

  /// Where the dashes of a block sequence's elements are.
  func dashes(of node: YAMLNode) -> [Int] {
    var position = node.range.lowerBound
    return node.elements.map { element in
      while position < bytes.count, bytes[position] != UInt8(ascii: "-") {
        if bytes[position] == UInt8(ascii: "#") {
          position = lineEnd(position)
        } else {
          position += 1
        }
      }
      let dash = position
      position = max(element.range.upperBound, dash + 1)
      return dash
    }
  }
}
