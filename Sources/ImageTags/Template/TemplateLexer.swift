/// Cuts a template into text and the tokens of its actions.
enum TemplateLexer {
  enum Piece {
    case text(String)
    case action([Token])
  }

  enum Token: Equatable {
    case field(String)
    case variable(String)
    case word(String)
    case string(String)
    case integer(Int)
    case dot, pipe, open, close, declare, assign, comma
    /// White space, which separates the words of a command.
    case space
  }

  static let maximumLength = 65_536

  static func pieces(of text: String) throws(TemplateError) -> [Piece] {
    guard text.utf8.count <= maximumLength else { throw TemplateError("the text is too long") }
    var pieces: [Piece] = []
    var rest = Array(text.unicodeScalars)[...]
    var trimsNext = false
    func trimmed(_ text: ArraySlice<Unicode.Scalar>, end: Bool) -> String {
      var text = text
      if trimsNext { text = text.drop(while: isSpace) }
      if end { while let last = text.last, isSpace(last) { text.removeLast() } }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text)
      return String(view)
    }
    while true {
      let start = rest.indices.first { rest[$0...].starts(with: ["{", "{"]) } ?? rest.endIndex
      let isTrimmed =
        start + 3 < rest.endIndex && rest[start + 2] == "-" && isSpace(rest[start + 3])
      let literal = trimmed(rest[..<start], end: isTrimmed)
      if !literal.isEmpty { pieces.append(.text(literal)) }
      guard start < rest.endIndex else { return pieces }
      rest = rest[(start + (isTrimmed ? 3 : 2))...]
      trimsNext = false
      if skipComment(&rest) {
        guard closeAction(&rest, &trimsNext) else {
          throw TemplateError("comment ends before closing delimiter")
        }
        continue
      }
      var tokens: [Token] = []
      while !closeAction(&rest, &trimsNext) { tokens.append(try token(&rest)) }
      pieces.append(.action(tokens))
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\n"
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static func closeAction(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ trims: inout Bool
  ) -> Bool {
    let afterSpace = rest.drop(while: isSpace)
    if afterSpace.count < rest.count, afterSpace.starts(with: ["-", "}", "}"]) {
      rest = afterSpace.dropFirst(3)
      trims = true
      return true
    }
    guard afterSpace.starts(with: ["}", "}"]) else { return false }
    rest = afterSpace.dropFirst(2)
    return true
  }

  private static func skipComment(_ rest: inout ArraySlice<Unicode.Scalar>) -> Bool {
    let start = rest.drop(while: isSpace)
    guard start.starts(with: ["/", "*"]) else { return false }
    let body = start.dropFirst(2)
    guard let end = body.indices.first(where: { body[$0...].starts(with: ["*", "/"]) }) else {
      return false
    }
    rest = body[(end + 2)...]
    return true
  }

  private static func name(_ rest: inout ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    while let scalar = rest.first, isNameScalar(scalar) {
      view.append(scalar)
      rest.removeFirst()
    }
    return String(view)
  }

  private static func token(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(TemplateError) -> Token {
    guard let scalar = rest.first else { throw TemplateError("unclosed action") }
    switch scalar {
    case " ", "\t", "\r", "\n":
      rest = rest.drop(while: isSpace)
      return .space
    case "|":
      rest.removeFirst()
      return .pipe
    case "(":
      rest.removeFirst()
      return .open
    case ")":
      rest.removeFirst()
      return .close
    case "=":
      rest.removeFirst()
      return .assign
    case ",":
      rest.removeFirst()
      return .comma
    case ":":
      guard rest.starts(with: [":", "="]) else { throw TemplateError("expected :=") }
      rest = rest.dropFirst(2)
      return .declare
    case ".":
      rest.removeFirst()
      let name = name(&rest)
      return name.isEmpty ? .dot : .field(name)
    case "$":
      rest.removeFirst()
      return .variable(name(&rest))
    case "\"": return .string(try quoted(&rest))
    case "`":
      let body = rest.dropFirst().prefix { $0 != "`" }
      guard body.endIndex < rest.endIndex else { throw TemplateError("unterminated raw string") }
      rest = rest[body.endIndex...].dropFirst()
      var view = String.UnicodeScalarView()
      view.append(contentsOf: body)
      return .string(String(view))
    default: return try wordOrNumber(&rest)
    }
  }

  private static func wordOrNumber(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(TemplateError) -> Token {
    let scalar = rest[rest.startIndex]
    let isSigned = scalar == "-" || scalar == "+"
    if isSigned { rest.removeFirst() }
    let word = name(&rest)
    if isSigned || scalar.decimalDigit != nil {
      guard let value = Int((scalar == "-" ? "-" : "") + word) else {
        throw TemplateError("bad number syntax")
      }
      return .integer(value)
    }
    guard !word.isEmpty else {
      throw TemplateError("unexpected '\(Character(scalar))' in an action")
    }
    return .word(word)
  }

  private static func quoted(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(TemplateError) -> String {
    rest.removeFirst()
    var view = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(view)
      case "\n": throw TemplateError("unterminated quoted string")
      case "\\":
        switch rest.popFirst() {
        case "n": view.append("\n")
        case "t": view.append("\t")
        case "r": view.append("\r")
        case "\\": view.append("\\")
        case "\"": view.append("\"")
        default: throw TemplateError("invalid escape in a quoted string")
        }
      default: view.append(scalar)
      }
    }
    throw TemplateError("unterminated quoted string")
  }
}
