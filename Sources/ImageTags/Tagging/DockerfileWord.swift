/// A word of a Dockerfile, read as its shell-like rules say: quotes, `\` and variables.
enum DockerfileWord {
  /// The word with quotes taken off and variables put in: `$name`, `${name}`, `${name:-word}` and
  /// `${name:+word}`, the last two without the colon, too. Unknown variables are empty.
  static func expand(
    _ word: String, _ variables: [String: String]
  ) throws(DockerfileSources.ParseError) -> String {
    let isPlain = !word.contains { "$\\\"'".contains($0) }
    if isPlain { return word }
    var reader = Reader(word: word, rest: word[...], variables: variables)
    return try reader.text(until: nil)
  }

  private struct Reader {
    let word: String
    var rest: Substring
    let variables: [String: String]
    private var depth = 0

    init(word: String, rest: Substring, variables: [String: String]) {
      self.word = word
      self.rest = rest
      self.variables = variables
    }

    func failure(_ problem: String) -> DockerfileSources.ParseError {
      DockerfileSources.ParseError(description: "'\(word)': \(problem)")
    }

    mutating func text(until end: Character?) throws(DockerfileSources.ParseError) -> String {
      var output = ""
      while let character = rest.popFirst() {
        switch character {
        case end: return output
        case "'":
          guard let close = rest.firstIndex(of: "'") else { throw failure("a quote is not closed") }
          output += rest[..<close]
          rest = rest[close...].dropFirst()
        case "\"": output += try quoted()
        case "$": output += try variable()
        case "\\":
          if let next = rest.popFirst() { output.append(next) }
        default: output.append(character)
        }
      }
      guard end == nil else { throw failure("'}' is missing") }
      return output
    }

    private mutating func quoted() throws(DockerfileSources.ParseError) -> String {
      var output = ""
      while let character = rest.popFirst() {
        switch character {
        case "\"": return output
        case "$": output += try variable()
        case "\\" where rest.first.map { "\"$\\".contains($0) } ?? false:
          output.append(rest.removeFirst())
        default: output.append(character)
        }
      }
      throw failure("a quote is not closed")
    }

    private mutating func name() -> String {
      let isNumber = rest.first?.isNumber ?? false
      let name = rest.prefix { $0.isNamePart && (!isNumber || $0.isNumber) }
      rest = rest.dropFirst(name.count)
      return String(name)
    }

    private mutating func variable() throws(DockerfileSources.ParseError) -> String {
      guard rest.first == "{" else {
        let name = name()
        return name.isEmpty ? "$" : variables[name] ?? ""
      }
      rest.removeFirst()
      let value = variables[name()]
      var isSet = value != nil
      if rest.first == ":" {
        rest.removeFirst()
        isSet = value?.isEmpty == false
      }
      guard let modifier = rest.popFirst() else { throw failure("'}' is missing") }
      if modifier == "}" { return value ?? "" }
      depth += 1
      defer { depth -= 1 }
      guard depth <= 32 else { throw failure("variables are nested too deeply") }
      switch modifier {
      case "-":
        let word = try text(until: "}")
        return isSet ? value ?? "" : word
      case "+":
        let word = try text(until: "}")
        return isSet ? word : ""
      case let other:
        throw failure("the substitution '\(other)' is not supported; '-' and '+' are")
      }
    }
  }
}
