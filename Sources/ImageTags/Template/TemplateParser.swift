/// Builds the nodes of a template from its pieces.
struct TemplateParser {
  static let maximumDepth = 50

  private let pieces: [TemplateLexer.Piece]
  private var position = 0
  private var depth = 0
  /// How many loops the current action is in.
  private var loops = 0
  private var tokens: ArraySlice<TemplateLexer.Token> = []

  init(_ pieces: [TemplateLexer.Piece]) { self.pieces = pieces }

  mutating func parse() throws(TemplateError) -> [TemplateNode] {
    let (nodes, end) = try nodes()
    if let end { throw TemplateError("unexpected {{\(end)}}") }
    return nodes
  }

  /// Nodes up to the end or to an `else` or `end`, whose word is returned; the tokens after it stay.
  private mutating func nodes() throws(TemplateError) -> ([TemplateNode], String?) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw TemplateError("actions are nested too deep") }
    var nodes: [TemplateNode] = []
    while position < pieces.count {
      let piece = pieces[position]
      position += 1
      switch piece {
      case .text(let text): nodes.append(.text(text))
      case .action(let list):
        tokens = list[...]
        skipSpace()
        guard case .word(let word) = tokens.first else {
          nodes.append(try output())
          continue
        }
        switch word {
        case "end", "else":
          tokens.removeFirst()
          return (nodes, word)
        case "if", "with":
          tokens.removeFirst()
          nodes.append(try condition(word))
        case "range":
          tokens.removeFirst()
          nodes.append(try loop())
        case "break", "continue":
          tokens.removeFirst()
          nodes.append(try leave(word))
        case "define", "template", "block":
          throw TemplateError("{{\(word)}} is not supported")
        default: nodes.append(try output())
        }
      }
    }
    return (nodes, nil)
  }

  private mutating func output() throws(TemplateError) -> TemplateNode {
    .output(try pipeline(untilClose: false))
  }

  private mutating func condition(_ word: String) throws(TemplateError) -> TemplateNode {
    let pipeline = try pipeline(untilClose: false)
    let (then, end) = try nodes()
    guard let end else { throw TemplateError("unexpected end of the template in {{\(word)}}") }
    var otherwise: [TemplateNode] = []
    if end == "else" {
      skipSpace()
      if case .word(let next) = tokens.first, next == "if" || next == "with" {
        tokens.removeFirst()
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw TemplateError("actions are nested too deep") }
        otherwise = [try condition(next)]
      } else {
        let (nodes, end) = try nodes()
        guard end == "end" else { throw TemplateError("expected {{end}}") }
        otherwise = nodes
      }
    }
    return .condition(pipeline, bindsDot: word == "with", then: then, else: otherwise)
  }

  private mutating func loop() throws(TemplateError) -> TemplateNode {
    let pipeline = try pipeline(untilClose: false, maximumVariables: 2)
    loops += 1
    let (body, end) = try nodes()
    loops -= 1
    guard let end else { throw TemplateError("unexpected end of the template in {{range}}") }
    guard end == "else" else { return .loop(pipeline, body: body, else: []) }
    skipSpace()
    guard tokens.isEmpty else { throw TemplateError("{{range}} takes a plain {{else}}") }
    let (otherwise, last) = try nodes()
    guard last == "end" else { throw TemplateError("expected {{end}}") }
    return .loop(pipeline, body: body, else: otherwise)
  }

  private mutating func leave(_ word: String) throws(TemplateError) -> TemplateNode {
    skipSpace()
    guard tokens.isEmpty else { throw TemplateError("{{\(word)}} takes nothing") }
    guard loops > 0 else { throw TemplateError("{{\(word)}} outside of {{range}}") }
    return .leave(endsLoop: word == "break")
  }

  private mutating func skipSpace() {
    while tokens.first == .space { tokens.removeFirst() }
  }

  private mutating func pipeline(
    untilClose: Bool, maximumVariables: Int = 1
  ) throws(TemplateError) -> TemplatePipeline {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw TemplateError("actions are nested too deep") }
    var pipeline = TemplatePipeline()
    try readVariables(&pipeline, atMost: maximumVariables)
    var command: [TemplateOperand] = []
    func finish() throws(TemplateError) {
      guard !command.isEmpty else { throw TemplateError("missing value for command") }
      pipeline.commands.append(command)
      command = []
    }
    while let token = tokens.popFirst() {
      switch token {
      case .space: continue
      case .pipe: try finish()
      case .close where untilClose:
        try finish()
        return pipeline
      default: command.append(try operand(token))
      }
    }
    guard !untilClose else { throw TemplateError("unclosed left paren") }
    try finish()
    return pipeline
  }

  /// Takes the `$name :=`, `$name =` or `$index, $value :=` that a pipeline may begin with.
  private mutating func readVariables(
    _ pipeline: inout TemplatePipeline, atMost maximum: Int
  ) throws(TemplateError) {
    skipSpace()
    let start = tokens
    var names: [String] = []
    while case .variable(let name) = tokens.first {
      names.append(name)
      tokens.removeFirst()
      skipSpace()
      switch tokens.first {
      case .comma:
        guard names.count < maximum else { throw TemplateError("too many declarations") }
        tokens.removeFirst()
        skipSpace()
      case .declare, .assign:
        pipeline.assigns = tokens.first == .assign
        pipeline.variables = names
        tokens.removeFirst()
        return
      default:
        guard names.count == 1 else { throw TemplateError("expected := after the variables") }
        tokens = start
        return
      }
    }
    guard names.isEmpty else { throw TemplateError("expected a variable after the comma") }
  }

  private mutating func operand(
    _ token: TemplateLexer.Token
  ) throws(TemplateError) -> TemplateOperand {
    switch token {
    case .dot: return .dot
    case .field(let name): return .fields([name] + fields())
    case .variable(let name): return .variable(name, fields())
    case .string(let text): return .string(text)
    case .integer(let value): return .integer(value)
    case .word("true"): return .bool(true)
    case .word("false"): return .bool(false)
    case .word("nil"): return .nothing
    case .word(let name):
      guard TemplateFunctions.isKnown(name) else {
        throw TemplateError("function '\(name)' is not defined")
      }
      return .function(name)
    case .open: return .group(try pipeline(untilClose: true), fields())
    case .close, .declare, .assign, .comma, .space, .pipe:
      throw TemplateError("unexpected token in an action")
    }
  }

  private mutating func fields() -> [String] {
    var names: [String] = []
    while case .field(let name) = tokens.first {
      names.append(name)
      tokens.removeFirst()
    }
    return names
  }
}
