internal import ManifestKit
internal import SourceText

/// A scalar that holds `$(NAME)`.
struct VariableUse {
  /// The field, as `fieldPaths` of a replacement writes it.
  var fieldPath: String
  var node: YAMLNode

  /// The uses of a variable in a node; what an alias stands for is looked at in its place.
  static func find(_ name: String, in node: YAMLNode) -> [VariableUse] {
    var uses: [VariableUse] = []
    collect(Array("$(\(name))".utf8), node.resolved, "", &uses)
    return uses
  }

  private static func collect(
    _ text: [UInt8], _ node: YAMLNode, _ path: String, _ uses: inout [VariableUse]
  ) {
    let prefix = path.isEmpty ? "" : path + "."
    switch node.kind {
    case .mapping:
      for entry in node.entries {
        let key = entry.key.text
        let step = key.utf8.contains(UInt8(ascii: ".")) ? "[\(key)]" : key
        collect(text, entry.value.resolved, prefix + step, &uses)
      }
    case .sequence:
      for (index, element) in node.elements.enumerated() {
        collect(text, element.resolved, prefix + String(index), &uses)
      }
    default:
      if !Self.places(of: text, in: Array(node.text.utf8)[...]).isEmpty {
        uses.append(VariableUse(fieldPath: path, node: node))
      }
    }
  }

  /// Where a text stands in another, each place after the end of the one before.
  static func places(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> [Int] {
    var places: [Int] = []
    var start = bytes.startIndex
    while start + text.count <= bytes.endIndex {
      guard bytes[start] == text[0], bytes[start..<(start + text.count)].elementsEqual(text) else {
        start += 1
        continue
      }
      places.append(start)
      start += text.count
    }
    return places
  }
}

/// What of a value a replacement writes: all of it, or what stands between two delimiters.
struct ValuePart: Hashable {
  /// A single character; `nil` for the whole value.
  var delimiter: String?
  var index = 0

  /// The parts that consist of a placeholder alone, one for each place where it stands; `nil` where no
  /// single delimiter sets one of them off.
  static func parts(of value: String, holding placeholder: String) -> [ValuePart]? {
    if value == placeholder { return [ValuePart()] }
    let bytes = Array(value.utf8)
    var parts: [ValuePart] = []
    for place in VariableUse.places(of: Array(placeholder.utf8), in: bytes[...]) {
      let end = place + placeholder.utf8.count
      let neighbours = [place > 0 ? bytes[place - 1] : nil, end < bytes.count ? bytes[end] : nil]
      let part = neighbours.compactMap(\.self).lazy.compactMap { delimiter -> ValuePart? in
        guard delimiter < 0x80 else { return nil }
        let pieces = bytes.split(separator: delimiter, omittingEmptySubsequences: false)
        guard let index = pieces.firstIndex(where: { $0.startIndex == place && $0.endIndex == end })
        else { return nil }
        return ValuePart(delimiter: String(UnicodeScalar(delimiter)), index: index)
      }.first
      guard let part else { return nil }
      parts.append(part)
    }
    return parts
  }
}
