internal import SourceText

/// JSON as the language writes it: attributes sorted, no spaces, `<`, `>` and `&` escaped.
enum JSONText {
  static func encode(_ value: Value) -> String {
    var output: [UInt8] = []
    write(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  static func quoted(_ text: String) -> String {
    var output: [UInt8] = []
    GoJSON.writeQuoted(text, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private static func write(_ value: Value, to output: inout [UInt8]) {
    switch value.content {
    case .null, .unknown: output += "null".utf8
    case .bool(let flag): output += (flag ? "true" : "false").utf8
    case .number(let number): output += number.text.utf8
    case .string(let text): GoJSON.writeQuoted(text, to: &output)
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
        GoJSON.writeQuoted(name, to: &output)
        output.append(UInt8(ascii: ":"))
        if let inner = values[name] { write(inner, to: &output) }
      }
      output.append(Byte.closeBrace)
    }
  }
}
