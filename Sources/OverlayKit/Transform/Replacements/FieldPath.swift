/// A path of a replacement or a variable: keys between dots, `[key=value]` and `[index]` for list
/// items, `*` for all of them; a dot in a key is escaped by a backslash, or stands inside brackets.
struct FieldPath {
  enum Step: Hashable {
    case key(String)
    case index(Int)
    /// `-`: one beyond the last item.
    case append
    case wildcard
    case item(key: String, value: String)
  }

  let steps: [Step]

  init(_ text: String) {
    var parts: [String] = []
    var current = ""
    var depth = 0
    var isEscaped = false
    for character in text {
      if isEscaped {
        if character != "." && character != "[" && character != "]" && character != "\\" {
          current.append("\\")
        }
        current.append(character)
        isEscaped = false
        continue
      }
      switch character {
      case "\\" where depth == 0: isEscaped = true
      case "[":
        if depth == 0, !current.isEmpty {
          parts.append(current)
          current = ""
        }
        depth += 1
        current.append(character)
      case "]":
        depth = max(0, depth - 1)
        current.append(character)
        if depth == 0 {
          parts.append(current)
          current = ""
        }
      case "." where depth == 0:
        if !current.isEmpty { parts.append(current) }
        current = ""
      default: current.append(character)
      }
    }
    if !current.isEmpty { parts.append(current) }
    steps = parts.map(Self.step)
  }

  private static func step(_ part: String) -> Step {
    if part == "*" { return .wildcard }
    if part == "-" { return .append }
    if part.hasPrefix("["), part.hasSuffix("]") {
      let inner = part.dropFirst().dropLast()
      if let equals = inner.firstIndex(of: "=") {
        return .item(
          key: String(inner[..<equals]), value: String(inner[inner.index(after: equals)...]))
      }
      if inner == "*" { return .wildcard }
      if let index = Int(inner) { return .index(index) }
      return .key(String(inner))
    }
    if let index = Int(part), index >= 0 { return .index(index) }
    return .key(part)
  }
}
