/// What a Dockerfile takes from its build context: the sources of its `COPY` and `ADD` instructions in
/// every stage.
///
/// Variables of `ARG` and `ENV` are put in; sources from other stages (`--from`), from URLs and from
/// here-documents are no files of the context. Images that the stages build on are not looked at, so
/// their `ONBUILD` instructions and variables do not count.
public struct DockerfileSources: Hashable, Sendable {
  /// The sources in order: paths or patterns relative to the context, without a leading slash.
  public private(set) var patterns: [String] = []

  /// Reads a Dockerfile. O(n).
  ///
  /// - Parameter arguments: Build arguments; they win over the defaults of `ARG`.
  public init(parsing bytes: [UInt8], arguments: [String: String] = [:]) {
    var global: [String: String] = [:]
    var stage: [String: String]?
    for instruction in DockerfileInstructions(bytes).all {
      let variables = stage ?? global
      switch instruction.name {
      case "FROM": stage = [:]
      case "ARG":
        for (name, value) in instruction.assignments {
          let known = arguments[name] ?? value.map { expand($0, variables) } ?? global[name]
          if stage != nil { stage?[name] = known } else { global[name] = known }
        }
      case "ENV":
        for (name, value) in instruction.assignments {
          stage?[name] = expand(value ?? "", variables)
        }
      case "COPY", "ADD":
        add(instruction.words.map { expand($0, variables) })
      default: continue
      }
    }
  }

  private mutating func add(_ words: [String]) {
    let flags = words.prefix { $0.hasPrefix("--") }
    guard !flags.contains(where: { $0.hasPrefix("--from=") }) else { return }
    for word in words.dropFirst(flags.count).dropLast() {
      let isRemote = ["http://", "https://", "git@", "git://"].contains { word.hasPrefix($0) }
      guard !isRemote, !word.hasPrefix("<<") else { continue }
      let path = word.drop { $0 == "/" }
      patterns.append(path.isEmpty ? "." : String(path))
    }
  }

  /// Puts variables in: `$name`, `${name}`, `${name:-default}` and `${name:+alternative}`; a
  /// backslash keeps what follows.
  private func expand(_ text: String, _ variables: [String: String]) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }) else {
      return text
    }
    var output = ""
    var rest = text[...]
    func name() -> String {
      let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
      rest = rest.dropFirst(name.count)
      return String(name)
    }
    while let character = rest.popFirst() {
      if character == "\\", let next = rest.popFirst() {
        output.append(next)
      } else if character == "$", rest.first == "{" {
        rest.removeFirst()
        let value = variables[name()] ?? ""
        let ending = rest.prefix { $0 != "}" }
        rest = rest.dropFirst(ending.count + 1)
        let word = String(ending.dropFirst(2))
        switch ending.prefix(2) {
        case ":-": output += value.isEmpty ? word : value
        case ":+": output += value.isEmpty ? "" : word
        default: output += value
        }
      } else if character == "$" {
        output += variables[name()] ?? ""
      } else {
        output.append(character)
      }
    }
    return output
  }
}
