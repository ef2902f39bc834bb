internal import SourceText

extension SpliceEditor {
  func addEntry(_ key: String, _ value: JSONValue, to place: Place) -> [TextEdit] {
    let node = place.node
    if node.style == .flow {
      var spelling = flowSpelling(node)
      let last = Array(node.entries).last
      if last?.key.style == .doubleQuoted { spelling.quotesStrings = true }
      let text = spelling.key(key) + ": " + spelling.text(value)
      return addToFlow(text, node, last: last.map { ($0.key, $0.value) })
    }
    let column = column(node.range.lowerBound)
    let newline = newline(at: node.range.lowerBound)
    let text = entrySpelling.block(.object([(key, value)]), indent: column, newline: newline)
    return insertLines(text, column, after: node, newline)
  }

  func addElement(_ value: JSONValue, to place: Place) -> [TextEdit] {
    let node = place.node
    if node.style == .flow {
      let last = Array(node.elements).last
      let text = flowSpelling(node).text(value)
      return addToFlow(text, node, last: last.map { ($0, $0) })
    }
    guard let dash = dashes(of: node).last, let last = lastChild(of: node) else { return [] }
    let column = column(dash)
    let newline = newline(at: dash)
    let content = last.rangeWithProperties.lowerBound
    let isOnDashLine = content > dash + 1 && lineStart(content) == lineStart(dash)
    let space = isOnDashLine ? content - dash - 1 : 1
    let text =
      "-" + String(repeating: " ", count: space)
      + entrySpelling.block(value, indent: column + 1 + space, newline: newline)
    return insertLines(text, column, after: node, newline)
  }

  /// Puts lines behind those of a node.
  func insertLines(
    _ text: String, _ column: Int, after node: YAMLNode, _ newline: String
  ) -> [TextEdit] {
    let end = linesEnd(of: node)
    let lines = String(repeating: " ", count: column) + text
    if end > 0, bytes[end - 1] == 0x0A {
      return [TextEdit(range: end..<end, replacement: lines + newline)]
    }
    return strippedHeader(of: lastDescendant(of: node))
      + [TextEdit(range: end..<end, replacement: newline + lines)]
  }

  /// The `-` that a block scalar at the end of the file needs to keep its text when a newline comes
  /// behind it.
  private func strippedHeader(of node: YAMLNode) -> [TextEdit] {
    guard node.style == .literal || node.style == .folded else { return [] }
    var position = node.range.lowerBound + 1
    while position < bytes.count, "123456789".utf8.contains(bytes[position]) { position += 1 }
    guard position < bytes.count, bytes[position] != UInt8(ascii: "-"), !node.text.hasSuffix("\n")
    else { return [] }
    let end = bytes[position] == UInt8(ascii: "+") ? position + 1 : position
    return [TextEdit(range: position..<end, replacement: "-")]
  }

  /// Adds text after the last item between brackets, in a line of its own where that has one.
  private func addToFlow(
    _ text: String, _ node: YAMLNode, last: (first: YAMLNode, last: YAMLNode)?
  ) -> [TextEdit] {
    let isPair =
      node.kind == .mapping && bytes[node.range.lowerBound] != UInt8(ascii: "{")
    if isPair {
      // A single pair in a list, without braces: it needs them now.
      let range = node.range
      return [
        TextEdit(range: range.lowerBound..<range.lowerBound, replacement: "{"),
        TextEdit(range: range.upperBound..<range.upperBound, replacement: ", " + text + "}"),
      ]
    }
    guard let last else {
      let inside = (node.range.lowerBound + 1)..<(node.range.upperBound - 1)
      let isBlank = bytes[inside].allSatisfy { $0 == 0x20 }
      let range = isBlank ? inside : inside.lowerBound..<inside.lowerBound
      return [TextEdit(range: range, replacement: text)]
    }
    let start = last.first.rangeWithProperties.lowerBound
    let margin =
      isFirstInLine(start)
      ? newline(at: start) + String(decoding: bytes[lineStart(start)..<start], as: UTF8.self) : " "
    let end = last.last.range.upperBound
    if let comma = comma(after: end, before: node.range.upperBound) {
      // libyaml takes a comment right behind a comma.
      let space = bytes[comma + 1] == UInt8(ascii: "#") ? " " : ""
      return [TextEdit(range: (comma + 1)..<(comma + 1), replacement: margin + text + space)]
    }
    return [TextEdit(range: end..<end, replacement: "," + margin + text)]
  }

