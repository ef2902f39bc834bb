/// What a Dockerfile takes from its build context: the sources of its `COPY` and `ADD` instructions in
/// every stage, as Skaffold finds them.
///
/// An `ARG` counts in all instructions behind it, whatever the stage, and only the first name of each
/// does; an `ENV` counts in all words behind it. Sources from other stages (`--from`), from URLs and
/// from here-documents are no files of the context. Images that the stages build on are not looked at,
/// so their `ONBUILD` instructions and variables do not count.
public struct DockerfileSources: Hashable, Sendable {
  /// A word of the file cannot be read.
  public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, with the word.
    public let description: String
  }

  /// The sources of each instruction in order: paths or patterns relative to the context, without a
  /// leading slash.
  public private(set) var instructions: [[String]] = []

  /// Reads a Dockerfile. O(n × variables).
  ///
  /// - Parameter arguments: Build arguments; they win over the defaults of `ARG`.
  public init(
    parsing bytes: [UInt8], arguments: [String: String] = [:]
  ) throws(ParseError) {
    var declared: [(name: String, value: String)] = []
    var environment: [String: String] = [:]
    for instruction in DockerfileInstructions(bytes).all {
      switch instruction.name {
      case "ARG":
        guard let word = instruction.quotedWords.first else { continue }
        let name = String(word.prefix { $0 != "=" })
        declared.removeAll { $0.name == name }
        // Whatever stands behind a second equals sign is lost, as in Skaffold.
        let parts = Self.substitute(declared, in: word)
          .split(separator: "=", omittingEmptySubsequences: false)
        let standard = parts.count > 1 ? String(parts[1]) : ""
        declared.append((name, arguments[name] ?? standard))
      case "ENV":
        for (name, value) in instruction.assignments {
          let text = Self.substitute(declared, in: value)
          environment[name] = try DockerfileWord.expand(text, environment)
        }
      case "COPY", "ADD":
        let (flags, words) = instruction.flagsAndWords
        guard !flags.contains(where: { $0.hasPrefix("--from=") }) else { continue }
        var paths: [String] = []
        for word in words.prefix(while: { !$0.hasPrefix("#") }) {
          paths.append(
            try DockerfileWord.expand(Self.substitute(declared, in: word), environment))
        }
        let sources = paths.dropLast().filter(Self.isFile).map { path in
          let relative = path.drop { $0 == "/" }
          return relative.isEmpty ? "." : String(relative)
        }
        if !sources.isEmpty { instructions.append(sources) }
      default: continue
      }
    }
  }

  private static func isFile(_ source: String) -> Bool {
    let others = ["http://", "https://", "git@", "git://", "<<"]
    return !others.contains { source.hasPrefix($0) }
  }

  /// Puts the values of `ARG` in for `$name` and `${name}`. Other forms see variables of `ENV` alone.
  private static func substitute(
    _ declared: [(name: String, value: String)], in word: String
  ) -> String {
    guard word.utf8.contains(UInt8(ascii: "$")) else { return word }
    var word = word
    for (name, value) in declared where !name.isEmpty {
      var result = ""
      var rest = word[...]
      while let dollar = rest.firstIndex(of: "$") {
        result += rest[..<dollar]
        rest = rest[dollar...].dropFirst()
        if rest.hasPrefix("{" + name + "}") {
          result += value
          rest = rest.dropFirst(name.count + 2)
        } else if rest.hasPrefix(name), !(rest.dropFirst(name.count).first?.isNamePart ?? false) {
          result += value
          rest = rest.dropFirst(name.count)
        } else {
          result += "$"
        }
      }
      word = result + rest
    }
    return word
  }
}

extension Character {
  /// Whether the character may stand in the name of a variable.
  var isNamePart: Bool { self == "_" || isASCII && (isLetter || isNumber) }
}
