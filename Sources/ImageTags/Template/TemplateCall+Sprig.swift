extension TemplateCall {
  /// Functions that choose and count.
  func logic() throws(TemplateError) -> GoTemplate.Value? {
    switch name {
    case "default":
      guard arguments.count == 2 else {
        try need(1)
        return arguments[0]
      }
      return arguments[1].isTrue ? arguments[1] : arguments[0]
    case "empty":
      try need(1)
      return .bool(!arguments[0].isTrue)
    case "coalesce": return arguments.first(where: \.isTrue) ?? .nothing
    case "ternary":
      try need(3)
      return arguments[2].isTrue ? arguments[0] : arguments[1]
    case "toString":
      try need(1)
      return .string(arguments[0].text)
    case "int":
      try need(1)
      return .integer((try? integer(0)) ?? 0)
    case "add", "sub", "mul":
      if name == "sub" { try need(2) }
      guard !arguments.isEmpty else { return .integer(0) }
      var value = try integer(0)
      for index in arguments.indices.dropFirst() {
        let operand = try integer(index)
        switch name {
        case "add": value &+= operand
        case "sub": value &-= operand
        default: value &*= operand
        }
      }
      return .integer(value)
    default: return nil
    }
  }

  /// Functions on text; the text is the last argument, so that it can be piped.
  func text() throws(TemplateError) -> GoTemplate.Value? {
    switch name {
    case "upper", "lower", "title", "untitle", "trim", "nospace":
      try need(1)
      return .string(Self.changed(try string(0), name))
    case "quote", "squote":
      let mark = name == "quote" ? "\"" : "'"
      let texts = arguments.filter { $0 != .nothing }.map { mark + $0.text + mark }
      return .string(texts.joined(separator: " "))
    case "cat":
      let texts = arguments.filter { $0 != .nothing }.map(\.text)
      return .string(texts.joined(separator: " "))
    case "trimPrefix", "trimSuffix", "trimAll", "hasPrefix", "hasSuffix", "contains":
      try need(2)
      return try affix(try string(0), in: try string(1))
    case "trunc":
      try need(2)
      let (count, bytes) = (try integer(0), Array(try string(1).utf8))
      let kept =
        count < 0
        ? bytes.suffix(-max(count, -bytes.count)) : bytes.prefix(count)
      return .string(String(decoding: kept, as: UTF8.self))
    case "repeat":
      try need(2)
      let (count, text) = (try integer(0), try string(1))
      let (length, overflowed) = text.utf8.count.multipliedReportingOverflow(by: max(0, count))
      guard !overflowed, length <= TemplateLexer.maximumLength, count <= TemplateLexer.maximumLength
      else { throw TemplateError("the result is too long") }
      return .string(String(repeating: text, count: max(0, count)))
    case "substr":
      try need(3)
      let bytes = Array(try string(2).utf8)
      let start = max(0, try integer(0))
      let end = try integer(1)
      let last = end < 0 || end > bytes.count ? bytes.count : end
      guard start <= last else { throw TemplateError("substr: the start is after the end") }
      return .string(String(decoding: bytes[start..<last], as: UTF8.self))
    case "replace":
      try need(3)
      return .string(Self.replacing(try string(0), by: try string(1), in: try string(2)))
    case "regexMatch", "regexFind": return try pattern()
    default: return nil
    }
  }

  private static func changed(_ text: String, _ name: String) -> String {
    switch name {
    case "upper": return text.uppercased()
    case "lower": return text.lowercased()
    case "trim":
      var slice = text[...]
      while slice.first?.isWhitespace ?? false { slice.removeFirst() }
      while slice.last?.isWhitespace ?? false { slice.removeLast() }
      return String(slice)
    case "nospace": return text.filter { !$0.isWhitespace }
    default:
      var isStart = true
      return String(
        text.flatMap { character -> String in
          defer { isStart = character.isWhitespace }
          guard isStart else { return String(character) }
          return name == "title" ? character.uppercased() : character.lowercased()
        })
    }
  }

  private func affix(_ affix: String, in text: String) throws(TemplateError) -> GoTemplate.Value {
    let (part, whole) = (Array(affix.utf8), Array(text.utf8))
    let begins = whole.starts(with: part)
    let ends = whole.suffix(part.count).elementsEqual(part)
    func value(_ bytes: some Collection<UInt8>) -> GoTemplate.Value {
      .string(String(decoding: bytes, as: UTF8.self))
    }
    switch name {
    case "hasPrefix": return .bool(begins)
    case "hasSuffix": return .bool(ends)
    case "contains": return .bool(Self.firstIndex(of: part, in: whole[...]) != nil)
    case "trimPrefix": return value(begins ? whole.dropFirst(part.count) : whole[...])
    case "trimSuffix": return value(ends ? whole.dropLast(part.count) : whole[...])
    default:
      let set = Set(affix.unicodeScalars)
      var scalars = text.unicodeScalars[...]
      while let first = scalars.first, set.contains(first) { scalars.removeFirst() }
      while let last = scalars.last, set.contains(last) { scalars.removeLast() }
      return .string(String(scalars))
    }
  }

  private static func firstIndex(of part: [UInt8], in whole: ArraySlice<UInt8>) -> Int? {
    whole.indices.first { whole[$0...].starts(with: part) }
      ?? (part.isEmpty ? whole.startIndex : nil)
  }

  private static func replacing(_ old: String, by new: String, in text: String) -> String {
    guard !old.isEmpty else {
      return new + text.unicodeScalars.map { String($0) + new }.joined()
    }
    let (part, replacement) = (Array(old.utf8), Array(new.utf8))
    var rest = Array(text.utf8)[...]
    var output: [UInt8] = []
    while let index = firstIndex(of: part, in: rest) {
      output += rest[..<index] + replacement
      rest = rest[(index + part.count)...]
    }
    return String(decoding: output + rest, as: UTF8.self)
  }

  private func pattern() throws(TemplateError) -> GoTemplate.Value {
    try need(2)
    let text = try string(1)
    do {
      let pattern = try Pattern(try string(0))
      if name == "regexMatch" { return .bool(try pattern.matches(text)) }
      return .string(String(try pattern.firstMatch(in: text)?.group(0) ?? ""))
    } catch {
      throw TemplateError("\(name): \(error)")
    }
  }
}
