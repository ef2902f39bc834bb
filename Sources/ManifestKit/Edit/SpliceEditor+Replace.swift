internal import SourceText

extension SpliceEditor {
  /// The edits that put a value in the place of an existing one.
  func replace(_ place: Place, with value: JSONValue) throws(Failure) -> [TextEdit] {
    let node = place.node
    if let edits = try completeEntry(place, value) { return edits }
    let isCollection = value.elements != nil || value.members != nil
    if !isCollection {
      switch node.kind {
      case .scalar:
        if node.range.isEmpty, let parent = place.parent {
          _ = try indicator(of: place, in: parent)
        }
        return replaceScalar(node, with: value, isInFlow: place.isInFlow)
      case .alias:
        var spelling = spelling
        spelling.isInFlow = place.isInFlow
        return [TextEdit(range: node.range, replacement: spelling.text(value))]
      case .mapping, .sequence:
        try requireUnusedAnchors(in: (node.index + 1)..<node.raw.indexAfter(node.index))
        var spelling = spelling
        spelling.isInFlow = place.isInFlow
        return try replaceWhole(place, with: spelling.text(value), value)
      }
    }
    if isSame(node, value) { return [] }
    try requireUnusedAnchors(in: (node.index + 1)..<node.raw.indexAfter(node.index))
    if place.isInFlow || isFlowCollection(node) || document.root.style == .flow {
      var spelling = flowSpelling(node)
      spelling.quotesStrings = spelling.quotesStrings || holdsDoubleQuotes(node)
      return try replaceWhole(place, with: spelling.flow(value), value)
    }
    if value.elements?.isEmpty ?? value.members?.isEmpty ?? false {
      return try replaceWhole(place, with: spelling.text(value), value)
    }
    return try replaceWithBlock(place, value)
  }

  /// The colon and value for a key that has neither (`{a, b: 1}`, `? a`).
  private func completeEntry(
    _ place: Place, _ value: JSONValue
  ) throws(Failure) -> [TextEdit]? {
    guard place.node.range.isEmpty, !place.node.raw.hasProperties, let parent = place.parent,
      parent.kind == .mapping
    else { return nil }
    let key = Array(parent.entries)[place.position].key
    guard colon(between: key, and: place.node) == nil else { return nil }
    let mark = questionMark(before: key)
    guard place.isInFlow else {
      guard let mark else { return nil }
      let column = column(mark)
      let newline = newline(at: mark)
      let text = ": " + entrySpelling.block(value, indent: column + 2, newline: newline)
      return insertLines(text, column, after: key, newline)
    }
    let text = flowSpelling(parent).text(value)
    guard !key.range.isEmpty else { return nil }
    let start = key.rangeWithProperties.lowerBound
    let end = key.range.upperBound
    let entry = TextEdit(range: end..<end, replacement: ": " + text)
    // A key of several lines has to say that it is one.
    guard mark == nil, bytes[key.range].contains(0x0A) else { return [entry] }
    return [TextEdit(range: start..<start, replacement: "? "), entry]
  }

  /// Where the `?` of an explicit key is.
  private func questionMark(before key: YAMLNode) -> Int? {
    var position = key.rangeWithProperties.lowerBound
    while position > 0, bytes[position - 1] <= 0x20 { position -= 1 }
    return position > 0 && bytes[position - 1] == UInt8(ascii: "?") ? position - 1 : nil
  }

  /// Where the colon between a key and its value is.
  private func colon(between key: YAMLNode, and value: YAMLNode) -> Int? {
    var position = key.range.upperBound
    let end = value.rangeWithProperties.lowerBound
    while position <= end, position < bytes.count, bytes[position] != 0x3A {
      position = bytes[position] == UInt8(ascii: "#") ? lineEnd(position) : position + 1
    }
    return position <= end && position < bytes.count ? position : nil
  }

  private func isFlowCollection(_ node: YAMLNode) -> Bool {
    node.style == .flow && (node.kind == .mapping || node.kind == .sequence)
  }

  private func holdsDoubleQuotes(_ node: YAMLNode) -> Bool {
    node.elements.contains { $0.style == .doubleQuoted }
      || node.entries.contains { $0.value.style == .doubleQuoted }
  }

