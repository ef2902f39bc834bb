internal import SourceText

/// A comment of a file, which belongs to no node.
public struct YAMLComment: Hashable, Sendable {
  /// The bytes from `#` to the end of the line, line end not included.
  public let range: Range<Int>
  /// The text behind the `#`, white space around it removed.
  public let text: String
  /// Whether something else stands before it in its line.
  public let isTrailing: Bool
}

extension YAMLStream {
  /// The comments in order. libyaml drops them; they are found in what stands between scalars.
  ///
  /// A comment in the header of a block scalar (`| # text`) belongs to the scalar's own bytes and is
  /// not listed. O(n) in the bytes.
  public var comments: [YAMLComment] {
    let bytes = source.bytes
    var result: [YAMLComment] = []
    var position = 0
    for node in storage.nodes where node.kind == .scalar || node.kind == .alias {
      collectComments(in: position..<max(position, Int(node.start)), bytes, &result)
      position = max(position, Int(node.end))
    }
    collectComments(in: position..<bytes.count, bytes, &result)
    return result
  }

  /// The comment that ends the line in which a node ends, if any.
  public func trailingComment(of node: YAMLNode) -> YAMLComment? {
    let bytes = source.bytes
    let start = node.range.upperBound
    // A block scalar ends with its last line.
    guard start > 0, bytes[start - 1] != 0x0A else { return nil }
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    var found: [YAMLComment] = []
    collectComments(in: start..<end, bytes, &found)
    return found.first
  }

  private func collectComments(
    in gap: Range<Int>, _ bytes: [UInt8], _ result: inout [YAMLComment]
  ) {
    var index = gap.lowerBound
    while index < gap.upperBound {
      guard bytes[index] == UInt8(ascii: "#"), index == 0 || bytes[index - 1] <= 0x20 else {
        index += 1
        continue
      }
      var end = index
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      let next = end
      if end > index, bytes[end - 1] == 0x0D { end -= 1 }
      let inside = bytes[(index + 1)..<end].drop { $0 == 0x20 || $0 == 0x09 }
      let trimmed = inside.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
      let before = bytes[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      result.append(
        YAMLComment(
          range: index..<end, text: String(decoding: Array(trimmed), as: UTF8.self),
          isTrailing: !bytes[before..<index].allSatisfy { $0 == 0x20 || $0 == 0x09 }))
      index = next
    }
  }
}
