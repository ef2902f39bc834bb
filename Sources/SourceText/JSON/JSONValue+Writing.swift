extension JSONValue {
  /// How a JSON text is laid out.
  public enum Layout: Sendable {
    /// No white space at all.
    case compact
    /// One element a line, indented by two spaces.
    case indented
  }

  /// The JSON text of the value, members in their order, without a final newline.
  ///
  /// Only what RFC 8259 demands is escaped; all other characters are written as they are.
  public func text(_ layout: Layout = .compact) -> String {
    var output: [UInt8] = []
    write(to: &output, layout: layout, indentation: 0)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends the JSON text to a buffer.
  public func write(to output: inout [UInt8], layout: Layout = .compact) {
    write(to: &output, layout: layout, indentation: 0)
  }

  private func write(to output: inout [UInt8], layout: Layout, indentation: Int) {
    switch kind {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .number(let spelling): output += spelling.utf8
    case .string(let text): Self.writeQuoted(text, to: &output)
    case .array(let elements):
      Self.writeList(
        elements, UInt8(ascii: "["), UInt8(ascii: "]"), to: &output, layout, indentation
      ) {
        $0.write(to: &$1, layout: layout, indentation: indentation + 1)
      }
    case .object(let members):
      Self.writeList(
        members, UInt8(ascii: "{"), UInt8(ascii: "}"), to: &output, layout, indentation
      ) {
        Self.writeQuoted($0.name, to: &$1)
        $1 += (layout == .compact ? ":" : ": ").utf8
        $0.value.write(to: &$1, layout: layout, indentation: indentation + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: UInt8, _ close: UInt8, to output: inout [UInt8],
    _ layout: Layout, _ indentation: Int, write: (Element, inout [UInt8]) -> Void
  ) {
    func newLine(_ level: Int) {
      guard layout == .indented else { return }
      output.append(UInt8(ascii: "\n"))
      for _ in 0..<level * 2 { output.append(UInt8(ascii: " ")) }
    }
    output.append(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      newLine(indentation + 1)
      write(element, &output)
    }
    if !elements.isEmpty { newLine(indentation) }
    output.append(close)
  }

  /// Appends a string in quotes, escaped as RFC 8259 demands.
  public static func writeQuoted(_ text: String, to output: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0x0A: output += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0x0D: output += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case 0x09: output += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      case 0..<0x20:
        output += "\\u00".utf8
        output += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