  /// The comma that follows an item between brackets.
  private func comma(after start: Int, before end: Int) -> Int? {
    var position = start
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: ","): return position
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "#"): position = lineEnd(position)
      default: return nil
      }
    }
    return nil
  }

  func delete(
    _ steps: [Step], _ comments: EditPlan.CommentsAbove
  ) throws(Failure) -> [TextEdit] {
    let place = try find(steps)
    if let step = place.missing.first {
      guard case .key = step, place.node.kind == .mapping || isNull(place.node) else {
        throw failure("no-such-element", "there is no element \(EditPath([step]))", place.node)
      }
      return []
    }
    guard let parent = place.parent else {
      throw failure("cannot-delete-document", "the path is the whole document", place.node)
    }
    let items = items(of: parent)
    let positions = doomed(place, parent)
    for position in positions {
      let last = items[position].last
      try requireUnusedAnchors(
        in: items[position].first.index..<last.raw.indexAfter(last.index))
    }
    if parent.style == .flow { return deleteFromFlow(positions, items, parent) }
    if positions.count == items.count {
      return try emptied(parent, items, steps, comments)
    }
    let starts: [Int] =
      parent.kind == .mapping
      ? items.map { $0.first.rangeWithProperties.lowerBound } : dashes(of: parent)
    return positions.map { position in
      if !isEntryFirstInLine(starts[position]), position + 1 < starts.count {
        return TextEdit(range: starts[position]..<starts[position + 1], replacement: "")
      }
      return removeLines(from: starts[position], through: items[position].last, comments)
    }
  }

  /// An entry of a mapping, or an element of a sequence: where it begins and where it ends.
  private typealias Item = (first: YAMLNode, last: YAMLNode)

  private func items(of node: YAMLNode) -> [Item] {
    node.kind == .mapping
      ? node.entries.map { ($0.key, $0.value) } : node.elements.map { ($0, $0) }
  }

  /// The positions that a deletion takes: every entry of a key that stands more than once.
  private func doomed(_ place: Place, _ parent: YAMLNode) -> [Int] {
    guard parent.kind == .mapping else { return [place.position] }
    let entries = Array(parent.entries)
    let key = entries[place.position].key.resolved.text
    return entries.indices.filter { entries[$0].key.resolved.hasText(key) }
  }

  private func deleteFromFlow(
    _ positions: [Int], _ items: [Item], _ parent: YAMLNode
  ) -> [TextEdit] {
    func start(_ index: Int) -> Int { items[index].first.rangeWithProperties.lowerBound }
    if positions.count == items.count {
      let isPair = parent.kind == .mapping && bytes[parent.range.lowerBound] != UInt8(ascii: "{")
      if isPair { return [TextEdit(range: parent.range, replacement: "{}")] }
      let inside = (parent.range.lowerBound + 1)..<(parent.range.upperBound - 1)
      return [TextEdit(range: inside, replacement: "")]
    }
    // The last that stays; what goes behind it goes with the comma before it.
    let lastKept = items.indices.last { !positions.contains($0) } ?? 0
    var edits = positions.filter { $0 < lastKept }.map { position in
      TextEdit(range: start(position)..<start(position + 1), replacement: "")
    }
    if lastKept < items.count - 1 {
      let range =
        items[lastKept].last.range.upperBound..<items[items.count - 1].last.range.upperBound
      edits.append(TextEdit(range: range, replacement: ""))
    }
    return edits
  }

  /// Whether an entry begins its line; a `?` of an explicit key belongs to it.
  private func isEntryFirstInLine(_ start: Int) -> Bool {
    bytes[lineStart(start)..<start].allSatisfy {
      $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "?")
    }
  }

  private func removeLines(
    from start: Int, through node: YAMLNode, _ comments: EditPlan.CommentsAbove
  ) -> TextEdit {
    var from = lineStart(start)
    if comments == .drop {
      while from > 0 {
        let above = lineStart(from - 1)
        let line = bytes[above..<from].drop { $0 == 0x20 || $0 == 0x09 }
        guard line.first == UInt8(ascii: "#") else { break }
        from = above
      }
    }
    var end = max(linesEnd(of: node), lineEnd(start))
    let above = blockScalar(endingAt: from)
    if above?.keepsLineEnds == true { end = blankLinesEnd(end) { _ in true } }
    // libyaml takes a tab in a blank line as part of a plain scalar only.
    end = blankLinesEnd(end) { $0.contains(0x09) }
    // Without a final newline the one before goes, so that there still is none.
    if above == nil, end == bytes.count, bytes.last != 0x0A, from > 0, bytes[from - 1] == 0x0A {
      from -= from > 1 && bytes[from - 2] == 0x0D ? 2 : 1
    }
    return TextEdit(range: from..<end, replacement: "")
  }

  /// Where the blank lines from an offset on end that are all of some sort.
  private func blankLinesEnd(_ start: Int, where isTaken: (ArraySlice<UInt8>) -> Bool) -> Int {
    var end = start
    while end < bytes.count {
      let line = bytes[end..<lineEnd(end)]
      guard line.allSatisfy({ $0 <= 0x20 }), isTaken(line) else { break }
      end = lineEnd(end)
    }
    return end
  }

  /// The block scalar whose text reaches up to an offset, and whether all its line ends count.
  private func blockScalar(endingAt offset: Int) -> (node: YAMLNode, keepsLineEnds: Bool)? {
    let nodes = document.storage.nodes
    // Nodes are in the order they begin: the last scalar that begins before the offset.
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if Int(nodes[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let node = YAMLNode(storage: document.storage, index: UInt32(low - 1))
    guard node.style == .literal || node.style == .folded, linesEnd(of: node) >= offset else {
      return nil
    }
    let header = bytes[node.range.lowerBound...].prefix(3)
    return (node, header.contains(UInt8(ascii: "+")))
  }

  /// Leaves `{}` or `[]` where the only entry of a block collection was.
  private func emptied(
    _ collection: YAMLNode, _ items: [Item], _ steps: [Step], _ comments: EditPlan.CommentsAbove
  ) throws(Failure) -> [TextEdit] {
    let empty = collection.kind == .mapping ? "{}" : "[]"
    let start = collection.range.lowerBound
    guard let outer = try? find(Array(steps.dropLast())), let parent = outer.parent,
      isFirstInLine(start)
    else {
      var end = linesEnd(of: collection)
      if end > start, bytes[end - 1] == 0x0A { end -= 1 }
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      return [TextEdit(range: start..<end, replacement: empty)]
    }
    let after = max(
      try indicator(of: outer, in: parent) + 1,
      collection.raw.hasProperties ? propertiesEnd(of: collection) : 0)
    guard let last = items.last else { return [] }
    return [
      TextEdit(range: after..<after, replacement: " " + empty),
      removeLines(from: start, through: last.last, comments),
    ]
  }
}
