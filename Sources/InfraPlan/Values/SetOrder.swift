/// The order in which a set shows its elements, and what counts as the same element.
enum SetOrder {
  static func sortedDistinct(_ values: [Value], _ element: ValueType) -> [Value] {
    var seen: Set<[UInt8]> = []
    var keyed: [(key: [UInt8], value: Value)] = []
    for value in values {
      let key = key(value)
      // Two unknowns may turn out to be different.
      if value.isWhollyKnown, !seen.insert(key).inserted { continue }
      keyed.append((key, value))
    }
    if element.isPrimitive {
      return keyed.map(\.value).sorted { isBefore($0, $1) }
    }
    return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// Nulls last, then unknowns; otherwise by value.
  private static func isBefore(_ left: Value, _ right: Value) -> Bool {
    if left.isNull || right.isNull { return !left.isNull && right.isNull }
    if !left.isKnown || !right.isKnown { return left.isKnown && !right.isKnown }
    switch (left.content, right.content) {
    case (.string(let first), .string(let second)): return first < second
    case (.number(let first), .number(let second)): return first < second
    case (.bool(let first), .bool(let second)): return !first && second
    default: return false
    }
  }

  /// Bytes that are equal for equal values and order compound elements.
  static func key(_ value: Value) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return bytes
  }

  private static func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value.content {
    case .unknown: bytes.append(UInt8(ascii: "?"))
    case .null: bytes.append(UInt8(ascii: "~"))
    case .bool(let flag): bytes.append(UInt8(ascii: flag ? "T" : "F"))
    case .number(let number): bytes += number.text.utf8
    case .string(let text): bytes += Quoting.goQuoted(text).utf8
    case .elements(let elements):
      let (open, close): (UInt8, UInt8) =
        value.type.isTuple
        ? (UInt8(ascii: "<"), UInt8(ascii: ">")) : (UInt8(ascii: "["), UInt8(ascii: "]"))
      bytes.append(open)
      for element in elements {
        append(element, to: &bytes)
        bytes.append(UInt8(ascii: ";"))
      }
      bytes.append(close)
    case .attributes(let values):
      let isMap = value.type.isMap
      bytes.append(UInt8(ascii: isMap ? "{" : "<"))
      for name in values.keys.sorted() {
        if isMap {
          bytes += Quoting.goQuoted(name).utf8
          bytes.append(UInt8(ascii: ":"))
        }
        if let inner = values[name] { append(inner, to: &bytes) }
        bytes.append(UInt8(ascii: ";"))
      }
      bytes.append(UInt8(ascii: isMap ? "}" : ">"))
    }
  }
}
