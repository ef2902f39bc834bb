internal import SourceText

/// Reads JSON that has mistakes: says what they are, and gives what can be made of the rest.
///
/// What cannot be read stands in the result as a string without text, which is neither a block nor
/// an object.
struct JSONReader {
  private var scanner: JSONScanner
  private var token: JSONScanner.Token
  private let file: SourceFile.ID
  private(set) var problems: [Problem] = []

  private static let maximumDepth = 200
  private static let startOfValue =
    "A JSON value must start with a brace, a bracket, a number, a string, or a keyword."

  static func read(_ bytes: [UInt8], file: SourceFile.ID) -> (JSONValue, [Problem]) {
    var reader = JSONReader(bytes, file)
    let value = reader.value(0)
    if reader.token.kind != .end, reader.problems.isEmpty {
      reader.report(
        "Extraneous data after value", "Extra characters appear after the JSON value.",
        reader.token.range)
    }
    return (value, reader.problems)
  }

  private init(_ bytes: [UInt8], _ file: SourceFile.ID) {
    scanner = JSONScanner(bytes)
    token = scanner.next()
    self.file = file
  }

  private mutating func report(_ summary: String, _ detail: String, _ range: Range<Int>) {
    problems.append(
      Problem(.error, summary, detail, at: SourceSpan(file: file, bytes: range)))
  }

  @discardableResult
  private mutating func take() -> JSONScanner.Token {
    let taken = token
    token = scanner.next()
    return taken
  }

  /// Goes on after the end of a container that cannot be read further, its next token included.
  ///
  /// Only brackets of the container's own kind are counted, and a nested pair ends the search like
  /// the container itself: which mistakes are told after the first depends on where that leads.
  private mutating func recover(opening: JSONScanner.Kind, closing: JSONScanner.Kind) {
    var depth = 1
    while token.kind != .end {
      let kind = take().kind
      if kind == opening { depth += 1 }
      if kind == closing {
        depth -= 1
        if depth <= 1 { return }
      }
    }
  }

