internal import SourceText

/// Spells scalars for a place in a file.
struct ScalarSpelling {
  /// Whether the place is inside brackets, where more characters need quotes.
  var isInFlow = false
  /// Whether strings always take double quotes, as in JSON.
  var quotesStrings = false
  /// Whether `y` and `n` need no quotes: they are booleans by the letter of YAML 1.1 only, so a new
  /// entry does not get them, but a value that was there is not put at risk.
  var isNewEntry = false

  /// A value as new text: strings plain where they read back as the same string.
  func text(_ value: JSONValue) -> String {
    switch value.kind {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): quotesStrings || !canBePlain(text) ? Self.doubleQuoted(text) : text
    case .array, .object: flow(value)
    }
  }

  /// A key as new text.
  func key(_ key: String) -> String {
    quotesStrings || !canBePlain(key) ? Self.doubleQuoted(key) : key
  }

  /// A collection in brackets.
  func flow(_ value: JSONValue) -> String {
    var inner = self
    inner.isInFlow = true
    switch value.kind {
    case .array(let elements):
      return "[" + elements.map { inner.text($0) }.joined(separator: ", ") + "]"
    case .object(let members):
      let entries = members.map { inner.key($0.name) + ": " + inner.text($0.value) }
      return "{" + entries.joined(separator: ", ") + "}"
    case .null, .bool, .number, .string: return text(value)
    }
  }

  /// Whether text, written without quotes, is read as this very string by YAML 1.1 and 1.2.
  func canBePlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)[...]
    if isNewEntry, bytes.count == 1, "yYnN".utf8.contains(bytes[0]) { return true }
    guard !CanonicalEmitter.readsAsOtherType(bytes),
      ScalarRules.core.value(ofPlain: bytes) == .string, text != "<<", text != "="
    else { return false }
    return hasPlainShape(text)
  }

  /// Whether the characters of a text allow it to be written without quotes.
  func hasPlainShape(_ text: String) -> Bool {
    let bytes = Array(text.utf8)[...]
    let analysis = ScalarAnalysis(bytes, allowsAllUnicode: true)
    guard !text.isEmpty else { return false }
    return isInFlow ? analysis.allowsFlowPlain : analysis.allowsBlockPlain
  }

  /// Text in single quotes, or `nil` where it needs escapes.
  static func singleQuoted(_ text: String) -> String? {
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    return "'" + text.replacing("'", with: "''") + "'"
  }

  /// Text in double quotes; only what must be is escaped.
  static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A collection laid out by indentation, without the indentation of its first line and without a
  /// newline at its end.
  func block(_ value: JSONValue, indent: Int, newline: String) -> String {
    let margin = newline + String(repeating: " ", count: indent)
    switch value.kind {
    case .array(let elements) where !elements.isEmpty:
      return elements.map { "- " + block($0, indent: indent + 2, newline: newline) }
        .joined(separator: margin)
    case .object(let members) where !members.isEmpty:
      return members.map { member in
        let head = key(member.name) + ":"
        switch member.value.kind {
        case .object(let inner) where !inner.isEmpty:
          let body = block(member.value, indent: indent + 2, newline: newline)
          return head + margin + "  " + body
        case .array(let inner) where !inner.isEmpty:
          return head + margin + block(member.value, indent: indent, newline: newline)
        default: return head + " " + text(member.value)
        }
      }.joined(separator: margin)
    default: return text(value)
    }
  }
}
