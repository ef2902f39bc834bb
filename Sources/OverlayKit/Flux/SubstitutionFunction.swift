/// What an expression does to a variable's value. Lengths and offsets count bytes.
enum SubstitutionFunction {
  /// Whether the function gives a value to a variable that has none.
  static func isDefault(_ name: String) -> Bool {
    ["=", ":=", ":-", ":?", ":+"].contains(name)
  }

  /// The new value, or `nil` where the original crashes: a substring of negative length.
  static func apply(_ name: String, to value: [UInt8], _ arguments: [[UInt8]]) -> [UInt8]? {
    switch name {
    case "^", "^^", ",", ",,": changeCase(name, value)
    case "#" where arguments.isEmpty: Array(String(value.count).utf8)
    case "#", "##": droppingPrefix(value, arguments, longest: name == "##")
    case "%", "%%":
      droppingPrefix(
        reversed(value), arguments.map(reversed), longest: name == "%%", finish: reversed)
    case ":": substring(value, arguments)
    case "/", "//", "/#", "/%": replace(name, value, arguments)
    default: value.isEmpty ? arguments.flatMap(\.self) : value
    }
  }

  private static func changeCase(_ name: String, _ value: [UInt8]) -> [UInt8] {
    let text = String(decoding: value, as: UTF8.self)
    let change: (String) -> String =
      name.hasPrefix("^") ? { $0.uppercased() } : { $0.lowercased() }
    if name.count == 2 { return Array(change(text).utf8) }
    guard let first = text.unicodeScalars.first else { return value }
    return Array(change(String(first)).utf8) + value.dropFirst(String(first).utf8.count)
  }

  private static func substring(_ value: [UInt8], _ arguments: [[UInt8]]) -> [UInt8]? {
    let numbers = arguments.map { Int(String(decoding: $0, as: UTF8.self)) }
    guard let first = numbers.first, let offset = first else { return value }
    let start = offset < 0 ? max(0, value.count + offset) : offset
    guard start < value.count else { return [] }
    guard numbers.count > 1 else { return Array(value[start...]) }
    guard let length = numbers[1] else { return value }
    guard length >= 0 else { return nil }
    return Array(value[start...].prefix(length))
  }

  private static func replace(
    _ name: String, _ value: [UInt8], _ arguments: [[UInt8]]
  ) -> [UInt8] {
    guard let pattern = arguments.first, !pattern.isEmpty else { return value }
    let replacement = arguments.count > 1 ? arguments[1] : []
    switch name {
    case "/#":
      guard arguments.count == 2, value.starts(with: pattern) else { return value }
      return replacement + value.dropFirst(pattern.count)
    case "/%":
      guard arguments.count == 2, value.reversed().starts(with: pattern.reversed()) else {
        return value
      }
      return value.dropLast(pattern.count) + replacement
    default:
      var result: [UInt8] = []
      var position = 0
      var isDone = false
      while position < value.count {
        if !isDone, value[position...].starts(with: pattern) {
          result += replacement
          position += pattern.count
          isDone = name == "/"
        } else {
          result.append(value[position])
          position += 1
        }
      }
      return result
    }
  }

  private static func reversed(_ bytes: [UInt8]) -> [UInt8] {
    Array(
      String(
        String.UnicodeScalarView(
          String(decoding: bytes, as: UTF8.self).unicodeScalars.reversed())
      ).utf8)
  }

  private static func droppingPrefix(
    _ value: [UInt8], _ arguments: [[UInt8]], longest: Bool,
    finish: ([UInt8]) -> [UInt8] = { $0 }
  ) -> [UInt8] {
    guard let pattern = arguments.first, !pattern.isEmpty, let glob = Glob(pattern) else {
      return finish(value)
    }
    let lengths = glob.matchingPrefixes(of: value).filter { $0 > 0 }
    guard let length = longest ? lengths.last : lengths.first else { return finish(value) }
    return finish(Array(value.dropFirst(length)))
  }
}
