internal import SourceText

extension FunctionTable {
  /// Functions over text as a whole.
  static var textFunctions: [String: Function] {
    func text(
      _ name: String = "str", _ body: @escaping @Sendable (String) -> String
    ) -> Function {
      Function([.init(name, .string)], returns: .string) { arguments, _, _ in
        .string(body(arguments[0].stringValue ?? ""))
      }
    }
    return [
      "upper": text { TextCase.upper($0) }, "lower": text { TextCase.lower($0) },
      "title": text { TextCase.title($0) },
      "strrev": text { String($0.reversed()) },
      "chomp": text { chomped($0) },
      "trimspace": text { trimmed($0, TextCase.isSpace) },
      "trim": Function([.init("str", .string), .init("cutset", .string)], returns: .string) {
        arguments, _, _ in
        let set = Set((arguments[1].stringValue ?? "").unicodeScalars)
        return .string(trimmed(arguments[0].stringValue ?? "") { set.contains($0) })
      },
      "trimprefix": Function([.init("str", .string), .init("prefix", .string)], returns: .string) {
        arguments, _, _ in
        let text = Array((arguments[0].stringValue ?? "").utf8)
        let prefix = Array((arguments[1].stringValue ?? "").utf8)
        let rest = text.starts(with: prefix) ? text.dropFirst(prefix.count) : text[...]
        return .string(String(decoding: rest, as: UTF8.self))
      },
      "trimsuffix": Function([.init("str", .string), .init("suffix", .string)], returns: .string) {
        arguments, _, _ in
        let text = Array((arguments[0].stringValue ?? "").utf8)
        let suffix = Array((arguments[1].stringValue ?? "").utf8)
        let ends = text.count >= suffix.count && text.suffix(suffix.count).elementsEqual(suffix)
        return .string(
          String(decoding: ends ? text.dropLast(suffix.count) : text[...], as: UTF8.self))
      },
      "indent": Function([.init("spaces", .number), .init("str", .string)], returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        let count = try Self.whole(arguments[0], nil)
        guard count >= 0 else {
          throw FunctionError.panic("strings: negative Repeat count")
        }
        let text = arguments[1].stringValue ?? ""
        try EvaluationLimits.check(
          text: min(count, EvaluationLimits.text + 1) * text.utf8.count { $0 == Byte.newline })
        guard text.utf8.contains(Byte.newline) else { return .string(text) }
        let padding = String(repeating: " ", count: count)
        let lines = text.unicodeScalars
          .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        return .string(lines.joined(separator: "\n" + padding))
      },
      "join": join, "split": split, "substr": substr,
      "startswith": affix("prefix") { $0.starts(with: $1) },
      "endswith": affix("suffix") { $0.reversed().starts(with: $1.reversed()) },
      "strcontains": Function([.init("str", .string), .init("substr", .string)], returns: .bool) {
        arguments, _, _ in
        let text = Array((arguments[0].stringValue ?? "").utf8)
        return .bool(
          TextSearch.first(Array((arguments[1].stringValue ?? "").utf8), in: text, from: 0) != nil)
      },
    ]
  }

  /// A whole number argument.
  static func whole(_ value: Value, _ index: Int?) throws(FunctionError) -> Int {
    guard let number = value.numberValue?.int else {
      throw FunctionError(
        "value must be a whole number, between -9223372036854775808 and 9223372036854775807",
        argument: index)
    }
    return number
  }

  private static func chomped(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
    return String(scalars)
  }

