extension JSONValue {
  /// Why some bytes are not JSON (RFC 8259).
  public struct ParseError: Error, Hashable, Sendable {
    /// Offset of the byte at fault.
    public let offset: Int
    /// What is wrong there.
    public let message: String
  }

  /// Reads one JSON text.
  ///
  /// Strict RFC 8259: no comments, no trailing commas, well-formed UTF-8; a byte order mark is
  /// skipped. Nesting is limited to `maximumDepth`. O(n).
  public init(parsing bytes: [UInt8], maximumDepth: Int = 1000) throws(ParseError) {
    var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
    self = try parser.document()
  }

  /// Reads one JSON text.
  public init(parsing text: String, maximumDepth: Int = 1000) throws(ParseError) {
    try self.init(parsing: Array(text.utf8), maximumDepth: maximumDepth)
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  let maximumDepth: Int
  var position = 0
  var depth = 0

  init(bytes: [UInt8], maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = maximumDepth
  }

  mutating func document() throws(JSONValue.ParseError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw error("text after the end of the JSON value") }
    return value
  }

  private func error(_ message: String, at offset: Int? = nil) -> JSONValue.ParseError {
    JSONValue.ParseError(offset: offset ?? position, message: message)
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func value() throws(JSONValue.ParseError) -> JSONValue {
    skipSpace()
    let start = position
    guard let byte = current else { throw error("unexpected end of JSON") }
    let kind: JSONValue.Kind
    switch byte {
    case UInt8(ascii: "{"): kind = .object(try object())
    case UInt8(ascii: "["): kind = .array(try array())
    case UInt8(ascii: "\""): kind = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .number(try number())
    case UInt8(ascii: "t"): kind = try word("true", .bool(true))
    case UInt8(ascii: "f"): kind = try word("false", .bool(false))
    case UInt8(ascii: "n"): kind = try word("null", .null)
    default: throw error("expected a JSON value")
    }
    return JSONValue(kind, range: start..<position)
  }

  private mutating func word(
    _ word: String, _ kind: JSONValue.Kind
  ) throws(JSONValue.ParseError) -> JSONValue.Kind {
    guard bytes[position...].starts(with: word.utf8) else { throw error("expected a JSON value") }
    position += word.utf8.count
    return kind
  }

  private mutating func enter() throws(JSONValue.ParseError) {
    depth += 1
    guard depth <= maximumDepth else {
      throw error("JSON is nested more than \(maximumDepth) levels deep")
    }
    position += 1
    skipSpace()
  }

  private mutating func object() throws(JSONValue.ParseError) -> [JSONValue.Member] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    if current == UInt8(ascii: "}") {
      position += 1
      return members
    }
    while true {
      skipSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw error("expected a member name in quotes") }
      let name = try string()
      let nameRange = start..<position
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw error("expected ':' after a member name") }
      position += 1
      members.append(JSONValue.Member(name, try value(), nameRange: nameRange))
      skipSpace()
      switch current {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return members
      default: throw error("expected ',' or '}' in an object")
      }
    }
  }

  private mutating func array() throws(JSONValue.ParseError) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    if current == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try value())
      skipSpace()
      switch current {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return elements
      default: throw error("expected ',' or ']' in an array")
      }
    }
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      position += 1
    }
    return position - start
  }

  private mutating func number() throws(JSONValue.ParseError) -> String {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let first = current
    let whole = digits()
    guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else {
      throw error("malformed number", at: start)
    }
    if current == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { throw error("malformed number", at: start) }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else { throw error("malformed number", at: start) }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func string() throws(JSONValue.ParseError) -> String {
    let start = position
    position += 1
    var runStart = position
    var decoded: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        decoded += bytes[runStart..<position]
        position += 1
        guard let text = String(validating: decoded, as: UTF8.self) else {
          throw error("a string is not well-formed UTF-8", at: start)
        }
        return text
      case UInt8(ascii: "\\"):
        decoded += bytes[runStart..<position]
        position += 1
        try escape(into: &decoded)
        runStart = position
      case 0..<0x20:
        throw error("a control character must be escaped in a string")
      default: position += 1
      }
    }
    throw error("a string is not closed", at: start)
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(JSONValue.ParseError) {
    guard let byte = current else { throw error("a string is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try fourDigits()
      if scalar >= 0xD800, scalar < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) {
        let rewind = position
        position += 2
        let low = try fourDigits()
        if low >= 0xDC00, low < 0xE000 {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = rewind
        }
      }
      // An unpaired surrogate has no UTF-8 form; it becomes U+FFFD, as in most JSON readers.
      decoded += String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8
    default: throw error("unknown escape in a string", at: position - 2)
    }
  }

  private mutating func fourDigits() throws(JSONValue.ParseError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let value = UInt32(
        String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-")
    else { throw error("expected four hexadecimal digits after \\u") }
    position += 4
    return value
  }
}
