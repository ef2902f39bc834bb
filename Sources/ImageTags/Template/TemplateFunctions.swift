/// The functions of templates: Go's own, and sprig's for text.
enum TemplateFunctions {
  private static let builtins: Set<String> = [
    "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "print", "println", "printf",
    "html", "urlquery", "slice", "index",
  ]

  private static let sprig: Set<String> = [
    "default", "empty", "coalesce", "ternary", "upper", "lower", "title", "untitle", "trim",
    "trimAll", "trimPrefix", "trimSuffix", "trunc", "replace", "contains", "hasPrefix",
    "hasSuffix", "quote", "squote", "repeat", "substr", "nospace", "cat", "toString", "int", "add",
    "sub", "mul", "regexMatch", "regexFind",
  ]

  static func isKnown(_ name: String) -> Bool {
    builtins.contains(name) || sprig.contains(name)
  }

  static func call(
    _ name: String, _ arguments: [GoTemplate.Value], _ functions: GoTemplate.Functions
  ) throws(TemplateError) -> GoTemplate.Value {
    let call = TemplateCall(name: name, arguments: arguments)
    if let value = try call.builtin() { return value }
    guard functions == .sprig else { throw TemplateError("function '\(name)' is not defined") }
    if let value = try call.logic() { return value }
    if let value = try call.text() { return value }
    throw TemplateError("function '\(name)' is not defined")
  }
}

/// One call of a function.
struct TemplateCall {
  let name: String
  let arguments: [GoTemplate.Value]

  func need(_ count: Int) throws(TemplateError) {
    guard arguments.count == count else {
      throw TemplateError(
        "wrong number of arguments for \(name): want \(count), got \(arguments.count)")
    }
  }

  func string(_ index: Int) throws(TemplateError) -> String {
    guard case .string(let text) = arguments[index] else {
      throw TemplateError("argument \(index + 1) of \(name) is not text")
    }
    return text
  }

  func integer(_ index: Int) throws(TemplateError) -> Int {
    switch arguments[index] {
    case .integer(let value): return value
    case .string(let text) where Int(text) != nil: return Int(text) ?? 0
    default: throw TemplateError("argument \(index + 1) of \(name) is not a whole number")
    }
  }

  func builtin() throws(TemplateError) -> GoTemplate.Value? {
    switch name {
    case "not":
      try need(1)
      return .bool(!arguments[0].isTrue)
    case "eq":
      guard arguments.count > 1 else { throw TemplateError("missing argument for comparison") }
      for other in arguments.dropFirst() where try isEqual(arguments[0], other) {
        return .bool(true)
      }
      return .bool(false)
    case "ne":
      try need(2)
      return .bool(try !isEqual(arguments[0], arguments[1]))
    case "lt", "le", "gt", "ge": return .bool(try comparison())
    case "len":
      try need(1)
      switch arguments[0] {
      case .list(let values): return .integer(values.count)
      case .map(let entries): return .integer(entries.count)
      default: return .integer(try string(0).utf8.count)
      }
    case "index": return try element()
    case "print": return .string(spaced(alwaysSpaces: false))
    case "println": return .string(spaced(alwaysSpaces: true) + "\n")
    case "printf": return .string(try TemplateFormat.format(self))
    case "html": return .string(Self.escapingMarkup(spaced(alwaysSpaces: false)))
    case "urlquery": return .string(Self.escapingQuery(spaced(alwaysSpaces: false)))
    case "slice": return .string(try slice())
    default: return nil
    }
  }

  private func isEqual(
    _ left: GoTemplate.Value, _ right: GoTemplate.Value
  ) throws(TemplateError) -> Bool {
    switch (left, right) {
    case (.string, .string), (.integer, .integer), (.bool, .bool), (.nothing, _), (_, .nothing):
      return left == right
    default: throw TemplateError("incompatible types for comparison")
    }
  }

  private func comparison() throws(TemplateError) -> Bool {
    try need(2)
    let order: Ordering
    switch (arguments[0], arguments[1]) {
    case (.string(let left), .string(let right)):
      order =
        left == right
        ? .same : left.utf8.lexicographicallyPrecedes(right.utf8) ? .ascending : .descending
    case (.integer(let left), .integer(let right)): order = Ordering(left, right)
    default: throw TemplateError("incompatible types for comparison")
    }
    return switch name {
    case "lt": order == .ascending
    case "le": order != .descending
    case "gt": order == .descending
    default: order != .ascending
    }
  }

  /// Go's `Sprint` puts spaces only between operands of which neither is text.
  private func spaced(alwaysSpaces: Bool) -> String {
    var output = ""
    for (index, value) in arguments.enumerated() {
      if index > 0 {
        var isText = false
        if case .string = value { isText = true }
        if case .string = arguments[index - 1] { isText = true }
        if alwaysSpaces || !isText { output += " " }
      }
      output += value.text
    }
    return output
  }

  /// The element of a list, or of a map, that the further arguments name one after another.
  private func element() throws(TemplateError) -> GoTemplate.Value {
    guard var value = arguments.first else { throw TemplateError("missing argument for index") }
    for index in arguments.indices.dropFirst() {
      switch value {
      case .map: value = value.value(forKey: arguments[index]) ?? .nothing
      case .list(let values):
        let place = try integer(index)
        guard values.indices.contains(place) else {
          throw TemplateError("index: \(place) is out of range")
        }
        value = values[place]
      case .string(let text):
        let (place, bytes) = (try integer(index), Array(text.utf8))
        guard bytes.indices.contains(place) else {
          throw TemplateError("index: \(place) is out of range")
        }
        value = .integer(Int(bytes[place]))
      default: throw TemplateError("index: '\(value.text)' has no elements")
      }
    }
    return value
  }

  private func slice() throws(TemplateError) -> String {
    guard (1...3).contains(arguments.count) else { throw TemplateError("too many slice indexes") }
    let bytes = Array(try string(0).utf8)
    let start = arguments.count > 1 ? try integer(1) : 0
    let end = arguments.count > 2 ? try integer(2) : bytes.count
    guard start >= 0, end <= bytes.count, start <= end else {
      throw TemplateError("slice index out of range")
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func escapingMarkup(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&#34;"
      case "'": output += "&#39;"
      case "\0": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func escapingQuery(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 {
      if byte.isIdentifierByte || [0x2E, 0x5F, 0x7E].contains(byte) {
        output.unicodeScalars.append(Unicode.Scalar(byte))
      } else if byte == 0x20 {
        output += "+"
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        output += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return output
  }
}