  private static func trimmed(
    _ text: String, _ isTrimmed: (Unicode.Scalar) -> Bool
  ) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, isTrimmed(first) { scalars.removeFirst() }
    while let last = scalars.last, isTrimmed(last) { scalars.removeLast() }
    return String(scalars)
  }

  private static func affix(
    _ name: String, _ test: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
  ) -> Function {
    let parameters: [Function.Parameter] = [
      .init("str", .string, unknown: true), .init(name, .string),
    ]
    return Function(parameters, returns: .bool) { arguments, _, _ in
      let wanted = Array((arguments[1].stringValue ?? "").utf8)
      guard let text = arguments[0].stringValue else {
        // What is certain of the beginning may decide; nothing is certain of the end.
        let known = Array((arguments[0].refinement?.prefix ?? "").utf8)
        let isPrefixTest = test([1, 2], [1])
        if isPrefixTest {
          if known.starts(with: wanted), !known.isEmpty || wanted.isEmpty { return .bool(true) }
          let shared = zip(known, wanted).allSatisfy { $0 == $1 }
          if !shared { return .bool(false) }
        }
        return .unknown(.bool)
      }
      return .bool(test(Array(text.utf8), wanted))
    }
  }

  private static var join: Function {
    let rest = Function.Parameter("lists", .list(.string), unknown: true)
    return Function([.init("separator", .string)], rest: rest, returns: .string) {
      (arguments, _, _) throws(FunctionError) in
      guard arguments.count >= 2 else { throw FunctionError("at least one list is required") }
      let separator = arguments[0].stringValue ?? ""
      var items: [String] = []
      var length = 0
      for (listIndex, list) in arguments.dropFirst().enumerated() {
        guard list.isWhollyKnown, let elements = list.elements else { return .unknown(.string) }
        for (index, element) in elements.enumerated() {
          guard let text = element.stringValue else {
            let what =
              arguments.count > 2
              ? "element \(index) of list \(listIndex + 1) is null; cannot concatenate null values"
              : "element \(index) is null; cannot concatenate null values"
            throw FunctionError(what, argument: listIndex + 1)
          }
          items.append(text)
          length += text.utf8.count + separator.utf8.count
          try EvaluationLimits.check(text: length)
        }
      }
      return .string(items.joined(separator: separator))
    }
  }

  private static var split: Function {
    Function([.init("separator", .string), .init("str", .string)], returns: .list(.string)) {
      arguments, _, _ in
      let separator = Array((arguments[0].stringValue ?? "").utf8)
      let text = arguments[1].stringValue ?? ""
      if separator.isEmpty {
        return .list(.string, text.unicodeScalars.map { .string(String(Character($0))) })
      }
      let parts = TextSearch.split(Array(text.utf8), separator)
      return .list(.string, parts.map { .string(String(decoding: $0, as: UTF8.self)) })
    }
  }

  private static var substr: Function {
    let parameters: [Function.Parameter] = [
      .init("str", .string), .init("offset", .number), .init("length", .number),
    ]
    return Function(parameters, returns: .string) { (arguments, _, _) throws(FunctionError) in
      let characters = Array(arguments[0].stringValue ?? "")
      var offset = try whole(arguments[1], nil)
      let length = try whole(arguments[2], nil)
      // Counting from the end, a length of zero means the rest, as in the original.
      let isRest = length < 0 || length == 0 && offset < 0
      if length == 0, offset >= 0 { return .string("") }
      if offset < 0 { offset = max(0, characters.count + offset) }
      guard offset < characters.count else { return .string("") }
      let end =
        isRest
        ? characters.count
        : min(
          characters.count,
          offset.addingReportingOverflow(length).overflow ? characters.count : offset + length)
      return .string(String(characters[offset..<end]))
    }
  }
}

/// Finding byte sequences.
enum TextSearch {
  static func first(_ pattern: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard !pattern.isEmpty else { return start }
    guard text.count >= pattern.count else { return nil }
    var index = start
    while index + pattern.count <= text.count {
      if text[index] == pattern[0], text[index..<index + pattern.count].elementsEqual(pattern) {
        return index
      }
      index += 1
    }
    return nil
  }

  static func split(_ text: [UInt8], _ separator: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    while let found = first(separator, in: text, from: start) {
      parts.append(text[start..<found])
      start = found + separator.count
    }
    parts.append(text[start...])
    return parts
  }
}

/// Letter case, scalar by scalar.
enum TextCase {
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  static func upper(_ text: String) -> String {
    mapped(text) { scalar in
      // Where capitals take two characters there may be one for the beginning of a word.
      let image = scalar.properties.uppercaseMapping
      return image.unicodeScalars.count == 1 ? image : scalar.properties.titlecaseMapping
    }
  }

  static func lower(_ text: String) -> String {
    mapped(text) { $0 == "\u{130}" ? "i" : $0.properties.lowercaseMapping }
  }

  /// Only mappings to one scalar count, as in Go's tables.
  private static func mapped(_ text: String, _ map: (Unicode.Scalar) -> String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let image = map(scalar).unicodeScalars
      result.append(image.count == 1 ? image.first ?? scalar : scalar)
    }
    return String(result)
  }

  static func title(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isStart = true
    for scalar in text.unicodeScalars {
      let image = scalar.properties.titlecaseMapping.unicodeScalars
      result.append(isStart && image.count == 1 ? image.first ?? scalar : scalar)
      isStart = isSeparator(scalar)
    }
    return String(result)
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      return !(Byte.isDigit(byte) || Byte.isLetter(byte) || byte == Byte.underscore)
    }
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { return false }
    return isSpace(scalar)
  }
}
