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
      let hasContext = parser.context != nil && parser.context_mark.line >= 0
      let mark = hasContext ? parser.context_mark : parser.problem_mark
      throw Self.error(problem, mark)
    }
    return event
  }

  private static func error(_ message: String, _ mark: yaml_mark_t) -> FunctionError {
    FunctionError("on line \(mark.line + 1), column \(mark.column + 1): \(message)")
  }

  private mutating func document() throws(FunctionError) -> Value {
    var event = try next()
    yaml_event_delete(&event)
    event = try next()
    guard event.type == YAML_DOCUMENT_START_EVENT else {
      throw Self.error("missing start of document", event.start_mark)
    }
    yaml_event_delete(&event)
    let content = try next()
    let start = content.start_mark
    let value = try self.value(content, depth: 0)
    event = try next()
    yaml_event_delete(&event)
    event = try next()
    defer { yaml_event_delete(&event) }
    guard event.type == YAML_STREAM_END_EVENT else {
      throw Self.error("unexpected extra content after value", start)
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
        throw FunctionError("reference to undefined anchor \(Quoting.goQuoted(name))")
      }
      return value
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let buffer = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
      let text = String(decoding: buffer, as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      let value = try YAMLScalar.resolve(text, tag: Self.text(scalar.tag), isPlain: isPlain)
      if let anchor = Self.text(scalar.anchor) { anchors[anchor] = value }
      return value
    case YAML_SEQUENCE_START_EVENT:
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
    let anchor = Self.text(event.data.mapping_start.anchor)
    if let anchor { open.insert(anchor) }
    var attributes: [String: Value] = [:]
    var merged: [String: Value] = [:]
    while true {
      var item = try next()
      if item.type == YAML_MAPPING_END_EVENT {
        yaml_event_delete(&item)
        break
      }
      let isMerge =
        item.type == YAML_SCALAR_EVENT
        && item.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
        && item.data.scalar.length == 2 && item.data.scalar.value[0] == UInt8(ascii: "<")
        && item.data.scalar.value[1] == UInt8(ascii: "<")
      let mark = item.start_mark
      let key = try value(item, depth: depth + 1)
      let content = try value(try next(), depth: depth + 1)
      if isMerge {
        for source in content.elements ?? [content] {
          merged.merge(source.attributes ?? [:]) { first, _ in first }
        }
        continue
      }
      guard let name = (try? key.converted(to: .string))?.stringValue else {
        throw Self.error("only string keys are allowed", mark)
      }
      attributes[name] = content
    }
    attributes.merge(merged) { own, _ in own }
    return finish(.object(attributes), anchor)
  }
}

/// What a plain YAML scalar means.
enum YAMLScalar {
  static func resolve(
    _ text: String, tag: String?, isPlain: Bool
  ) throws(FunctionError) -> Value {
    let short = tag.map { $0.hasPrefix("tag:yaml.org,2002:") ? "!!" + $0.dropFirst(18) : $0 }
    if !isPlain { return .string(text) }
    switch short ?? "" {
    case "!!str", "!!binary": return .string(text)
    case "", "!!int", "!!float", "!!bool", "!!null", "!!timestamp": break
    default: throw FunctionError("unsupported tag \(Quoting.goQuoted(short ?? ""))")
    }
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
    if let first = text.utf8.first, Byte.isDigit(first) || "+-.".utf8.contains(first) {
      if let number = Number(text) { return .number(number) }
      if let number = integer(text) { return .number(Number(number)) }
    }
    return .string(text)
  }

  private static func integer(_ text: String) -> Int? {
    let isNegative = text.hasPrefix("-")
    let digits = text.drop { $0 == "-" || $0 == "+" }
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0o", 8)]
    where digits.hasPrefix(prefix) {
      return Int((isNegative ? "-" : "") + digits.dropFirst(2), radix: radix)
    }
    return nil
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
    guard let sign = text.dropFirst(11).lastIndex(where: { $0 == "+" || $0 == "-" }) else {
      return nil
    }
    return date + clock + String(text[sign...])
  }
}
