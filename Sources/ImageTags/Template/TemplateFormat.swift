/// Go's `printf`, for the verbs that make sense for text, whole numbers and truth values.
enum TemplateFormat {
  static func format(_ call: TemplateCall) throws(TemplateError) -> String {
    guard !call.arguments.isEmpty else { throw TemplateError("printf: missing format") }
    var rest = Array(try call.string(0).unicodeScalars)[...]
    var arguments = call.arguments.dropFirst()
    var output = ""
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        output.unicodeScalars.append(scalar)
        continue
      }
      var (isLeft, isZero) = (false, false)
      while let flag = rest.first, flag == "-" || flag == "0" || flag == "+" || flag == " " {
        isLeft = isLeft || flag == "-"
        isZero = isZero || flag == "0"
        rest.removeFirst()
      }
      let width = try number(&rest) ?? 0
      var precision: Int?
      if rest.first == "." {
        rest.removeFirst()
        precision = try number(&rest) ?? 0
      }
      guard let verb = rest.popFirst() else { return output + "%!(NOVERB)" }
      if verb == "%" {
        output += "%"
        continue
      }
      guard let argument = arguments.popFirst() else {
        output += "%!\(Character(verb))(MISSING)"
        continue
      }
      let text = try text(argument, verb, precision)
      let padding = max(0, width - text.unicodeScalars.count)
      let fill = String(repeating: isZero && !isLeft ? "0" : " ", count: padding)
      output += isLeft ? text + fill : fill + text
    }
    return output
  }

  private static func number(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(TemplateError) -> Int? {
    var value: Int?
    while let digit = rest.first?.decimalDigit {
      value = (value ?? 0) * 10 + digit
      guard value ?? 0 <= 10_000 else { throw TemplateError("printf: the width is too large") }
      rest.removeFirst()
    }
    return value
  }

  private static func text(
    _ argument: GoTemplate.Value, _ verb: Unicode.Scalar, _ precision: Int?
  ) throws(TemplateError) -> String {
    switch (verb, argument) {
    case ("s", .string(let text)), ("v", .string(let text)):
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text.unicodeScalars.prefix(precision ?? .max))
      return String(view)
    case ("v", _), ("d", .integer), ("t", .bool): return argument.text
    case ("q", .string(let text)): return "\"" + text + "\""
    case ("x", .integer(let value)): return String(value, radix: 16)
    case ("x", .string(let text)):
      return text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    default: throw TemplateError("printf: %\(Character(verb)) does not suit '\(argument.text)'")
    }
  }
}
