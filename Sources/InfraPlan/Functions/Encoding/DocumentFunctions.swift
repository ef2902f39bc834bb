internal import SourceText

extension FunctionTable {
  /// JSON, YAML and CSV.
  static var documentFunctions: [String: Function] {
    let any = Function.Parameter("value", null: true, unknown: true, dynamic: true)
    return [
      "jsonencode": Function(
        [Function.Parameter("val", null: true, unknown: true, dynamic: true)], returns: .string
      ) { arguments, _, _ in
        guard arguments[0].isWhollyKnown else { return .unknown(.string) }
        return .string(JSONText.encode(arguments[0]))
      },
      "jsondecode": decoder(JSONDocument.decode),
      "yamlencode": Function([any], returns: .string) { arguments, _, _ in
        guard arguments[0].isWhollyKnown else { return .unknown(.string) }
        return .string(YAMLWriter.text(arguments[0]))
      },
      "yamldecode": decoder(YAMLReader.decode, name: "src"),
      "csvdecode": decoder(CSVReader.decode),
    ]
  }

  private static func decoder(
    _ decode: @escaping @Sendable (String) throws(FunctionError) -> Value, name: String = "str"
  ) -> Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      guard let text = arguments[0].stringValue else { return .dynamic }
      return try decode(text).type
    }
    return Function([.init(name, .string)], neverNull: false, type: rule) {
      (arguments, _, _) throws(FunctionError) in
      try decode(arguments[0].stringValue ?? "")
    }
  }
}

