internal import ManifestKit
internal import SourceText

/// Finds the values of a document that carry a setter marker.
struct MarkerFinder {
  private let bytes: [UInt8]
  private(set) var found: [(node: YAMLNode, setter: String)] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Looks at every value below a node, in document order.
  mutating func find(in root: YAMLNode) {
    var pending = [root]
    while let node = pending.popLast() {
      switch node.kind {
      case .mapping:
        var values: [YAMLNode] = []
        for entry in node.entries {
          values.append(entry.value)
        }
        for value in values.reversed() { pending.append(value) }
      case .sequence:
        let items = Array(node.elements)
        for item in items where item.kind == .scalar && markerBehind(item) == nil {
          if let setter = markerAbove(item) { found.append((item, setter)) }
        }
        for item in items.reversed() { pending.append(item) }
      case .scalar:
        if let setter = markerBehind(node) { found.append((node, setter)) }
      case .alias: continue
      }
    }
    found.sort { $0.node.range.lowerBound < $1.node.range.lowerBound }
  }

  /// The marker in the comment on the line where a value ends, or where a block scalar begins.
  private func markerBehind(_ node: YAMLNode) -> String? {
    let range = node.range
    var position = range.upperBound
    if node.style == .literal || node.style == .folded {
      position = range.lowerBound
      while position < bytes.count, !Self.isBlank(bytes[position]), bytes[position] != 0x0A {
        position += 1
      }
    } else if position < bytes.count, bytes[position] == UInt8(ascii: ",") {
      position += 1
    }
    let start = position
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    guard position > start, position < bytes.count, bytes[position] == UInt8(ascii: "#") else {
      return nil
    }
    return setter(from: position)
  }

  /// The marker in the comment line right above a list item.
  private func markerAbove(_ item: YAMLNode) -> String? {
    var line = startOfLine(item.rangeWithProperties.lowerBound)
    let before = bytes[line..<item.rangeWithProperties.lowerBound]
    guard before.allSatisfy({ Self.isBlank($0) || $0 == UInt8(ascii: "-") }), line > 0 else {
      return nil
    }
    line = startOfLine(line - 1)
    var position = line
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "#") else { return nil }
    return setter(from: position)
  }

  private func startOfLine(_ position: Int) -> Int {
    var position = position
    while position > 0, bytes[position - 1] != 0x0A { position -= 1 }
    return position
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The setter that the comment from a `#` on names; `nil` unless it is one JSON object of strings.
  private func setter(from start: Int) -> String? {
    let line = bytes[start...].prefix { $0 != 0x0A }.drop { $0 == UInt8(ascii: "#") }
    guard let value = try? JSONValue(parsing: Array(line), maximumDepth: 4),
      let members = value.members, members.allSatisfy({ $0.value.stringValue != nil })
    else { return nil }
    return value["$imagepolicy"]?.stringValue
  }
}
