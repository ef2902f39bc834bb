/// The verbs of `format`: `%s`, `%05.2f`, `%[2]v` and so on.
struct FormatString {
  struct Verb {
    var raw: String
    var offset: Int
    var mode: UInt8
    var argument: Int
    var width: Int?
    var precision: Int?
    var isSharp = false
    var hasSpace = false
    var hasPlus = false
    var isLeft = false
    var isZero = false
  }

  static func render(_ format: String, _ arguments: [Value]) throws(FunctionError) -> String {
    let bytes = Array(format.utf8)
    var output: [UInt8] = []
    var index = 0
    var nextArgument = 0
    var highest = 0
    while index < bytes.count {
      guard bytes[index] == Byte.percent else {
        output.append(bytes[index])
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == Byte.percent {
        output.append(Byte.percent)
        index += 2
        continue
      }
      let (verb, end) = try parse(bytes, index, nextArgument)
      nextArgument = verb.argument + 1
      highest = max(highest, nextArgument)
      output += try append(verb, arguments).utf8
      try EvaluationLimits.check(text: output.count)
      index = end
    }
    if highest < arguments.count {
      let detail =
        highest == 0
        ? "too many arguments; no verbs in format string"
        : "too many arguments; only \(highest) used by format string"
      throw FunctionError(detail, argument: highest + 1)
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func parse(
    _ bytes: [UInt8], _ start: Int, _ next: Int
  ) throws(FunctionError) -> (Verb, Int) {
    var verb = Verb(raw: "", offset: start, mode: 0, argument: next)
    var index = start + 1
    func peek() -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    func number() -> Int? {
      var value: Int?
      while Byte.isDigit(peek()) {
        value = min(EvaluationLimits.columns, (value ?? 0) * 10 + Int(peek()) - 0x30)
        index += 1
      }
      return value
    }
    flags: while true {
      switch peek() {
      case UInt8(ascii: "#"): verb.isSharp = true
      case UInt8(ascii: " "): verb.hasSpace = true
      case UInt8(ascii: "+"): verb.hasPlus = true
      case UInt8(ascii: "-"): verb.isLeft = true
      case UInt8(ascii: "0"): verb.isZero = true
      default: break flags
      }
      index += 1
    }
    verb.width = number()
    if peek() == Byte.dot {
      index += 1
      verb.precision = number() ?? 0
    }
    if peek() == UInt8(ascii: "[") {
      index += 1
      guard peek() != UInt8(ascii: "0") else { throw unrecognized(bytes, index, start) }
      guard let position = number(), peek() == UInt8(ascii: "]") else {
        throw unrecognized(bytes, index, start)
      }
      index += 1
      verb.argument = position - 1
    }
    guard Byte.isLetter(peek()) else { throw unrecognized(bytes, index, start) }
    verb.mode = peek()
    verb.raw = String(decoding: bytes[start...index], as: UTF8.self)
    return (verb, index + 1)
  }

  private static func unrecognized(_ bytes: [UInt8], _ index: Int, _ start: Int) -> FunctionError {
    guard index < bytes.count else {
      return FunctionError("invalid format string starting at offset \(bytes.count)")
    }
    let rest = String(decoding: bytes[index...], as: UTF8.self)
    let character = rest.unicodeScalars.first.map { String(Character($0)) } ?? ""
    return FunctionError("unrecognized format character '\(character)' at offset \(index)")
  }

  private static func append(_ verb: Verb, _ arguments: [Value]) throws(FunctionError) -> String {
    let quoted = Quoting.goQuoted(verb.raw)
    guard arguments.indices.contains(verb.argument) else {
      throw FunctionError(
        "not enough arguments for \(quoted) at \(verb.offset): need index \(verb.argument + 1) but have \(arguments.count) total"
      )
    }
    let value = arguments[verb.argument]
    if verb.mode != UInt8(ascii: "v"), value.isNull {
      throw FunctionError(
        "unsupported value for \(quoted) at \(verb.offset): null value cannot be formatted")
    }
    func converted(_ type: ValueType) throws(FunctionError) -> Value {
      do throws(ConversionError) {
        return try value.converted(to: type)
      } catch {
        throw FunctionError("unsupported value for \(quoted) at \(verb.offset): \(error.message)")
      }
    }
    switch verb.mode {
    case UInt8(ascii: "v"):
      if !verb.isSharp, let text = value.stringValue { return padded(text, verb) }
      if !verb.isSharp, let number = value.numberValue {
        return padded(NumberText.general(number, precision: nil, upper: false), verb)
      }
      return padded(JSONText.encode(value), verb)
    case UInt8(ascii: "t"):
      return try converted(.bool).boolValue == true ? "true" : "false"
    case UInt8(ascii: "b"), UInt8(ascii: "d"), UInt8(ascii: "o"), UInt8(ascii: "x"),
      UInt8(ascii: "X"):
      guard let number = try converted(.number).numberValue, number.isWhole,
        let whole = number.truncated
      else {
        throw FunctionError(
          "unsupported value for \(quoted) at \(verb.offset): an integer is required")
      }
      return NumberText.integer(whole, verb)
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "g"),
      UInt8(ascii: "G"):
      return NumberText.float(try converted(.number).numberValue ?? Number(0), verb)
    case UInt8(ascii: "s"), UInt8(ascii: "q"):
      var text = try converted(.string).stringValue ?? ""
      if let precision = verb.precision, precision > 0 { text = String(text.prefix(precision)) }
      return padded(verb.mode == UInt8(ascii: "q") ? JSONText.quoted(text) : text, verb)
    default:
      throw FunctionError(
        "unsupported format verb '\(Character(Unicode.Scalar(verb.mode)))' in \(quoted) at offset \(verb.offset)"
      )
    }
  }

  static func padded(_ text: String, _ verb: Verb) -> String {
    guard let width = verb.width, text.count < width else { return text }
    let padding = String(repeating: verb.isZero ? "0" : " ", count: width - text.count)
    return verb.isLeft ? text + padding : padding + text
  }
}