  private static func unreadable(_ range: Range<Int>) -> JSONValue {
    JSONValue(.string(""), range: range)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: scanner.bytes[range], as: UTF8.self)
  }

  private mutating func value(_ depth: Int) -> JSONValue {
    let start = token
    guard depth < Self.maximumDepth else {
      report("Too many levels", "The JSON value is nested too deeply to be read.", start.range)
      while token.kind != .end { take() }
      return Self.unreadable(start.range)
    }
    switch start.kind {
    case .openBrace: return object(depth)
    case .openBracket: return array(depth)
    case .number:
      return scalar("Invalid JSON number", "There is a syntax error in the given JSON number.")
    case .string: return string()
    case .keyword: return keyword()
    case .closeBrace: report("Missing JSON value", Self.startOfValue, start.range)
    case .closeBracket: report("Missing array element value", Self.startOfValue, start.range)
    case .end: report("Missing value", "The JSON data ends prematurely.", start.range)
    default: report("Invalid start of value", Self.startOfValue, start.range)
    }
    return Self.unreadable(start.range)
  }

  private mutating func scalar(_ summary: String, _ detail: String) -> JSONValue {
    let range = take().range
    if var value = try? JSONValue(parsing: text(range)) {
      value.range = range
      return value
    }
    report(summary, detail, range)
    return Self.unreadable(range)
  }

  private mutating func string() -> JSONValue {
    let range = token.range
    take()
    if var value = try? JSONValue(parsing: text(range)) {
      value.range = range
      return value
    }
    let fault = fault(inString: range)
    report(
      "Invalid JSON string", "There is a syntax error in the given JSON string.",
      fault..<min(fault + 1, scanner.bytes.count))
    return Self.unreadable(range)
  }

  /// The place after the first character of a string that cannot be there.
  private func fault(inString range: Range<Int>) -> Int {
    let bytes = scanner.bytes
    var index = range.lowerBound + 1
    while index < range.upperBound {
      guard bytes[index] == Byte.backslash, index + 1 < range.upperBound else {
        index += 1
        continue
      }
      index += 2
      guard bytes[index - 1] == UInt8(ascii: "u") else {
        if "\"\\/bfnrt".utf8.contains(bytes[index - 1]) { continue }
        return index
      }
      for _ in 0..<4 where index < range.upperBound {
        index += 1
        if !Character(Unicode.Scalar(bytes[index - 1])).isHexDigit { return index }
      }
    }
    return range.upperBound
  }

  private mutating func keyword() -> JSONValue {
    let range = take().range
    let word = text(range)
    if var value = try? JSONValue(parsing: word) {
      value.range = range
      return value
    }
    let quoted = Quoting.goQuoted(word)
    if ["undefined", "NaN", "Infinity"].contains(word) {
      report(
        "Invalid JSON keyword", "The JavaScript identifier \(quoted) cannot be used in JSON.", range
      )
    } else {
      let words = ["false", "null", "true"]
      let known = words.first { $0 == word.lowercased() }.map {
        " Did you mean \(Quoting.goQuoted($0))?"
      }
      report(
        "Invalid JSON keyword",
        "\(quoted) is not a valid JSON keyword." + (known ?? ReferenceMessages.hint(word, words)),
        range)
    }
    return Self.unreadable(range)
  }

  private mutating func object(_ depth: Int) -> JSONValue {
    let open = take().range
    var members: [JSONValue.Member] = []
    while token.kind != .closeBrace {
      let before = problems.count
      let keyRange = token.range
      let key = value(depth + 1)
      guard case .string(let name) = key.kind, problems.count == before else {
        report(
          "Invalid object property name", "A JSON object property name must be a string", keyRange)
        return Self.unreadable(open)
      }
      guard token.kind == .colon else {
        reportMissingColon()
        recover(opening: .openBrace, closing: .closeBrace)
        return Self.unreadable(open)
      }
      take()
      members.append(JSONValue.Member(name, value(depth + 1), nameRange: key.range))
      if token.kind == .comma {
        let comma = take().range
        if token.kind == .closeBrace {
          report(
            "Trailing comma in object",
            "JSON does not permit a trailing comma after the final property in an object.", comma)
          return Self.unreadable(open)
        }
      } else if token.kind != .closeBrace {
        reportUnfinishedObject(open)
        return Self.unreadable(open)
      }
    }
    let close = take().range
    return JSONValue(.object(members), range: open.lowerBound..<close.upperBound)
  }

  private mutating func reportMissingColon() {
    switch token.kind {
    case .closeBrace, .comma:
      report(
        "Missing object value",
        "A JSON object attribute must have a value, introduced by a colon.", token.range)
    case .equals:
      report(
        "Missing property value colon",
        "JSON uses a colon as its name/value delimiter, not an equals sign.", token.range)
    default:
      report(
        "Missing property value colon",
        "A colon must appear between an object property's name and its value.", token.range)
    }
  }

  private mutating func reportUnfinishedObject(_ open: Range<Int>) {
    switch token.kind {
    case .end:
      report("Unclosed object", "No closing brace was found for this JSON object.", open)
    case .closeBracket:
      report(
        "Mismatched braces", "A JSON object must be closed with a brace, not a bracket.",
        take().range)
    default:
      recover(opening: .openBrace, closing: .closeBrace)
      report(
        "Missing attribute seperator comma",
        "A comma must appear between each property definition in an object.", token.range)
    }
  }

  private mutating func reportUnfinishedArray(_ open: Range<Int>) {
    let found = token
    recover(opening: .openBracket, closing: .closeBracket)
    switch found.kind {
    case .end:
      report("Unclosed object", "No closing bracket was found for this JSON array.", open)
    case .closeBrace:
      report(
        "Mismatched brackets", "A JSON array must be closed with a bracket, not a brace.",
        found.range)
    case .colon:
      report(
        "Invalid array value", "A colon is not used to introduce values in a JSON array.",
        token.range)
    default:
      report(
        "Missing attribute seperator comma",
        "A comma must appear between each value in an array.", token.range)
    }
  }

  private mutating func array(_ depth: Int) -> JSONValue {
    let open = take().range
    var elements: [JSONValue] = []
    while token.kind != .closeBracket {
      elements.append(value(depth + 1))
      if token.kind == .comma {
        let comma = take().range
        if token.kind == .closeBracket {
          report(
            "Trailing comma in array",
            "JSON does not permit a trailing comma after the final value in an array.", comma)
          return Self.unreadable(open)
        }
      } else if token.kind != .closeBracket {
        reportUnfinishedArray(open)
        return Self.unreadable(open)
      }
    }
    let close = take().range
    return JSONValue(.array(elements), range: open.lowerBound..<close.upperBound)
  }
}
