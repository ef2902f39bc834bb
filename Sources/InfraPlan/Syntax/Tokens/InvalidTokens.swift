internal import SourceText

/// Says once or a few times what is wrong with characters that are never part of the language.
struct InvalidTokens {
  private var bitwise = 0
  private var backticks = 0
  private var apostrophes = 0
  private var toldSemicolon = false
  private var toldEncoding = false
  private var problems: [Problem] = []

  static func problems(_ tokens: UnsafeBufferPointer<Token>, _ file: SourceFile.ID) -> [Problem] {
    var checks = InvalidTokens()
    for token in tokens where token.kind.isInvalid {
      checks.check(token, SourceSpan(file: file, start: token.start, end: token.end))
    }
    return checks.problems
  }

  private mutating func check(_ token: Token, _ span: SourceSpan) {
    switch token.kind {
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .bitwiseNot:
      guard bitwise < 4 else { return }
      bitwise += 1
      let hint =
        switch token.kind {
        case .bitwiseAnd: " Did you mean boolean AND (\"&&\")?"
        case .bitwiseOr: " Did you mean boolean OR (\"||\")?"
        case .bitwiseNot: " Did you mean boolean NOT (\"!\")?"
        default: ""
        }
      report("Unsupported operator", "Bitwise operators are not supported." + hint, span)
    case .backtick:
      // A pair of backticks is one mistake.
      if backticks % 2 == 0 {
        report(
          "Invalid character",
          "The \"`\" character is not valid. To create a multi-line string, use the \"heredoc\" syntax, like \"<<EOT\".",
          span)
      }
      if backticks <= 2 { backticks += 1 }
    case .apostrophe:
      if apostrophes % 2 == 0 {
        report(
          "Invalid character",
          "Single quotes are not valid. Use double quotes (\") to enclose strings.", span)
      }
      if apostrophes <= 2 { apostrophes += 1 }
    case .semicolon:
      guard !toldSemicolon else { return }
      toldSemicolon = true
      report(
        "Invalid character",
        "The \";\" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items in collection values.",
        span)
    case .badUTF8:
      guard !toldEncoding else { return }
      toldEncoding = true
      report(
        "Invalid character encoding",
        "All input files must be UTF-8 encoded. Ensure that UTF-8 encoding is selected in your editor.",
        span)
    case .quotedNewline:
      report(
        "Invalid multi-line string",
        "Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the \"heredoc\" multi-line template syntax.",
        span)
    case .invalid:
      report("Invalid character", "This character is not used within the language.", span)
    default: break
    }
  }

  private mutating func report(_ summary: String, _ detail: String, _ span: SourceSpan) {
    problems.append(Problem(.error, summary, detail, at: span))
  }
}