/// Values from JSON text.
enum JSONDocument {
  static func decode(_ text: String) throws(FunctionError) -> Value {
    do {
      return value(try JSONValue(parsing: text))
    } catch {
      // The original takes a closing bracket after the value for the end of the document.
      let bytes = Array(text.utf8)
      switch JSONComplaint.check(bytes) {
      case .success(let end):
        let rest = bytes[end...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard rest == UInt8(ascii: "]") || rest == Byte.closeBrace,
          let document = try? JSONValue(parsing: String(decoding: bytes[..<end], as: UTF8.self))
        else { throw FunctionError("extraneous data after JSON object") }
        return value(document)
      case .failure(let complaint): throw FunctionError(complaint.message)
      }
    }
  }

  static func value(_ json: JSONValue) -> Value {
    switch json.kind {
    case .null: return .null()
    case .bool(let flag): return .bool(flag)
    case .number(let text): return Number(text).map { .number($0) } ?? .null(.number)
    case .string(let text): return .string(text)
    case .array(let elements): return .tuple(elements.map(value))
    case .object(let members):
      var attributes: [String: Value] = [:]
      for member in members {
        attributes[Normalization.composed(member.name)] = value(member.value)
      }
      return .object(attributes)
    }
  }
}

/// Names a JSON syntax error in the words of the original's decoder.
enum JSONComplaint {
  /// Where the first value of a text ends, or what is wrong with it.
  static func check(_ bytes: [UInt8]) -> Result<Int, FunctionError> {
    var scanner = Scanner(bytes: bytes)
    scanner.skipSpace()
    if let complaint = scanner.value(0) { return .failure(FunctionError(complaint)) }
    return .success(scanner.index)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var index = 0
    /// The text ends between two tokens, or within one.
    static let endBetween = "EOF"
    static let endWithin = "unexpected EOF"

    mutating func skipSpace() {
      while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    func invalid(_ context: String?) -> String {
      guard index < bytes.count else { return Self.endWithin }
      let byte = bytes[index]
      let shown: String
      switch byte {
      case UInt8(ascii: "'"): shown = "'\\''"
      case UInt8(ascii: "\""): shown = "'\"'"
      default:
        let quoted = Quoting.goQuoted(String(Character(Unicode.Scalar(byte))))
        shown = "'" + quoted.dropFirst().dropLast() + "'"
      }
      return "invalid character \(shown)" + (context.map { " " + $0 } ?? "")
    }

    mutating func value(_ depth: Int) -> String? {
      guard index < bytes.count else { return Self.endBetween }
      guard depth < 900 else { return "exceeded max depth" }
      switch bytes[index] {
      case UInt8(ascii: "{"): return object(depth)
      case UInt8(ascii: "["): return array(depth)
      case UInt8(ascii: "\""): return string()
      case UInt8(ascii: "t"): return literal("true")
      case UInt8(ascii: "f"): return literal("false")
      case UInt8(ascii: "n"): return literal("null")
      case UInt8(ascii: "-"), 0x30...0x39: return number()
      default: return invalid("looking for beginning of value")
      }
    }

    private mutating func literal(_ word: String) -> String? {
      for byte in word.utf8 {
        guard index < bytes.count, bytes[index] == byte else {
          let expected = Character(Unicode.Scalar(byte))
          return invalid("in literal \(word) (expecting '\(expected)')")
        }
        index += 1
      }
      return nil
    }

    private mutating func number() -> String? {
      if bytes[index] == Byte.minus {
        index += 1
        guard index < bytes.count, Byte.isDigit(bytes[index]) else {
          return invalid("in numeric literal")
        }
      }
      if bytes[index] == 0x30 { index += 1 } else { digits() }
      if index < bytes.count, bytes[index] == Byte.dot {
        index += 1
        guard index < bytes.count, Byte.isDigit(bytes[index]) else {
          return invalid("after decimal point in numeric literal")
        }
        digits()
      }
      if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
        index += 1
        if index < bytes.count, bytes[index] == Byte.minus || bytes[index] == UInt8(ascii: "+") {
          index += 1
        }
        guard index < bytes.count, Byte.isDigit(bytes[index]) else {
          return invalid("in exponent of numeric literal")
        }
        digits()
      }
      return nil
    }

    private mutating func digits() {
      while index < bytes.count, Byte.isDigit(bytes[index]) { index += 1 }
    }

    private mutating func string() -> String? {
      index += 1
      while index < bytes.count {
        let byte = bytes[index]
        if byte == Byte.quote {
          index += 1
          return nil
        }
        if byte < 0x20 { return invalid("in string literal") }
        if byte == Byte.backslash {
          index += 1
          guard index < bytes.count else { break }
          switch bytes[index] {
          case UInt8(ascii: "u"):
            for _ in 0..<4 {
              index += 1
              guard index < bytes.count else { return Self.endWithin }
              guard Character(Unicode.Scalar(bytes[index])).isHexDigit else {
                return invalid("in \\u hexadecimal character escape")
              }
            }
          case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"), Byte.backslash, UInt8(ascii: "/"), Byte.quote:
            break
          default: return invalid("in string escape code")
          }
        }
        index += 1
      }
      return Self.endWithin
    }

    private mutating func array(_ depth: Int) -> String? {
      index += 1
      skipSpace()
      if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
        index += 1
        return nil
      }
      while true {
        skipSpace()
        if let complaint = value(depth + 1) { return complaint }
        skipSpace()
        guard index < bytes.count else { return Self.endBetween }
        if bytes[index] == UInt8(ascii: "]") {
          index += 1
          return nil
        }
        guard bytes[index] == UInt8(ascii: ",") else { return invalid("after array element") }
        index += 1
      }
    }

    private mutating func object(_ depth: Int) -> String? {
      index += 1
      skipSpace()
      if index < bytes.count, bytes[index] == Byte.closeBrace {
        index += 1
        return nil
      }
      var isFirst = true
      while true {
        skipSpace()
        guard index < bytes.count else { return Self.endBetween }
        guard bytes[index] == Byte.quote else {
          // The original tells what it looked for after a comma only.
          return invalid(isFirst ? nil : "looking for beginning of object key string")
        }
        isFirst = false
        if let complaint = string() { return complaint }
        skipSpace()
        guard index < bytes.count else { return Self.endBetween }
        guard bytes[index] == UInt8(ascii: ":") else { return invalid("after object key") }
        index += 1
        skipSpace()
        if let complaint = value(depth + 1) { return complaint }
        skipSpace()
        guard index < bytes.count else { return Self.endBetween }
        if bytes[index] == Byte.closeBrace {
          index += 1
          return nil
        }
        guard bytes[index] == UInt8(ascii: ",") else {
          return invalid("after object key:value pair")
        }
        index += 1
      }
    }
  }
}
