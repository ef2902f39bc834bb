/// The way to a place in a document: keys, indexes and `[name=value]` selectors.
public struct EditPath: Hashable, Sendable, CustomStringConvertible {
  /// One step of a path.
  public enum Step: Hashable, Sendable {
    /// The value of a key; in a sequence, the element whose index the text spells.
    case key(String)
    /// An element of a sequence; in a mapping, the key that the number spells.
    case index(Int)
    /// The first element of a sequence that has this value at this key.
    case selector(key: String, value: String)
  }

  /// The steps, from the root.
  public var steps: [Step]

  /// Creates a path from steps.
  public init(_ steps: [Step]) { self.steps = steps }

  /// Why some text is no path.
  public struct ParseError: Error, Hashable, Sendable {
    /// Where the text stops making sense, in bytes.
    public let offset: Int
    /// What is wrong there.
    public let message: String
  }

  /// Reads a path: a JSON pointer (`/spec/replicas`), or keys with dots, indexes and selectors
  /// (`spec.containers[name=app].ports[0]`).
  ///
  /// A key that holds a dot or bracket is written in double quotes: `metadata.labels."a.io/b"`, or
  /// with a backslash before the character.
  public init(parsing text: String) throws(ParseError) {
    if text.isEmpty || text == "." {
      steps = []
      return
    }
    if text.hasPrefix("/") {
      guard let pointer = JSONPointer(text) else {
        throw ParseError(offset: 0, message: "'~' must be followed by 0 or 1")
      }
      steps = pointer.tokens.map { .key($0) }
    } else {
      var parser = EditPathParser(bytes: Array(text.utf8))
      steps = try parser.parse()
    }
    guard steps.count <= Self.maximumSteps else {
      throw ParseError(offset: 0, message: "it has more than \(Self.maximumSteps) steps")
    }
  }

  /// What is written there must still be read.
  private static let maximumSteps = 500

  /// The text form with dots and brackets.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key):
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { !".[]\"\\".utf8.contains($0) }
        let escaped = key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        text += (text.isEmpty ? "" : ".") + (isPlain ? key : "\"\(escaped)\"")
      case .index(let index): text += "[\(index)]"
      case .selector(let key, let value): text += "[\(key)=\(value)]"
      }
    }
    return text
  }
}

private struct EditPathParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() throws(EditPath.ParseError) -> [EditPath.Step] {
    var steps: [EditPath.Step] = []
    if bytes.first == UInt8(ascii: "."), bytes.count > 1 { position = 1 }
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "[") {
        steps.append(try bracket())
      } else {
        steps.append(.key(try key()))
      }
      guard position < bytes.count, bytes[position] != UInt8(ascii: "[") else { continue }
      guard bytes[position] == UInt8(ascii: "."), position + 1 < bytes.count else {
        throw EditPath.ParseError(offset: position, message: "expected '.' or '[' after a step")
      }
      position += 1
    }
    return steps
  }

  private mutating func key() throws(EditPath.ParseError) -> String {
    let start = position
    var key: [UInt8] = []
    let isQuoted = bytes[position] == UInt8(ascii: "\"")
    if isQuoted { position += 1 }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
        key.append(bytes[position + 1])
        position += 2
        continue
      }
      if isQuoted ? byte == UInt8(ascii: "\"") : byte == 0x2E || byte == 0x5B { break }
      key.append(byte)
      position += 1
    }
    if isQuoted {
      guard position < bytes.count else {
        throw EditPath.ParseError(offset: start, message: "a quoted key is not closed")
      }
      position += 1
    } else if key.isEmpty {
      throw EditPath.ParseError(
        offset: start, message: "a key is empty; write \"\" if that is meant")
    }
    return String(decoding: key, as: UTF8.self)
  }

  private mutating func bracket() throws(EditPath.ParseError) -> EditPath.Step {
    let start = position
    guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "]")) else {
      throw EditPath.ParseError(offset: start, message: "'[' is not closed")
    }
    let inside = bytes[(start + 1)..<close]
    position = close + 1
    if let equals = inside.firstIndex(of: UInt8(ascii: "=")) {
      return .selector(
        key: String(decoding: inside[..<equals], as: UTF8.self),
        value: String(decoding: inside[(equals + 1)...], as: UTF8.self))
    }
    let text = String(decoding: inside, as: UTF8.self)
    guard let index = JSONPointer.index(text) else {
      throw EditPath.ParseError(
        offset: start + 1, message: "'\(text)' is neither an index nor a selector 'key=value'")
    }
    return .index(index)
  }
}
