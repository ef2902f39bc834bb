internal import SourceText

/// Replaces the spellings that have a canonical form, before any white space is decided.
struct Rewriter {
  let source: [UInt8]
  let native: [Token]
  /// Replacements by ranges of token indices; disjoint.
  private var replacements: [(range: Range<Int>, tokens: [FormatToken])] = []

  init(source: [UInt8], native: [Token]) {
    self.source = source
    self.native = native
  }

  mutating func collect(_ tree: SyntaxTree, _ body: Body, in blocks: [String]) {
    for attribute in body.attributes {
      let range = indices(of: tree.expression(attribute.expression).span)
      let isType = blocks == ["variable"] && attribute.name == "type"
      if let tokens = isType ? canonicalType(range) : unwrapped(range) {
        replacements.append((range, tokens))
      }
    }
    for block in body.blocks {
      canonicalizeLabels(block)
      collect(tree, block.body, in: blocks + [block.type])
    }
  }

  func tokens() -> [FormatToken] {
    var result: [FormatToken] = []
    result.reserveCapacity(native.count)
    var index = 0
    for replacement in replacements.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      while index < replacement.range.lowerBound {
        result.append(token(index))
        index += 1
      }
      result += replacement.tokens
      index = replacement.range.upperBound
    }
    while index < native.count {
      result.append(token(index))
      index += 1
    }
    return result
  }

  private func token(_ index: Int) -> FormatToken {
    let token = native[index]
    let previous = index > 0 ? Int(native[index - 1].end) : 0
    return FormatToken(
      token.kind, source[token.range], spaces: max(0, Int(token.start) - previous))
  }

  /// The tokens that begin inside a span.
  private func indices(of span: SourceSpan) -> Range<Int> {
    func first(from offset: UInt32) -> Int {
      var low = 0
      var high = native.count
      while low < high {
        let middle = (low + high) / 2
        if native[middle].start < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let start = first(from: span.start)
    return start..<max(start, first(from: span.end))
  }

  /// Labels are quoted, and nothing but spaces stands between them.
  private mutating func canonicalizeLabels(_ block: Body.Block) {
    guard let first = block.labelSpans.first, let last = block.labelSpans.last else { return }
    let start = indices(of: first).lowerBound
    let range = start..<indices(of: last).upperBound
    var tokens: [FormatToken] = []
    for label in block.labels {
      tokens.append(FormatToken(.openQuote, "\""))
      if !label.isEmpty { tokens.append(FormatToken(.quotedLiteral, Self.escaped(Normalization.composed(label)))) }
      tokens.append(FormatToken(.closeQuote, "\""))
    }
    replacements.append((range, tokens))
  }

  private static func escaped(_ label: String) -> String {
    var result = ""
    let scalars = Array(label.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "$", "%":
        result.unicodeScalars.append(scalar)
        if index + 1 < scalars.count, scalars[index + 1] == "{" {
          result.unicodeScalars.append(scalar)
        }
      default:
        let quoted = Quoting.goQuoted(String(Character(scalar)))
        if quoted.utf8.count > 2, quoted.hasPrefix("\"\\") {
          result +=
            scalar.value < 0x10000
            ? "\\u" + Quoting.hex(scalar.value, 4) : "\\U" + Quoting.hex(scalar.value, 8)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// `"${x}"` as `x`, or `nil` where it is not certainly one interpolation.
  private func unwrapped(_ range: Range<Int>) -> [FormatToken]? {
    guard range.count >= 5 else { return nil }
    let last = range.upperBound - 1
    guard native[range.lowerBound].kind == .openQuote,
      native[range.lowerBound + 1].kind == .templateInterpolation,
      native[last - 1].kind == .templateEnd, native[last].kind == .closeQuote
    else { return nil }
    let inside = range.lowerBound + 2..<last - 1
    var quotes = 0
    for index in inside {
      switch native[index].kind {
      case .openQuote: quotes += 1
      case .closeQuote: quotes -= 1
      case .templateInterpolation, .templateEnd, .quotedLiteral: if quotes <= 0 { return nil }
      default: break
      }
    }
    var low = inside.lowerBound
    var high = inside.upperBound
    while low < high, native[low].kind == .newline { low += 1 }
    while high > low, native[high - 1].kind == .newline { high -= 1 }
    let trimmed = (low..<high).map(token)
    let isMultiLine = trimmed.contains { $0.kind == .newline }
    let isWrapped = trimmed.first?.kind == .openParen && trimmed.last?.kind == .closeParen
    guard isMultiLine, !(isWrapped && trimmed.count > 1) else { return trimmed }
    return [FormatToken(.openParen, "(")] + trimmed + [FormatToken(.closeParen, ")")]
  }

  private func canonicalType(_ range: Range<Int>) -> [FormatToken]? {
    let tokens = range.map(token)
    func collection(_ name: FormatToken, of element: String) -> [FormatToken] {
      [
        name, FormatToken(.openParen, "("), FormatToken(.identifier, element),
        FormatToken(.closeParen, ")"),
      ]
    }
    if tokens.count == 1, tokens[0].kind == .identifier {
      let isBare = ["list", "map", "set"].contains { tokens[0].text.elementsEqual($0.utf8) }
      return isBare ? collection(tokens[0], of: "any") : nil
    }
    // The quoted types of old configurations.
    guard tokens.count == 3, tokens[0].kind == .openQuote, tokens[1].kind == .quotedLiteral,
      tokens[2].kind == .closeQuote
    else { return nil }
    if tokens[1].isText("string") { return [FormatToken(.identifier, "string")] }
    if tokens[1].isText("list") {
      return collection(FormatToken(.identifier, "list"), of: "string")
    }
    if tokens[1].isText("map") { return collection(FormatToken(.identifier, "map"), of: "string") }
    return nil
  }
}
