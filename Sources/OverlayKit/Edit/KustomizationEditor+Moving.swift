internal import ManifestKit
internal import SourceText

extension KustomizationEditor {
  /// Gives a list field another name. Where there is a list of that name already, the elements go to
  /// its end, with the comments that stand among them.
  mutating func move(_ old: String, to new: String) throws(DiagnosticError) {
    guard let entry = field(old) else { return }
    guard let target = field(new) else {
      return try replace([(entry.key.range, Array(new.utf8))])
    }
    if let edits = linesMoved(from: entry, to: target) { return try replace(edits) }
    for element in elements(old) {
      try append(try json(element), to: path(new))
    }
    try deleteField(old)
  }

  private func json(_ node: YAMLNode) throws(DiagnosticError) -> JSONValue {
    var tree = ValueTree()
    let copy = try tree.add(node)
    return tree.json(of: copy)
  }

  /// Cuts the lines of one block list out and puts them behind those of another; `nil` where one of
  /// them is not written in lines of its own.
  private func linesMoved(
    from entry: YAMLEntry, to target: YAMLEntry
  ) -> [(range: Range<Int>, text: [UInt8])]? {
    guard let source = lines(of: entry), let destination = lines(of: target) else { return nil }
    var text: [UInt8] = []
    // What stands behind the old name goes along as a line of its own.
    let header = bytes[entry.key.range.upperBound..<source.range.lowerBound]
    if let comment = header.firstIndex(of: UInt8(ascii: "#")) {
      text += Array(repeating: 0x20, count: destination.indentation) + header[comment...]
    }
    for line in bytes[source.range].split(separator: 0x0A, omittingEmptySubsequences: false)
      .dropLast()
    {
      let spaces = line.prefix { $0 == 0x20 }.count
      let isBlank = spaces == line.count
      let indentation = spaces - source.indentation + destination.indentation
      text += Array(repeating: 0x20, count: isBlank ? 0 : max(0, indentation))
      text += line.dropFirst(spaces) + [0x0A]
    }
    let lineStart = start(ofLineAt: entry.key.range.lowerBound)
    return [
      (destination.range.upperBound..<destination.range.upperBound, text),
      (lineStart..<source.range.upperBound, []),
    ]
  }

  /// The whole lines of the elements of a block list that begins on a line of its own, and how far its
  /// dashes are indented.
  private func lines(of entry: YAMLEntry) -> (range: Range<Int>, indentation: Int)? {
    let list = entry.value
    guard list.kind == .sequence, list.style == .block,
      let first = list.elements.first(where: { _ in true }),
      let last = list.elements.reversed().first
    else { return nil }
    let headerEnd = end(ofLineAt: entry.key.range.upperBound)
    let dashLine = start(ofLineAt: first.rangeWithProperties.lowerBound)
    let lastEnd = end(ofLineAt: max(last.range.upperBound - 1, last.range.lowerBound))
    guard headerEnd <= dashLine, lastEnd <= bytes.count, bytes[..<lastEnd].last == 0x0A,
      start(ofLineAt: entry.key.range.lowerBound) == entry.key.range.lowerBound
    else { return nil }
    let spaces = bytes[dashLine...].prefix { $0 == 0x20 }.count
    guard bytes[dashLine...].dropFirst(spaces).first == UInt8(ascii: "-") else { return nil }
    return (headerEnd..<lastEnd, spaces)
  }

  private func start(ofLineAt position: Int) -> Int {
    bytes[..<position].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// Behind the line feed that ends a line.
  private func end(ofLineAt position: Int) -> Int {
    bytes[position...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
  }
}
