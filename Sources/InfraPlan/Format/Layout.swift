/// Decides the spaces before each token: indentation, spaces inside a line, aligned columns.
///
/// A line has up to three cells: what comes first, an assignment if its value ends on the line, and
/// a trailing comment. Cells of neighbouring lines are aligned.
struct Layout {
  private struct Line {
    var lead: Range<Int>
    var assignment: Range<Int>?
    var comment: Int?
  }

  static func apply(_ tokens: inout [FormatToken]) {
    var lines = split(tokens)
    indent(lines, &tokens)
    for line in lines {
      space(line.lead, &tokens)
      if let assignment = line.assignment {
        tokens[assignment.lowerBound].spaces = 1
        space(assignment, &tokens)
      }
    }
    align(&lines, &tokens)
  }

  private static func split(_ tokens: [FormatToken]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    var ended = false
    for (index, token) in tokens.enumerated() {
      if token.kind == .endOfFile {
        lines.append(cells(start..<index, tokens))
        ended = true
        break
      }
      if token.endsLine {
        lines.append(cells(start..<index + 1, tokens))
        start = index + 1
      }
    }
    if !ended, start < tokens.count { lines.append(cells(start..<tokens.count, tokens)) }
    return lines
  }

  private static func cells(_ range: Range<Int>, _ tokens: [FormatToken]) -> Line {
    var line = Line(lead: range)
    if range.count > 1, tokens[range.upperBound - 1].kind == .comment {
      line.comment = range.upperBound - 1
      line.lead = range.lowerBound..<range.upperBound - 1
    }
    for index in line.lead.dropFirst() where tokens[index].kind == .equal {
      let rest = index..<line.lead.upperBound
      // An open bracket says that the value goes on in the next line.
      if rest.reduce(0, { $0 + tokens[$1].kind.bracketChange }) == 0 {
        line.assignment = rest
        line.lead = line.lead.lowerBound..<index
      }
      break
    }
    return line
  }

  private static func indent(_ lines: [Line], _ tokens: inout [FormatToken]) {
    // For each level, how many brackets its line opened.
    var levels: [Int] = []
    for line in lines {
      guard let first = line.lead.first else { continue }
      if tokens[first].kind == .newline {
        tokens[first].spaces = 0
        continue
      }
      var change = 0
      for index in line.lead {
        change += tokens[index].kind.bracketChange
        if tokens[index].kind == .openHeredoc { break }
      }
      for index in line.assignment ?? 0..<0 { change += tokens[index].kind.bracketChange }
      if change > 0 {
        tokens[first].spaces = 2 * levels.count
        levels.append(change)
        continue
      }
      var closed = -change
      while closed > 0, let opened = levels.last {
        if closed >= opened {
          levels.removeLast()
          closed = closed == opened ? 0 : closed - opened
        } else {
          levels[levels.count - 1] = opened - closed
          closed = 0
        }
      }
      tokens[first].spaces = 2 * levels.count
    }
  }

  private static func space(_ range: Range<Int>, _ tokens: inout [FormatToken]) {
    for index in range where index + 1 < range.upperBound {
      let before: Token.Kind = index > range.lowerBound ? tokens[index - 1].kind : .none
      tokens[index + 1].spaces =
        Spacing.needsSpace(tokens[index], before: before, after: tokens[index + 1].kind) ? 1 : 0
    }
  }

  private static func align(_ lines: inout [Line], _ tokens: inout [FormatToken]) {
    alignChains(lines, &tokens) { line, _ in
      line.assignment?.lowerBound
    } width: { line, tokens in
      columns(line.lead, tokens)
    }
    alignChains(lines, &tokens) { line, _ in
      line.comment
    } width: { line, tokens in
      columns(line.lead, tokens) + columns(line.assignment ?? 0..<0, tokens)
    }
  }

  private static func columns(_ range: Range<Int>, _ tokens: [FormatToken]) -> Int {
    range.reduce(0) { $0 + tokens[$1].columns }
  }

  /// Moves one cell of each run of neighbouring lines that have it to the same column.
  private static func alignChains(
    _ lines: [Line], _ tokens: inout [FormatToken], cell: (Line, [FormatToken]) -> Int?,
    width: (Line, [FormatToken]) -> Int
  ) {
    var chain: [(cell: Int, width: Int)] = []
    func close(_ tokens: inout [FormatToken]) {
      let widest = chain.map(\.width).max() ?? 0
      for (cell, width) in chain { tokens[cell].spaces = widest - width + 1 }
      chain.removeAll(keepingCapacity: true)
    }
    for line in lines {
      if let cell = cell(line, tokens) {
        chain.append((cell, width(line, tokens)))
      } else if !chain.isEmpty {
        close(&tokens)
      }
    }
    close(&tokens)
  }
}
