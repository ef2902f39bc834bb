internal import CLibYAML

/// Reads one YAML document into a value, as `yamldecode` does.
struct YAMLReader {
  private var parser = yaml_parser_t()
  private var anchors: [String: Value] = [:]
  private var open: Set<String> = []
  /// Bounds what aliases can blow a document up to.
  private var budget = 1_000_000

  static func decode(_ text: String) throws(FunctionError) -> Value {
    let bytes = Array(text.utf8)
    let result: Result<Value, FunctionError> = bytes.withUnsafeBufferPointer { buffer in
      var reader = YAMLReader()
      guard yaml_parser_initialize(&reader.parser) == 1 else {
        return .failure(FunctionError("cannot start the YAML parser"))
      }
      defer { yaml_parser_delete(&reader.parser) }
      yaml_parser_set_input_string(&reader.parser, buffer.baseAddress, buffer.count)
      do throws(FunctionError) { return .success(try reader.document()) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private mutating func next() throws(FunctionError) -> yaml_event_t {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else {
      let problem = parser.problem.map { String(cString: $0) } ?? "invalid YAML"
      switch parser.error {
      case YAML_SCANNER_ERROR:
        // Of these the original tells the line only, and not the first.
        let line = parser.problem_mark.line
        throw FunctionError(line == 0 ? problem : "on line \(line + 1), column 1: \(problem)")
      case YAML_READER_ERROR: throw FunctionError(problem)
      default: throw Self.error(problem, parser.problem_mark)
      }
    }
    return event
  }

  /// An error in the original's words: lines count from zero, and the first goes unmentioned.
  private static func error(_ message: String, _ mark: yaml_mark_t) -> FunctionError {
    mark.line == 0
      ? FunctionError(message)
      : FunctionError("on line \(mark.line), column \(mark.column + 1): \(message)")
  }

  /// The same error, at a place if it has none yet.
  private static func located<Result>(
    _ mark: yaml_mark_t, _ body: () throws(FunctionError) -> Result
  ) throws(FunctionError) -> Result {
    do throws(FunctionError) { return try body() } catch { throw Self.error(error.message, mark) }
  }

  private mutating func document() throws(FunctionError) -> Value {
    var event = try next()
    yaml_event_delete(&event)
    event = try next()
    guard event.type == YAML_DOCUMENT_START_EVENT else {
      throw FunctionError(
        "on line \(max(1, event.start_mark.line)), column 1: missing start of document")
    }
    yaml_event_delete(&event)
    let value = try self.value(try next(), depth: 0)
    event = try next()
    yaml_event_delete(&event)
    event = try next()
    defer { yaml_event_delete(&event) }
    guard event.type == YAML_STREAM_END_EVENT else {
      throw Self.error("unexpected extra content after value", event.start_mark)
    }
    return value
  }

  private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private mutating func value(
    _ given: yaml_event_t, depth: Int
  ) throws(FunctionError) -> Value {
    var event = given
    defer { yaml_event_delete(&event) }
    guard depth < 500 else { throw FunctionError("document nests too deeply") }
    budget -= 1
    guard budget > 0 else { throw FunctionError("document is too large") }
    switch event.type {
    case YAML_ALIAS_EVENT:
      let name = Self.text(event.data.alias.anchor) ?? ""
      if open.contains(name) {
        throw Self.error(
          "cannot refer to anchor \(Quoting.goQuoted(name)) from inside its own definition",
          event.start_mark)
      }
      guard let value = anchors[name] else {
        throw Self.error(
          "reference to undefined anchor \(Quoting.goQuoted(name))", event.start_mark)
      }
      return value
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let buffer = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
      let text = String(decoding: buffer, as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      let tag = Self.text(scalar.tag)
      let value = try Self.located(event.start_mark) { () throws(FunctionError) in
        try YAMLScalar.resolve(text, tag: tag, isPlain: isPlain)
      }
      if let anchor = Self.text(scalar.anchor) { anchors[anchor] = value }
      return value
    case YAML_SEQUENCE_START_EVENT:
      try Self.refuse(
        tag: Self.text(event.data.sequence_start.tag), on: "sequence", at: event.start_mark)
      let anchor = Self.text(event.data.sequence_start.anchor)
      if let anchor { open.insert(anchor) }
      var elements: [Value] = []
      while true {
        var item = try next()
        if item.type == YAML_SEQUENCE_END_EVENT {
          yaml_event_delete(&item)
          break
        }
        elements.append(try value(item, depth: depth + 1))
      }
      return finish(.tuple(elements), anchor)
    case YAML_MAPPING_START_EVENT: return try mapping(event, depth)
    default: throw Self.error("unexpected content", event.start_mark)
    }
  }

  /// Collections may have their own tag, or none.
  private static func refuse(
    tag: String?, on kind: String, at mark: yaml_mark_t
  ) throws(FunctionError) {
    let own = kind == "mapping" ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq"
    guard let tag, tag != own, !tag.isEmpty else { return }
    throw error("can't interpret \(kind) as \(tag)", mark)
  }

  private mutating func finish(_ value: Value, _ anchor: String?) -> Value {
    if let anchor {
      open.remove(anchor)
      anchors[anchor] = value
    }
    return value
  }

  private mutating func mapping(
    _ event: yaml_event_t, _ depth: Int
  ) throws(FunctionError) -> Value {
    try Self.refuse(
      tag: Self.text(event.data.mapping_start.tag), on: "mapping", at: event.start_mark)
    let anchor = Self.text(event.data.mapping_start.anchor)
    if let anchor { open.insert(anchor) }
    var attributes: [String: Value] = [:]
    while true {
      var item = try next()
      let mark = item.start_mark
      if item.type == YAML_MAPPING_END_EVENT {
        yaml_event_delete(&item)
        break
      }
      guard item.type == YAML_SCALAR_EVENT || item.type == YAML_ALIAS_EVENT else {
        yaml_event_delete(&item)
        throw Self.error("only strings are allowed as mapping keys", mark)
      }
      let key = try value(item, depth: depth + 1)
      let content = try value(try next(), depth: depth + 1)
      if key.stringValue == "<<" {
        guard let source = content.attributes else {
          throw Self.error("cannot merge \(Self.kind(content)) into mapping", mark)
        }
        attributes.merge(source) { _, new in new }
        continue
      }
      if key.isNull { throw Self.error("mapping key cannot be null", mark) }
      guard let name = (try? key.converted(to: .string))?.stringValue else {
        throw Self.error("only strings are allowed as mapping keys", mark)
      }
      attributes[name] = content
    }
    return finish(.object(attributes), anchor)
  }

  private static func kind(_ value: Value) -> String {
    value.type.isTuple ? "tuple" : value.type.friendlyName
  }
}

/// What a plain YAML scalar means.
enum YAMLScalar {
  private static let core = "tag:yaml.org,2002:"

  static func resolve(
    _ text: String, tag: String?, isPlain: Bool
  ) throws(FunctionError) -> Value {
    let tag = tag ?? ""
    guard tag.hasPrefix(core) else {
      guard tag.isEmpty else {
        throw FunctionError("unsupported tag \(Quoting.goQuoted(tag))")
      }
      return isPlain ? try implied(text) : .string(text)
    }
    switch tag.dropFirst(core.count) {
    case "str": return .string(text)
    case "null": return isPlain ? .null() : .string(text)
    case "binary":
      guard Base64.decode(text) != nil else {
        throw FunctionError("cannot parse \(Quoting.goQuoted(text)) as \(tag): not valid base64")
      }
      return .string(text)
    case "int", "float", "bool", "timestamp":
      guard isPlain else { return .string(text) }
      if let value = explicit(text, String(tag.dropFirst(core.count))) { return value }
      throw FunctionError("cannot parse \(Quoting.goQuoted(text)) as \(tag)")
    default: throw FunctionError("unsupported tag \(Quoting.goQuoted(tag))")
    }
  }

  /// A plain scalar whose tag says what it is.
  private static func explicit(_ text: String, _ kind: String) -> Value? {
    guard let value = try? implied(text) else { return nil }
    switch kind {
    case "bool": return value.boolValue == nil ? nil : value
    case "timestamp": return timestamp(text).map { .string($0) }
    default:
      if value.numberValue != nil { return value }
      return Number(text.filter { $0 != "_" }).map { .number($0) }
    }
  }

  /// What a plain scalar without a tag is.
  private static func implied(_ text: String) throws(FunctionError) -> Value {
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
      return .bool(false)
    case "", "~", "null", "Null", "NULL": return .null()
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(Number(Double.infinity))
    case "-.inf", "-.Inf", "-.INF": return .number(Number(-Double.infinity))
    case ".nan", ".NaN", ".NAN": throw FunctionError("floating point NaN is not supported")
    default: break
    }
    if let time = timestamp(text) { return .string(time) }
    guard let first = text.utf8.first, Byte.isDigit(first) || "+-.".utf8.contains(first) else {
      return .string(text)
    }
    if let number = Number(text) { return .number(number) }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
      let digits = text.dropFirst(2)
      guard let value = Natural(digits: digits.utf8, radix: radix) else { continue }
      guard let word = value.word, let number = Int(exactly: word) else {
        throw FunctionError("cannot parse \(Quoting.goQuoted(text)) as \(core)int")
      }
      return .number(Number(number))
    }
    return .string(text)
  }

  private static func timestamp(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes[4] == Byte.minus, bytes[..<4].allSatisfy(Byte.isDigit) else {
      return nil
    }
    let parts = text.split(whereSeparator: { "-Tt :Z+".contains($0) }).map(String.init)
    guard parts.count >= 3, let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), (1...12).contains(month),
      day >= 1, day <= Timestamp.daysInMonth(month, year)
    else { return nil }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let date = "\(parts[0])-\(two(month))-\(two(day))"
    if parts.count == 3, text.allSatisfy({ $0.isNumber || $0 == "-" }) {
      return date + "T00:00:00Z"
    }
    guard parts.count >= 6, let hour = Int(parts[3]), let minute = Int(parts[4]),
      let second = Int(parts[5].split(separator: ".")[0]), hour < 24, minute < 60, second < 60
    else { return nil }
    let clock = "T\(two(hour)):\(two(minute)):\(two(second))"
    if parts.count == 6, text.hasSuffix("Z") || text.contains(" ") { return date + clock + "Z" }
    if text.contains(" ") { return nil }
    guard let sign = text.dropFirst(11).lastIndex(where: { $0 == "+" || $0 == "-" }) else {
      return nil
    }
    return date + clock + String(text[sign...])
  }
}
