internal import SourceText

/// Values as a plan shows what will be created.
enum CreationText {
  /// A name, quoted where it is not an identifier.
  static func key(_ name: String) -> String {
    let scalars = Array(name.unicodeScalars)
    let isPlain =
      !scalars.isEmpty && (scalars[0] == "_" || scalars[0].properties.isIDStart)
      && scalars.allSatisfy { $0 == "-" || $0 == "_" || $0.properties.isIDContinue }
    return isPlain ? name : Quoting.goQuoted(name)
  }

  static func padded(_ name: String, _ width: Int) -> String {
    let text = key(name)
    return text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// A value after `+ name = ` where the plus stands `indent` columns in.
  static func value(_ value: Value, indent: Int) -> String {
    if value.marks.contains(.sensitive) { return "(sensitive value)" }
    let margin = String(repeating: " ", count: indent)
    switch value.content {
    case .unknown: return "(known after apply)"
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let number): return number.text
    case .string(let text): return string(text, indent)
    case .elements(let elements):
      if elements.isEmpty { return "[]" }
      var result = "[\n"
      for element in elements {
        result += margin + "    + " + self.value(element, indent: indent + 4) + ",\n"
      }
      return result + margin + "  ]"
    case .attributes(let values):
      if values.isEmpty { return "{}" }
      let names = values.keys.sorted()
      let width = names.map { key($0).count }.max() ?? 0
      var result = "{\n"
      for name in names {
        guard let inner = values[name] else { continue }
        result += margin + "    + " + padded(name, width) + " = "
        result += self.value(inner, indent: indent + 4) + "\n"
      }
      return result + margin + "  }"
    }
  }

  private static func string(_ text: String, _ indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    if let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      let json = try? JSONValue(parsing: text)
    {
      let inner = self.value(Value(json: json), indent: indent + 4)
      return "jsonencode(\n" + margin + "      " + inner + "\n" + margin + "  )"
    }
    guard text.contains("\n") else { return Quoting.goQuoted(text) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let body = (lines.last?.isEmpty == true ? lines.dropLast() : lines[...])
      .map { $0.isEmpty ? "" : margin + "      " + $0 }
    return "<<-EOT\n" + body.joined(separator: "\n") + "\n" + margin + "  EOT"
  }
}