  /// Puts one-line text where a value was; a collection's place is behind the key's colon or the
  /// dash.
  private func replaceWhole(
    _ place: Place, with text: String, _ value: JSONValue
  ) throws(Failure) -> [TextEdit] {
    let node = place.node
    let head = head(of: node, for: value)
    let text = head.isEmpty ? text : head + " " + text
    let start = node.rangeWithProperties.lowerBound
    if node.style == .block, let parent = place.parent {
      let indicator = try indicator(of: place, in: parent)
      if lineStart(node.range.lowerBound) > lineStart(indicator) {
        return replaceBehind(indicator, node, inLine: " " + text, below: "")
      }
    }
    let space = start == node.range.upperBound && needsSpace(before: start) ? " " : ""
    let range = start..<max(start, contentRange(of: node).upperBound)
    return [TextEdit(range: range, replacement: space + text)]
  }

  /// Puts text behind a colon or dash in place of everything up to a value's end: some in the same
  /// line, before its comment, and some below that.
  private func replaceBehind(
    _ indicator: Int, _ node: YAMLNode, inLine: String, below: String
  ) -> [TextEdit] {
    let end = max(indicator + 1, contentRange(of: node).upperBound)
    let isBelow = node.range.lowerBound > lineContentEnd(indicator) && !node.range.isEmpty
    let lineEnd = lineContentEnd(isBelow ? indicator : end)
    var kept = isBelow ? indicator + 1 : end
    if isBelow, node.raw.hasProperties, node.rangeWithProperties.lowerBound < lineEnd {
      kept = min(propertiesEnd(of: node), lineEnd)
    }
    guard bytes[kept..<lineEnd].contains(UInt8(ascii: "#")), isBelow || !below.isEmpty else {
      return [TextEdit(range: (indicator + 1)..<end, replacement: inLine + below)]
    }
    return [
      TextEdit(range: (indicator + 1)..<kept, replacement: inLine),
      TextEdit(range: lineEnd..<max(lineEnd, isBelow ? end : lineEnd), replacement: below),
    ]
  }

