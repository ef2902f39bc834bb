internal import SourceText

/// The instructions of a Dockerfile, with continued lines joined and comments and here-documents
/// left out.
struct DockerfileInstructions {
  struct Instruction {
    /// The name in upper case.
    let name: String
    /// What stands behind it.
    let text: String

    /// The flags, and the words behind them, of the JSON form too.
    var flagsAndWords: (flags: [String], words: [String]) {
      var rest = text[...]
      var flags: [String] = []
      while rest.hasPrefix("--") {
        let flag = rest.prefix { !$0.isWhitespace }
        flags.append(String(flag))
        rest = rest.dropFirst(flag.count).drop(while: \.isWhitespace)
      }
      if rest.utf8.first == UInt8(ascii: "["),
        let list = try? JSONValue(parsing: Array(rest.utf8), maximumDepth: 2),
        let items = list.elements, items.allSatisfy({ $0.stringValue != nil })
      {
        return (flags, items.compactMap(\.stringValue))
      }
      return (flags, rest.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// The `name=value` pairs of ENV, which also knows `name value`.
    var assignments: [(name: String, value: String)] {
      let words = quotedWords
      if let first = words.first, !first.contains("=") {
        let value = text.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)
        return [(first, String(value))]
      }
      return words.map { word in
        let name = word.prefix { $0 != "=" }
        return (String(name), String(word.dropFirst(name.count + 1)))
      }
    }

    /// Words between white space that no quotes hold together, with those quotes.
    var quotedWords: [String] {
      var words: [String] = []
      var word = ""
      var quote: Character?
      var isEscaped = false
      for character in text {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == quote {
          quote = nil
        } else if quote == nil, character == "\"" || character == "'" {
          quote = character
        } else if quote == nil, character.isWhitespace {
          if !word.isEmpty { words.append(word) }
          word = ""
          continue
        }
        word.append(character)
      }
      if !word.isEmpty { words.append(word) }
      return words
    }
  }

  private(set) var all: [Instruction] = []

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    let escape = Self.escape(lines)
    var joined = ""
    while let line = lines.popFirst() {
      let trimmed = line.drop(while: \.isWhitespace)
      if trimmed.isEmpty || trimmed.first == "#" { continue }
      var content = joined.isEmpty ? trimmed : line
      while content.last?.isWhitespace ?? false { content.removeLast() }
      if content.last == escape {
        joined += content.dropLast()
        continue
      }
      joined += content
      add(joined, &lines)
      joined = ""
    }
    if !joined.isEmpty { add(joined, &lines) }
  }

  private mutating func add(_ line: String, _ lines: inout ArraySlice<Substring>) {
    let name = line.prefix { !$0.isWhitespace }.uppercased()
    let text = String(line.dropFirst(name.count).drop(while: \.isWhitespace))
    all.append(Instruction(name: name, text: text))
    guard ["RUN", "COPY", "ADD"].contains(name) else { return }
    for word in text.split(whereSeparator: \.isWhitespace) where word.hasPrefix("<<") {
      var ending = word.dropFirst(2)
      let isIndented = ending.first == "-"
      if isIndented { ending = ending.dropFirst() }
      ending = ending.filter { $0 != "\"" && $0 != "'" }[...]
      guard let first = ending.first, first == "_" || first.isLetter else { continue }
      while let body = lines.popFirst(), (isIndented ? body.drop { $0 == "\t" } : body) != ending {}
    }
  }

  /// The character that continues lines, which a comment at the top may change.
  private static func escape(_ lines: ArraySlice<Substring>) -> Character {
    for line in lines {
      let compact = line.filter { !$0.isWhitespace }
      guard compact.hasPrefix("#"), let equals = compact.firstIndex(of: "=") else { break }
      if compact[..<equals].lowercased() == "#escape" {
        return compact[equals...].dropFirst().first ?? "\\"
      }
    }
    return "\\"
  }
}
