internal import SourceText

/// The instructions of a Dockerfile, with continued lines joined and comments and here-documents
/// left out.
struct DockerfileInstructions {
  struct Instruction {
    /// The name in upper case.
    let name: String
    /// What stands behind it.
    let text: String

    /// The words, of the JSON form too.
    var words: [String] {
      if text.utf8.first == UInt8(ascii: "["),
        let list = try? JSONValue(parsing: Array(text.utf8), maximumDepth: 2),
        let items = list.elements
      {
        return items.compactMap(\.stringValue)
      }
      // Flags may stand before the JSON form.
      let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
      let flags = words.prefix { $0.hasPrefix("--") }
      if !flags.isEmpty, words.dropFirst(flags.count).first?.hasPrefix("[") == true,
        let start = text.firstIndex(of: "[")
      {
        return flags + Instruction(name: name, text: String(text[start...])).words
      }
      return words
    }

    /// The `name=value` pairs of ARG and ENV; ENV also knows `name value`.
    var assignments: [(name: String, value: String?)] {
      let words = Self.quotedWords(text)
      if name == "ENV", let first = words.first, !first.contains("=") {
        let value = text.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)
        return [(first, String(value))]
      }
      return words.map { word in
        guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
        return (String(word[..<equals]), String(word[word.index(after: equals)...]))
      }
    }

    /// Words between white space that no quotes hold together, without those quotes.
    private static func quotedWords(_ text: String) -> [String] {
      var words: [String] = []
      var word = ""
      var quote: Character?
      var isInWord = false
      for character in text {
        if character == quote {
          quote = nil
        } else if quote == nil, character == "\"" || character == "'" {
          quote = character
          isInWord = true
        } else if quote == nil, character.isWhitespace {
          if isInWord { words.append(word) }
          (word, isInWord) = ("", false)
        } else {
          word.append(character)
          isInWord = true
        }
      }
      if isInWord { words.append(word) }
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
