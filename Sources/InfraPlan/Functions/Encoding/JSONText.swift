/// JSON as the language writes it: attributes sorted, no spaces, `<`, `>` and `&` escaped.
enum JSONText {
  static func encode(_ value: Value) -> String {
    var output: [UInt8] = []
    write(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  static func quoted(_ text: String) -> String {
    var output: [UInt8] = []
    writeQuoted(text, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private static func write(_ value: Value, to output: inout [UInt8]) {
    switch value.content {
    case .null, .unknown: output += "null".utf8
    case .bool(let flag): output += (flag ? "true" : "false").utf8
    case .number(let number): output += number.text.utf8
    case .string(let text): writeQuoted(text, to: &output)
    case .elements(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        write(element, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .attributes(let values):
      output.append(Byte.openBrace)
      for (index, name) in values.keys.sorted().enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        writeQuoted(name, to: &output)
        output.append(UInt8(ascii: ":"))
        if let inner = values[name] { write(inner, to: &output) }
      }
      output.append(Byte.closeBrace)
    }
  }

  private static func writeQuoted(_ text: String, to output: inout [UInt8]) {
    output.append(Byte.quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\"".utf8
      case "\\": output += "\\\\".utf8
      case "\n": output += "\\n".utf8
      case "\r": output += "\\r".utf8
      case "\t": output += "\\t".utf8
      case "\u{8}": output += "\\b".utf8
      case "\u{C}": output += "\\f".utf8
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ":
        output += ("\\u" + Quoting.hex(scalar.value, 4)).utf8
      default: output += String(Character(scalar)).utf8
      }
    }
    output.append(Byte.quote)
  }
}
