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

  private func insertLines(
    _ text: String, _ column: Int, after node: YAMLNode, _ newline: String
  ) -> [TextEdit] {
    let end = linesEnd(of: node)
    let lines = String(repeating: " ", count: column) + text
    let hasNewline = end > 0 && bytes[end - 1] == 0x0A
    return [
      TextEdit(range: end..<end, replacement: hasNewline ? lines + newline : newline + lines)
    ]
  }

  /// Adds text after the last item between brackets, in a line of its own where that has one.
  private func addToFlow(
    _ text: String, _ node: YAMLNode, last: (first: YAMLNode, last: YAMLNode)?
  ) -> [TextEdit] {
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
      return [TextEdit(range: (comma + 1)..<(comma + 1), replacement: margin + text)]
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
      guard case .key(let key) = step, place.node.kind == .mapping || isNull(place.node) else {
        throw failure("no-such-element", "there is no element \(EditPath([step]))", place.node)
      }
      _ = key
      return []
    }
    guard let parent = place.parent else {
      throw failure("cannot-delete-document", "the path is the whole document", place.node)
    }
    return parent.style == .flow
      ? deleteFromFlow(place, parent) : try deleteFromBlock(place, parent, steps, comments)
  }

  private func deleteFromFlow(_ place: Place, _ parent: YAMLNode) -> [TextEdit] {
    let items: [(first: YAMLNode, last: YAMLNode)] =
      parent.kind == .mapping
      ? parent.entries.map { ($0.key, $0.value) } : parent.elements.map { ($0, $0) }
    func start(_ index: Int) -> Int { items[index].first.rangeWithProperties.lowerBound }
    let range: Range<Int>
    if items.count == 1 {
      range = (parent.range.lowerBound + 1)..<(parent.range.upperBound - 1)
    } else if place.position + 1 < items.count {
      range = start(place.position)..<start(place.position + 1)
    } else {
      range = items[place.position - 1].last.range.upperBound..<place.node.range.upperBound
    }
    return [TextEdit(range: range, replacement: "")]
  }

  private func deleteFromBlock(
    _ place: Place, _ parent: YAMLNode, _ steps: [Step], _ comments: EditPlan.CommentsAbove
  ) throws(Failure) -> [TextEdit] {
    let starts: [Int] =
      parent.kind == .mapping
      ? parent.entries.map { $0.key.rangeWithProperties.lowerBound } : dashes(of: parent)
    let start = starts[place.position]
    if starts.count == 1 { return try emptied(parent, place, steps, comments) }
    if !isEntryFirstInLine(start), place.position + 1 < starts.count {
      return [TextEdit(range: start..<starts[place.position + 1], replacement: "")]
    }
    return [removeLines(from: start, through: place.node, comments)]
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
    let end = max(linesEnd(of: node), lineEnd(start))
    // Without a final newline the one before goes, so that there still is none.
    if end == bytes.count, bytes.last != 0x0A, from > 0, bytes[from - 1] == 0x0A {
      from -= from > 1 && bytes[from - 2] == 0x0D ? 2 : 1
    }
    return TextEdit(range: from..<end, replacement: "")
  }

  /// Leaves `{}` or `[]` where the only entry of a block collection was.
  private func emptied(
    _ collection: YAMLNode, _ place: Place, _ steps: [Step], _ comments: EditPlan.CommentsAbove
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
    let after = max(try indicator(of: outer, in: parent) + 1, propertiesEnd(of: collection))
    return [
      TextEdit(range: after..<after, replacement: " " + empty),
      removeLines(from: start, through: place.node, comments),
    ]
  }

  /// Where anchor and tag of a collection end; its own start where it has none.
  private func propertiesEnd(of node: YAMLNode) -> Int {
    let range = node.rangeWithProperties.lowerBound..<node.range.lowerBound
    guard !range.isEmpty else { return 0 }
    var end = range.lowerBound
    while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != UInt8(ascii: "#") { end += 1 }
    while end > range.lowerBound, bytes[end - 1] <= 0x20 { end -= 1 }
    return end
  }
}