  /// Anchor and tag that a node keeps when it gets another value. A tag that does not fit goes.
  private func head(of node: YAMLNode, for value: JSONValue) -> String {
    guard node.raw.hasProperties, node.kind != .alias else { return "" }
    let keepsTag =
      switch node.kind {
      case .scalar:
        value.elements == nil && value.members == nil && fits(value, ScalarTag(node.tag))
      case .mapping: value.members != nil
      case .sequence: value.elements != nil
      case .alias: false
      }
    guard node.tag == nil || keepsTag else { return node.anchor.map { "&\($0)" } ?? "" }
    let range = node.rangeWithProperties.lowerBound..<propertiesEnd(of: node)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Refuses to take away anchors that aliases elsewhere refer to.
  func requireUnusedAnchors(in removed: Range<UInt32>) throws(Failure) {
    let nodes = document.storage.nodes
    let end = document.root.raw.indexAfter(document.root.index)
    guard !document.storage.properties.isEmpty, removed.upperBound < end else { return }
    for index in Int(removed.upperBound)..<Int(end)
    where nodes[index].kind == .alias && removed.contains(nodes[index].first) {
      let alias = YAMLNode(storage: document.storage, index: UInt32(index))
      throw failure(
        "anchor-in-use", "this alias needs the anchor '&\(alias.anchor ?? "")' that would go", alias
      )
    }
  }

  /// Whether text put at an offset would touch what stands before it.
  private func needsSpace(before offset: Int) -> Bool { offset > 0 && bytes[offset - 1] > 0x20 }

  /// A node's bytes, without the newline of a block scalar at its end.
  private func contentRange(of node: YAMLNode) -> Range<Int> {
    let end = blockScalarContentEnd(lastDescendant(of: node))
    return node.range.lowerBound..<max(node.range.lowerBound, end)
  }

  /// The offset of the colon or dash before a value; a key may have neither (`? key`).
  func indicator(of place: Place, in parent: YAMLNode) throws(Failure) -> Int {
    guard parent.kind == .mapping else { return dashes(of: parent)[place.position] }
    let key = Array(parent.entries)[place.position].key
    guard let colon = colon(between: key, and: place.node) else {
      throw failure("edit-layout", "the key has no ':' to put a value after", key)
    }
    return colon
  }

  private func replaceWithBlock(_ place: Place, _ value: JSONValue) throws(Failure) -> [TextEdit] {
    let node = place.node
    let head = head(of: node, for: value)
    var start = node.rangeWithProperties.lowerBound
    let end = max(start, contentRange(of: node).upperBound)
    let newline = newline(at: start)
    func block(_ column: Int) -> String {
      entrySpelling.block(value, indent: column, newline: newline)
    }
    func below(_ column: Int) -> String {
      newline + String(repeating: " ", count: column) + block(column)
    }
    guard let parent = place.parent else {
      let isFirst = isFirstInLine(start)
      let column = isFirst ? column(start) : 0
      if isFirst, head.isEmpty { return [TextEdit(range: start..<end, replacement: block(column))] }
      if head.isEmpty { while start > 0, bytes[start - 1] == 0x20 { start -= 1 } }
      return [TextEdit(range: start..<end, replacement: head + below(column))]
    }
    let indicator = try indicator(of: place, in: parent)
    if parent.kind == .sequence {
      let outer = column(indicator) + 2
      if !head.isEmpty { return [TextEdit(range: start..<end, replacement: head + below(outer))] }
      let isEmpty = start == end
      let text = isEmpty ? " " + block(outer) : block(column(start))
      return [TextEdit(range: start..<end, replacement: text)]
    }
    let parentColumn = column(parent.range.lowerBound)
    var column = parentColumn + 2
    if node.style == .block, lineStart(node.range.lowerBound) > lineStart(indicator) {
      // A list may stand right below its key; a mapping there would be the key's sibling.
      let old = self.column(node.range.lowerBound)
      if old > parentColumn || value.elements != nil { column = old }
    }
    return replaceBehind(
      indicator, node, inLine: head.isEmpty ? "" : " " + head, below: below(column))
  }

  func replaceScalar(_ node: YAMLNode, with value: JSONValue) -> [TextEdit] {
    replaceScalar(node, with: value, isInFlow: isInFlow(node))
  }

  private func isInFlow(_ node: YAMLNode) -> Bool {
    var index = document.storage.documents[document.index].root
    var isInFlow = false
    // Descends to the node through the collections that hold it.
    while index < node.index {
      let raw = document.storage.nodes[Int(index)]
      guard raw.kind == .mapping || raw.kind == .sequence, node.index < raw.first else { break }
      isInFlow = isInFlow || raw.style == .flow
      var child = index + 1
      while true {
        let next = document.storage.nodes[Int(child)].indexAfter(child)
        guard next <= node.index else { break }
        child = next
      }
      index = child
    }
    return isInFlow
  }

  func replaceScalar(_ node: YAMLNode, with value: JSONValue, isInFlow: Bool) -> [TextEdit] {
    guard !isSame(node, value) else { return [] }
    let range = node.range
    var spelling = spelling
    spelling.isInFlow = isInFlow
    if !fits(value, ScalarTag(node.tag)) {
      // The tag goes with the value it described; an anchor stays.
      let anchor = node.anchor.map { "&\($0) " } ?? ""
      let outer = node.rangeWithProperties.lowerBound..<blockScalarContentEnd(node)
      return [TextEdit(range: outer, replacement: anchor + spelling.text(value))]
    }
    let isTouching = needsSpace(before: range.lowerBound)
    if range.isEmpty || isTouching && node.raw.hasProperties {
      let text = (isTouching ? " " : "") + spelling.text(value)
      let end = blockScalarContentEnd(node)
      return [TextEdit(range: range.lowerBound..<end, replacement: text)]
    }
    guard let text = value.stringValue else {
      let end = blockScalarContentEnd(node)
      return [TextEdit(range: range.lowerBound..<end, replacement: spelling.text(value))]
    }
    switch node.style {
    case .doubleQuoted:
      return [TextEdit(range: range, replacement: ScalarSpelling.doubleQuoted(text))]
    case .singleQuoted:
      let spelled = ScalarSpelling.singleQuoted(text) ?? ScalarSpelling.doubleQuoted(text)
      return [TextEdit(range: range, replacement: spelled)]
    case .literal, .folded:
      return replaceBlockScalar(node, with: text)
        ?? [
          TextEdit(
            range: range.lowerBound..<blockScalarContentEnd(node),
            replacement: ScalarSpelling.doubleQuoted(text))
        ]
    case .plain, .block, .flow:
      if ScalarTag(node.tag) == .string, spelling.hasPlainShape(text) {
        return [TextEdit(range: range, replacement: text)]
      }
      return [TextEdit(range: range, replacement: spelling.text(value))]
    }
  }

  /// Whether a value may stand behind a tag.
  private func fits(_ value: JSONValue, _ tag: ScalarTag) -> Bool {
    switch (tag, value.kind) {
    case (.none, _), (.nonSpecific, _), (.other, _), (.string, .string), (.binary, .string),
      (.timestamp, .string), (.integer, .number), (.float, .number), (.bool, .bool), (.null, .null):
      true
    default: false
    }
  }

  /// Whether a scalar has this value already; text that only looks the same does not count.
  func isSame(_ node: YAMLNode, _ value: JSONValue) -> Bool {
    var tree = ValueTree()
    guard let root = try? tree.add(node) else { return false }
    let other = tree.add(value)
    return tree.isEqual(root, other, .kubernetes)
  }

  /// Where the text of a block scalar ends, its last newline not included.
  private func blockScalarContentEnd(_ node: YAMLNode) -> Int {
    guard node.style == .literal || node.style == .folded else { return node.range.upperBound }
    var end = linesEnd(of: node)
    if end > node.range.lowerBound, bytes[end - 1] == 0x0A { end -= 1 }
    if end > node.range.lowerBound, bytes[end - 1] == 0x0D { end -= 1 }
    return max(end, node.range.lowerBound + 1)
  }

  /// New lines for a block scalar, its indentation kept; `nil` where the text needs escapes.
  private func replaceBlockScalar(_ node: YAMLNode, with text: String) -> [TextEdit]? {
    let start = node.range.lowerBound
    let headerEnd = lineEnd(start)
    let newline = newline(at: start)
    guard !text.isEmpty, bytes[headerEnd - 1] == 0x0A,
      ScalarAnalysis(Array(text.utf8)[...], allowsAllUnicode: true).allowsBlock
        || text.hasSuffix("\n"), !text.contains("\r"), !text.contains("\u{FEFF}")
    else { return nil }
    var indicator = start + 1
    var width: UInt8?
    while indicator < bytes.count, "+-123456789".utf8.contains(bytes[indicator]) {
      if bytes[indicator] >= 0x31 { width = bytes[indicator] }
      indicator += 1
    }
    let indent = contentIndent(of: node, from: headerEnd)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var trailing = 0
    while lines.count > 1, lines.last == "" {
      lines.removeLast()
      trailing += 1
    }
    if width == nil, let first = lines.first(where: { !$0.isEmpty }), first.hasPrefix(" ") {
      return nil
    }
    guard lines.contains(where: { !$0.isEmpty }) else { return nil }
    if node.style == .folded {
      guard !lines.contains(where: { $0.hasPrefix(" ") || $0.hasPrefix("\t") }) else { return nil }
      // A line break inside folded text is written as an empty line.
      lines = lines.flatMap { $0.isEmpty ? [""] : [$0, ""] }
      if lines.last == "" { lines.removeLast() }
    }
    var header = [bytes[start]]
    if let width { header.append(width) }
    if trailing == 0 { header.append(UInt8(ascii: "-")) }
    if trailing > 1 { header.append(UInt8(ascii: "+")) }
    let margin = String(repeating: " ", count: indent)
    var body = lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: newline)
    if trailing > 1 { body += String(repeating: newline, count: trailing - 1) }
    let headerEdit = TextEdit(range: start..<indicator, replacement: header)
    let isKeeping = bytes[start..<indicator].contains(UInt8(ascii: "+"))
    var contentEnd = isKeeping ? node.range.upperBound : linesEnd(of: node)
    // White space without a newline at the end of the file is no line of its own.
    if bytes[contentEnd...].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { contentEnd = bytes.count }
    let endsFile = contentEnd == bytes.count && bytes.last != 0x0A
    if !endsFile, contentEnd > headerEnd { contentEnd -= newline.utf8.count }
    if contentEnd < headerEnd {
      return [headerEdit, TextEdit(range: headerEnd..<headerEnd, replacement: body + newline)]
    }
    return [headerEdit, TextEdit(range: headerEnd..<contentEnd, replacement: body)]
  }

  func contentIndent(of node: YAMLNode, from start: Int) -> Int {
    var position = start
    while position < node.range.upperBound {
      let end = lineEnd(position)
      let line = bytes[position..<end]
      if line.contains(where: { $0 > 0x20 }) {
        let spaces = line.prefix { $0 == 0x20 }.count
        // Explicit indentation may leave spaces to the text.
        let lead = node.text.split(separator: "\n", omittingEmptySubsequences: true).first
        return spaces - (lead.map { $0.prefix { $0 == " " }.utf8.count } ?? 0)
      }
      position = end
    }
    return column(lineStart(node.range.lowerBound)) + 2
  }
}
