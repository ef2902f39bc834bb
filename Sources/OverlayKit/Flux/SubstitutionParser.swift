/// Reads `${…}` expressions.
///
/// A token is a run of bytes that a rule accepts, so the parser is a set of rules asked in turn;
/// this mirrors how Flux's library reads, which decides what happens to odd input.
struct SubstitutionParser {
  typealias Failure = VariableSubstitution.Failure
  typealias Part = VariableSubstitution.Part

  private let bytes: [UInt8]
  private var position = 0
  private var start = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() throws(Failure) -> [Part] {
    var parts: [Part] = []
    while position < bytes.count {
      start = position
      if opensExpression {
        position += 2
        parts.append(try expression())
      } else {
        parts.append(.text(run(escapes: .dollar, opens: true) { _, _ in true }))
      }
    }
    return parts
  }

  private enum Escapes {
    case none
    case dollar
    /// `$$`, `\/` and `\\`, inside a pattern or its replacement.
    case pattern
  }

  private func failure(_ message: String) -> Failure { Failure(message: message, offset: start) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private var opensExpression: Bool {
    bytes[position...].starts(with: [UInt8(ascii: "$"), UInt8(ascii: "{")])
  }

  private func isEscaped(_ escapes: Escapes) -> Bool {
    guard escapes != .none, position + 1 < bytes.count else { return false }
    let next = bytes[position + 1]
    switch bytes[position] {
    case UInt8(ascii: "$"): return next == UInt8(ascii: "$")
    case UInt8(ascii: "\\"):
      return escapes == .pattern && (next == UInt8(ascii: "/") || next == UInt8(ascii: "\\"))
    default: return false
    }
  }

  /// The bytes from here on that `accept` takes, given each byte and its number from 1.
  private mutating func run(
    escapes: Escapes = .none, opens: Bool = false, _ accept: (UInt8, Int) -> Bool
  ) -> [UInt8] {
    var taken: [UInt8] = []
    while position < bytes.count {
      // The first byte of a run may be `$`: an expression there was looked for before.
      if opens, !taken.isEmpty, opensExpression { break }
      if isEscaped(escapes) {
        taken.append(bytes[position + 1])
        position += 2
      } else if accept(bytes[position], taken.count + 1) {
        taken.append(bytes[position])
        position += 1
      } else {
        break
      }
    }
    return taken
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// What follows `${`, up to and including its `}`.
  private mutating func expression() throws(Failure) -> Part {
    depth += 1
    defer { depth -= 1 }
    let offset = position - 2
    guard depth <= 100 else { throw failure("expressions are nested more than 100 levels deep") }
    if current == UInt8(ascii: "#") { return try length(offset) }
    let name = run { byte, _ in Self.isNameByte(byte) }
    guard !name.isEmpty else { throw failure("a variable name must follow '${'") }
    var expression = VariableSubstitution.Expression(
      name: String(decoding: name, as: UTF8.self), function: "", arguments: [], offset: offset)
    switch current {
    case UInt8(ascii: ":"):
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      if Array("=-?+".utf8).contains(next) {
        try defaultValue(&expression)
      } else {
        try substring(&expression)
      }
    case UInt8(ascii: "="): try defaultValue(&expression)
    case UInt8(ascii: ","), UInt8(ascii: "^"):
      expression.function = function { byte, count in
        count < 3 && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "^"))
      }
      try close()
    case UInt8(ascii: "/"): try replacement(&expression)
    case UInt8(ascii: "#"), UInt8(ascii: "%"):
      let sign = bytes[position]
      expression.function = function { byte, count in byte == sign && count < 3 }
      expression.arguments.append(try parameter { byte, _ in byte != UInt8(ascii: "}") })
      try close()
    default:
      guard current == UInt8(ascii: "}") else { throw failure("'}' is missing") }
      position += 1
    }
    return .expression(expression)
  }

  private mutating func function(_ accept: (UInt8, Int) -> Bool) -> String {
    String(decoding: run(accept), as: UTF8.self)
  }

  private mutating func close() throws(Failure) {
    guard current == UInt8(ascii: "}") else { throw failure("bad substitution") }
    position += 1
  }

  /// One argument: a nested expression or a run of text. It may not be empty.
  private mutating func parameter(
    escapes: Escapes = .none, _ accept: (UInt8, Int) -> Bool
  ) throws(Failure) -> [Part] {
    guard position < bytes.count else { throw failure("'}' is missing") }
    if opensExpression {
      position += 2
      return [try expression()]
    }
    let text = run(escapes: escapes, opens: true, accept)
    guard !text.isEmpty else { throw failure("an argument is missing") }
    return [.text(text)]
  }

  private mutating func length(_ offset: Int) throws(Failure) -> Part {
    position += 1
    let name = run { byte, _ in Self.isNameByte(byte) }
    guard !name.isEmpty else { throw failure("bad substitution") }
    try close()
    return .expression(
      VariableSubstitution.Expression(
        name: String(decoding: name, as: UTF8.self), function: "#", arguments: [],
        offset: offset))
  }

  private mutating func defaultValue(
    _ expression: inout VariableSubstitution.Expression
  ) throws(Failure) {
    let width = current == UInt8(ascii: "=") ? 1 : 2
    expression.function = function { _, count in count <= width }
    while current != UInt8(ascii: "}") {
      expression.arguments.append(try parameter { byte, _ in byte != UInt8(ascii: "}") })
    }
    position += 1
  }

  private mutating func substring(
    _ expression: inout VariableSubstitution.Expression
  ) throws(Failure) {
    position += 1
    expression.function = ":"
    expression.arguments.append(
      try parameter { byte, _ in byte != UInt8(ascii: ":") && byte != UInt8(ascii: "}") })
    if current == UInt8(ascii: "}") {
      position += 1
      return
    }
    let colons = run { byte, _ in byte == UInt8(ascii: ":") }
    guard !colons.isEmpty else { throw failure("bad substitution") }
    expression.arguments.append(try parameter { byte, _ in byte != UInt8(ascii: "}") })
    try close()
  }

  private mutating func replacement(
    _ expression: inout VariableSubstitution.Expression
  ) throws(Failure) {
    expression.function = function { byte, count in
      count == 1 || count == 2 && Array("/#%".utf8).contains(byte)
    }
    expression.arguments.append(
      try parameter(escapes: .pattern) { byte, _ in byte != UInt8(ascii: "/") })
    guard !run({ byte, _ in byte == UInt8(ascii: "/") }).isEmpty else {
      throw failure("bad substitution")
    }
    if current != UInt8(ascii: "}") {
      expression.arguments.append(
        try parameter(escapes: .pattern) { byte, _ in byte != UInt8(ascii: "}") })
    }
    try close()
  }
}
