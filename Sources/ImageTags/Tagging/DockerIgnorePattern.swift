/// One pattern of a `.dockerignore`, without its `!`.
///
/// What `**` means depends on where it stands, as in moby's `patternmatcher`: at the end it is any
/// ending, at the start any beginning (`**x` matches `ax`), elsewhere any number of whole folders.
struct DockerIgnorePattern: Hashable, Sendable {
  private enum Kind: Hashable {
    case exact
    case prefix(String)
    case suffix(String)
    case pattern(Pattern)
  }

  /// The pattern as a clean path.
  let text: String
  private let kind: Kind

  init(_ text: String) throws(Pattern.ParseError) {
    self.text = text
    var expression = "^"
    var isPlain = true
    var rest = text[...]
    while let character = rest.unicodeScalars.popFirst() {
      switch character {
      case "*" where rest.first == "*":
        rest.removeFirst()
        if rest.first == "/" { rest.removeFirst() }
        let isStart = expression == "^"
        if rest.isEmpty, isStart || isPlain {
          kind = isStart ? .suffix(String(text.dropFirst(2))) : .prefix(String(text.dropLast(2)))
          return
        }
        // At the start it is only an ending that is compared, unless another wildcard follows.
        if isStart, !rest.contains(where: { "*?[]\\".contains($0) }) {
          kind = .suffix(String(text.dropFirst(2)))
          return
        }
        expression += rest.isEmpty ? ".*" : "(.*/)?"
        isPlain = false
      case "*":
        expression += "[^/]*"
        isPlain = false
      case "?":
        expression += "[^/]"
        isPlain = false
      case "[", "]":
        expression.unicodeScalars.append(character)
        isPlain = false
      case "\\":
        expression += "\\"
        if let next = rest.unicodeScalars.popFirst() { expression.unicodeScalars.append(next) }
        isPlain = false
      case ".", "+", "(", ")", "|", "{", "}", "$":
        expression += "\\"
        expression.unicodeScalars.append(character)
      default: expression.unicodeScalars.append(character)
      }
    }
    kind = isPlain ? .exact : .pattern(try Pattern(expression + "$"))
  }

  func matches(_ path: String) throws(Pattern.TooLargeError) -> Bool {
    switch kind {
    case .exact: path == text
    case .prefix(let prefix): path.hasPrefix(prefix)
    case .suffix(let suffix):
      path.hasSuffix(suffix) || suffix.hasPrefix("/") && path == suffix.dropFirst()
    case .pattern(let pattern): try pattern.matches(path)
    }
  }
}
